"""Backups that somebody changed or cut short are refused, and nothing changes."""

import io
import json
import random
import stat
import warnings
import zipfile
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest
from laptops import contents, copied, empty

from assess.errors import BadInput
from assess.workspace.backing import backup, restore
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


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


def _packed_otherwise(archive: zipfile.ZipFile, entries: Entries) -> None:
    name = _an_interview(entries)
    archive.writestr(name, entries.pop(name), zipfile.ZIP_BZIP2)


def _over_one_another(archive: zipfile.ZipFile, entries: Entries) -> None:
    """Many names for the same bytes: small on disk, and large once unpacked."""
    archive.writestr("packs/x/1", random.Random(1).randbytes(20_000))
    for number in range(2, 9):
        again = copy(archive.filelist[0])
        again.filename = again.orig_filename = f"packs/x/{number}"
        archive.filelist.append(again)


def _no_words(_archive: zipfile.ZipFile, entries: Entries) -> None:
    entries["backup.json"] = b"PK"


def _other_streams(_archive: zipfile.ZipFile, entries: Entries) -> None:
    found = json.loads(entries["backup.json"])
    found["digests"].popitem()
    entries["backup.json"] = json.dumps(found).encode()


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
    "a list that is no list": (_no_words, "backup.json"),
    "a list of other streams": (_other_streams, "backup.json: it does not fit"),
    "a folder": (_named("packs/x/"), "packs/x/: it is no file"),
    "an interview packed in another way": (_packed_otherwise, "packed in a way"),
    "entries over one another": (_over_one_another, "lie over one another"),
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
