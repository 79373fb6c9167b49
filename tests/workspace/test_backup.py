"""A backup holds everything, can be trusted, and does no harm when somebody changed it."""

import io
import itertools
import json
import os
import shutil
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from laptops import answered, begin, contents, copied, empty, exported, killed_at

from assess.errors import BadInput
from assess.store import open_store
from assess.workspace.backing import backup, restore, verify
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def full(anna: Workspace) -> Workspace:
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=4)
    answered(anna, "KB", "R2", BPM_1=2)
    return anna


@pytest.fixture
def kept(full: Workspace, tmp_path: Path) -> Path:
    backup(full, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


def test_an_empty_workspace_gets_everything_back_the_log_too(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    events = [event["what"] for event in full.store.events()]
    new = empty(tmp_path / "new")
    restore(new, kept)
    assert exported(new) == exported(full)
    assert new.store.digests() == full.store.digests()
    assert [event["what"] for event in new.store.events()] == [*events, "restored"]
    assert not verify(new).wrong


def test_restoring_into_a_workspace_that_went_on_loses_nothing(full: Workspace, kept: Path) -> None:
    answered(full, "KC", "R1", BPM_1=1)
    before = exported(full)
    done = restore(full, kept)
    assert (done.records, done.new) == (0, 0)
    assert exported(full) == before


def test_the_same_records_give_the_same_bytes(full: Workspace, kept: Path, tmp_path: Path) -> None:
    new = empty(tmp_path / "new")
    merge(new, [full.place])
    backup(new, tmp_path / "other.zip")

    def entries(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if "audit" not in name}

    first, second = entries(kept), entries(tmp_path / "other.zip")
    lists = [json.loads(e.pop("backup.json")) for e in (first, second)]
    assert first == second
    assert lists[0]["digests"] == lists[1]["digests"]


def test_unpacked_it_is_a_workspace(full: Workspace, kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(tmp_path / "unpacked")
    unpacked = Workspace.open(tmp_path / "unpacked")
    assert exported(unpacked) == exported(full)
    assert not verify(unpacked).wrong


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_it(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_merge_takes_a_backup_as_well_as_a_folder(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    new = empty(tmp_path / "new")
    merge(new, [str(kept)])
    assert exported(new) == exported(full)


def test_a_newer_backup_replaces_an_older_one_and_no_other_file(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    answered(full, "KC", "R1", BPM_1=1)
    backup(full, kept)
    new = empty(tmp_path / "new")
    restore(new, kept)
    assert exported(new) == exported(full)
    other = tmp_path / "letter.txt"
    other.write_text("Dear all")
    with pytest.raises(BadInput, match="no backup"):
        backup(full, other)
    assert other.read_text() == "Dear all"


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(full: Workspace, tmp_path: Path) -> None:
    full.close()
    file = next((Path(full.place) / "interviews").glob("*.json"))
    file.write_bytes(file.read_bytes().replace(b'"value":', b'"valve":'))
    done = backup(Workspace.open(full.place), tmp_path / "rest.zip")
    assert list(done.left_out) == [file.stem]
    assert done.interviews == 1


# -- files that somebody changed

Entries = dict[str, bytes]


def _rewritten(kept: Path, change: Callable[[zipfile.ZipFile, Entries], None]) -> None:
    """The backup packed anew; ``change`` edits the entries or adds others to the archive."""
    with zipfile.ZipFile(kept) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        warnings.catch_warnings(action="ignore"),
    ):
        change(archive, entries)
        for name, content in entries.items():
            archive.writestr(name, content)
    kept.write_bytes(data.getvalue())


def _an_interview(entries: Entries) -> str:
    return next(name for name in entries if name.startswith("interviews/"))


def _doctored(_archive: zipfile.ZipFile, entries: Entries) -> None:
    name = _an_interview(entries)
    entries[name] = entries[name].replace(b'"value":', b'"value": ')


def _dropped(_archive: zipfile.ZipFile, entries: Entries) -> None:
    del entries[_an_interview(entries)]


def _added(archive: zipfile.ZipFile, _entries: Entries) -> None:
    archive.writestr("interviews/" + "0" * 32 + ".json", b"{}")


def _named(name: str) -> Callable[[zipfile.ZipFile, Entries], None]:
    return lambda archive, _entries: archive.writestr(name, b"owned")


def _link(archive: zipfile.ZipFile, entries: Entries) -> None:
    name = _an_interview(entries)
    del entries[name]
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, b"/etc/passwd")


def _bomb(archive: zipfile.ZipFile, entries: Entries) -> None:
    name = _an_interview(entries)
    del entries[name]
    archive.writestr(name, b"\0" * (64 << 20))


def _twice(archive: zipfile.ZipFile, entries: Entries) -> None:
    archive.writestr(_an_interview(entries), b"{}")


def _no_list(_archive: zipfile.ZipFile, entries: Entries) -> None:
    del entries["backup.json"]


def _other_list(_archive: zipfile.ZipFile, entries: Entries) -> None:
    entries["backup.json"] = b'{"form": 1, "entries": [], "digests": 3}'


def _newer(_archive: zipfile.ZipFile, entries: Entries) -> None:
    found = json.loads(entries["backup.json"])
    entries["backup.json"] = json.dumps(found | {"form": 2}).encode()


HARM = {
    "a doctored interview": (_doctored, "interviews/"),
    "an interview taken out": (_dropped, "interviews/"),
    "an interview put in": (_added, "interviews/" + "0" * 32),
    "a way out of the folder": (_named("../escaped.json"), "../escaped.json"),
    "a way out inside": (_named("packs/../../escaped"), "packs/../../escaped"),
    "a pack's way out": (_named("packs/../escaped"), "packs/../escaped"),
    "an absolute path": (_named("/tmp/escaped.json"), "/tmp/escaped.json"),
    "a Windows path": (_named("packs\\x\\escaped"), "escaped"),
    "a drive": (_named("C:/escaped.json"), "C:/escaped.json"),
    "a link": (_link, "interviews/"),
    "a zip bomb": (_bomb, "interviews/"),
    "an entry that is there twice": (_twice, "interviews/"),
    "no list": (_no_list, "backup.json"),
    "a list of another form": (_other_list, "backup.json"),
    "a newer version's list": (_newer, "backup.json"),
}


@pytest.mark.parametrize("what", HARM)
def test_a_harmful_backup_is_refused_by_name_and_changes_nothing(
    full: Workspace, kept: Path, tmp_path: Path, what: str
) -> None:
    change, named = HARM[what]
    _rewritten(kept, change)
    here = copied(Path(full.place), tmp_path / "inside" / "here")
    before = contents(tmp_path)
    for act in (lambda: restore(here, kept), lambda: merge(here, [str(kept)])):
        with pytest.raises(BadInput) as refusal:
            act()
        assert str(kept) in refusal.value.message
        assert named in refusal.value.message
    assert contents(tmp_path) == before
    assert not list(Path("/tmp").glob("escaped*"))


def test_a_bomb_is_refused_before_it_is_unpacked(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _rewritten(kept, _bomb)
    new = empty(tmp_path / "new")
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given: pytest.fail("something was read"))
    with pytest.raises(BadInput):
        restore(new, kept)


def test_a_record_changed_with_all_its_checksums_is_still_looked_at(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    """Somebody who knows the format can write any checksum, but no answer off the scale."""
    evil = empty(tmp_path / "evil")
    restore(evil, kept)
    stream = evil.interviews()[0].id
    evil.store.put(
        stream, [evil.record({"kind": "answer", "item": "OWN-1", "state": "answered", "value": 99})]
    )
    backup(evil, tmp_path / "evil.zip")
    before = contents(Path(full.place))
    with pytest.raises(BadInput, match=stream):
        restore(full, tmp_path / "evil.zip")
    assert contents(Path(full.place)) == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", bytes(range(256))])
def test_what_is_no_archive_is_no_backup(full: Workspace, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.zip").write_bytes(data)
    for act in (restore, lambda w, p: merge(w, [str(p)])):
        with pytest.raises(BadInput, match="no backup"):
            act(full, tmp_path / "odd.zip")


def test_a_backup_cut_short_or_with_a_flipped_bit_is_refused_or_whole(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    data = kept.read_bytes()
    broken = [data[: len(data) * n // 9] for n in range(1, 9)]
    broken += [
        data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        for at in range(0, len(data), max(1, len(data) // 60))
    ]
    refused = 0
    for number, one in enumerate(broken):
        (tmp_path / "bad.zip").write_bytes(one)
        new = empty(tmp_path / f"new{number}")
        try:
            restore(new, tmp_path / "bad.zip")
        except BadInput:
            refused += 1
            assert not new.has_engagement
        else:  # a bit that carries nothing, such as a date
            assert new.store.digests() == full.store.digests()
    assert refused > len(broken) // 2


def test_another_engagement_s_backup_is_refused(full: Workspace, tmp_path: Path) -> None:
    backup(begin(tmp_path / "hill", "Hillside"), tmp_path / "hill.zip")
    with pytest.raises(BadInput, match="another engagement"):
        restore(full, tmp_path / "hill.zip")


# -- kills


def test_a_killed_backup_leaves_the_older_one_whole(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    older = kept.read_bytes()
    full.close()
    for step in itertools.count(1):
        (tmp_path / "k.zip").write_bytes(older)
        killed = killed_at(step, lambda: backup(Workspace.open(full.place), tmp_path / "k.zip"))
        new = empty(tmp_path / f"new{step}")
        restore(new, tmp_path / "k.zip")
        assert exported(new) == exported(full)
        if not killed:
            break
    assert step > 3


def test_a_killed_restoring_is_finished_by_doing_it_again(
    full: Workspace, kept: Path, tmp_path: Path
) -> None:
    for step in itertools.count(1):
        place = tmp_path / f"at{step}"
        empty(place).close()
        killed = killed_at(step, lambda place=place: restore(Workspace.open(place), kept))  # type: ignore[misc]
        after = Workspace.open(place)
        assert not after.store.verify()
        restore(after, kept)
        assert exported(after) == exported(full)
        if not killed:
            break
    assert step > 5


# -- verifying


def test_a_sound_workspace_verifies(full: Workspace) -> None:
    found = verify(full)
    assert found.wrong == {}
    assert found.streams == 3
    assert found.events >= 3


def test_verifying_names_each_file_that_is_wrong(full: Workspace) -> None:
    full.close()
    place = Path(full.place)
    first, second = sorted((place / "interviews").glob("*.json"))
    first.write_bytes(first.read_bytes().replace(b'"value":', b'"valve":'))
    second.write_bytes(second.read_bytes().replace(b'"schema":1', b'"schema":7'))
    (pack,) = (place / "packs").iterdir()
    (pack / "interview.yaml").write_bytes(b"questionnaire: other")
    log = (place / "audit.jsonl").read_bytes().split(b"\n")
    (place / "audit.jsonl").write_bytes(b"\n".join([log[0], *log[2:]]))
    found = verify(Workspace.open(place))
    assert {first.stem, second.stem, f"packs/{pack.name}", "audit.jsonl"} <= found.wrong.keys()
    assert "line 2" in found.wrong["audit.jsonl"]


def test_verifying_names_a_pack_that_is_missing(full: Workspace) -> None:
    shutil.rmtree(Path(full.place) / "packs")
    assert "small 1.0.0" in " ".join(verify(full).wrong.values())


def test_verifying_names_records_that_do_not_fit(full: Workspace) -> None:
    open_store(full.place).put("engagement", [full.record({"kind": "candidate", "code": "../x"})])
    assert list(verify(full).wrong) == ["engagement"]
