"""A backup holds everything and can be trusted; what is wrong in it is named."""

import itertools
import json
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from laptops import answered, begin, empty, exported, killed_at

from assess.errors import BadInput
from assess.model.ids import interview_id
from assess.store import open_store
from assess.workspace.backing import backup, restore, verify
from assess.workspace.importing import import_ratings
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


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


def test_another_engagement_s_backup_is_refused(full: Workspace, tmp_path: Path) -> None:
    backup(begin(tmp_path / "hill", "Hillside"), tmp_path / "hill.zip")
    with pytest.raises(BadInput, match="another engagement"):
        restore(full, tmp_path / "hill.zip")


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


@pytest.mark.parametrize("came", ["begun", "imported", "merged", "restored"])
def test_verifying_names_an_interview_whose_files_are_gone(
    came: str, full: Workspace, kept: Path, tmp_path: Path
) -> None:
    candidate, rater, here = "KA", "R1", full
    if came == "imported":
        candidate, rater = "KC", "R2"
        table = tmp_path / "rated.csv"
        table.write_text("candidate,rater,item,value\nKC,R2,BPM-1,3\n")
        import_ratings(full, table)
    elif came != "begun":
        here = empty(tmp_path / "new")
        merge(here, [full.place]) if came == "merged" else restore(here, kept)
    name = interview_id(candidate, rater, "interview", "M0")
    lose(here, f"interviews/{name}.*")
    wrong = verify(Workspace.open(here.place)).wrong
    assert list(wrong) == [name]
    assert f"{candidate} by {rater}, interview, wave M0" in wrong[name]


def test_what_is_missing_comes_back_from_a_copy(full: Workspace, kept: Path) -> None:
    for files in ("interviews/*", "engagement.json*"):
        lose(full, files)
        assert verify(Workspace.open(full.place)).wrong
        restore(Workspace.open(full.place), kept)
        assert not verify(Workspace.open(full.place)).wrong


def test_verifying_names_an_engagement_whose_files_are_gone(full: Workspace) -> None:
    lose(full, "engagement.json*")
    wrong = verify(Workspace.open(full.place)).wrong
    assert list(wrong) == ["engagement"]
    assert "missing" in wrong["engagement"]


def lose(workspace: Workspace, files: str) -> None:
    """Somebody deletes files of a workspace folder."""
    workspace.close()
    lost = list(Path(workspace.place).glob(files))
    assert lost
    for file in lost:
        file.unlink()


def test_verifying_names_records_that_do_not_fit(full: Workspace) -> None:
    open_store(full.place).put("engagement", [full.record({"kind": "candidate", "code": "../x"})])
    assert list(verify(full).wrong) == ["engagement"]
