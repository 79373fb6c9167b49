"""An erased person is gone everywhere, stays gone, and leaves no name behind."""

import itertools
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from laptops import answered, contents, copied, empty, exported, killed_at, ratings

from assess.errors import AssessError, BadInput, StoreError
from assess.model.people import Candidate
from assess.model.records import ENGAGEMENT
from assess.workspace.backing import backup, restore, verify
from assess.workspace.erasing import erase
from assess.workspace.joining import join, move
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")

NOTE = "zebra-note"


@pytest.fixture
def told(anna: Workspace) -> Workspace:
    """KA with a name, two interviews, a note and an agreed value; KB with one interview."""
    anna.put_people([Candidate(id="KA", name="Zoe Quill", email="zoe@example.org")])
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=4)
    anna.interview("KA", "R1").note("BPM-1", NOTE)
    answered(anna, "KA", "R2", BPM_1=2)
    answered(anna, "KB", "R1", BPM_1=3)
    anna.agree("KA", "BPM-1", 4, f"{NOTE} again")
    return anna


def leftovers(place: Path) -> list[str]:
    """The files that still say something of KA."""
    words = (b"Zoe", NOTE.encode(), b'"KA"')
    return [name for name, data in contents(place).items() if any(word in data for word in words)]


def test_nothing_of_the_person_is_left_in_any_file(told: Workspace, own_home: Path) -> None:
    place = Path(told.place)
    assert leftovers(place)
    done = erase(told, "KA")
    assert done.interviews == 2
    assert leftovers(place) == leftovers(own_home) == []
    told.close()
    assert leftovers(place) == []
    again = Workspace.open(place)
    assert list(again.candidates()) == ["KB", "KC"]
    assert ratings(again) == [("KB", "R1", "BPM-1", "3")]
    assert not verify(again).wrong


def test_what_the_store_and_syncing_tools_keep_beside_goes_too(told: Workspace) -> None:
    place = Path(told.place)
    told.close()
    for file in [place / "engagement.json", *(place / "interviews").glob("*.json")]:
        shutil.copy(file, file.with_name(f"{file.name}.schema-0"))
        shutil.copy(file, file.with_name(f"{file.name}.wal.torn"))
        shutil.copy(file, file.with_name(f"{file.stem} (conflicted copy 2025-01-01).json"))
    erase(Workspace.open(place), "KA")
    assert leftovers(place) == []


def test_the_log_tells_of_it_without_naming_anybody(told: Workspace) -> None:
    erase(told, "KA")
    last = list(told.store.events())[-1]
    assert last["what"] == "erased"
    assert "KA" not in str(last)


def test_a_tombstone_wins_over_copies_from_before(told: Workspace, tmp_path: Path) -> None:
    old = copied(Path(told.place), tmp_path / "old")
    answered(old, "KA", "R1", OWN_1=1)  # and went on there
    answered(old, "KC", "R1", OWN_1=1)
    erase(told, "KA")
    done = merge(told, [old.place])
    assert done.left_out
    assert ratings(told) == [("KB", "R1", "BPM-1", "3"), ("KC", "R1", "OWN-1", "1")]
    assert leftovers(Path(told.place)) == []
    done = merge(old, [told.place])
    assert done.erased
    assert leftovers(tmp_path / "old") == []
    assert exported(old) == exported(told)


def test_a_tombstone_wins_when_old_and_new_come_together_elsewhere(
    told: Workspace, tmp_path: Path, own_home: Path
) -> None:
    old = copied(Path(told.place), tmp_path / "old")
    erase(told, "KA")
    shutil.rmtree(own_home / "home")  # another machine knows nothing of it
    for number, places in enumerate(itertools.permutations([old.place, told.place])):
        new = empty(tmp_path / f"new{number}")
        merge(new, places)
        assert list(new.candidates()) == ["KB", "KC"]
        assert leftovers(Path(new.place)) == []


@pytest.mark.parametrize("where", ["there", "empty"])
def test_a_tombstone_wins_over_backups_from_before(
    told: Workspace, tmp_path: Path, where: str
) -> None:
    backup(told, tmp_path / "old.zip")
    erase(told, "KA")
    target = told if where == "there" else empty(tmp_path / "new")
    done = restore(target, tmp_path / "old.zip")
    assert done.left_out
    assert ratings(target) == [("KB", "R1", "BPM-1", "3")]
    assert leftovers(Path(target.place)) == []


def test_every_code_of_the_person_goes(told: Workspace, tmp_path: Path) -> None:
    answered(told, "KC", "R1", BPM_1=1)
    old = copied(Path(told.place), tmp_path / "old")
    join(told, "KA", "KC", "entered twice")
    erase(told, "KC")
    merge(told, [old.place])
    assert list(told.candidates()) == ["KB"]
    assert leftovers(Path(told.place)) == []


def test_a_code_joined_with_the_person_elsewhere_goes_when_it_comes(
    told: Workspace, tmp_path: Path
) -> None:
    answered(told, "KC", "R1", BPM_1=1)
    other = copied(Path(told.place), tmp_path / "other")
    third = copied(Path(told.place), tmp_path / "third")
    erase(told, "KA")
    join(other, "KC", "KA", "entered twice")
    merge(told, [other.place])
    assert list(told.candidates()) == ["KB"]
    merge(told, [third.place])  # where nobody knows of the join
    assert list(told.candidates()) == ["KB"]


def test_an_interview_moved_to_the_person_goes_and_one_moved_away_stays(
    told: Workspace, tmp_path: Path
) -> None:
    answered(told, "KC", "R2", BPM_1=1)
    old = copied(Path(told.place), tmp_path / "old")
    by_rater = {(one.candidate, one.rater): one.id for one in told.interviews()}
    move(told, "KC", "KA", [by_rater["KC", "R2"]], "was with KA")
    move(told, "KA", "KC", [by_rater["KA", "R1"]], "was with KC")
    erase(told, "KA")
    kept = [
        ("KB", "R1", "BPM-1", "3"),
        ("KC", "R1", "BPM-1", "5"),
        ("KC", "R1", "BPM-2", "4"),
    ]
    assert ratings(told) == kept
    merge(told, [old.place])
    assert ratings(Workspace.open(told.place)) == kept


def test_a_decision_that_named_the_person_does_not_bring_an_older_one_back(
    told: Workspace, tmp_path: Path
) -> None:
    told.add({"kind": "decision", "module": "PROC", "a": "KB", "b": "KC", "reason": "first"})
    (first,) = told.heads("decision")
    old = copied(Path(told.place), tmp_path / "old")
    told.add({"kind": "decision", "module": "PROC", "a": "KA", "revises": [first["id"]]})
    erase(told, "KA")
    assert told.heads("decision") == []
    merge(told, [old.place])
    assert told.heads("decision") == []


def test_the_code_is_not_given_to_somebody_else(told: Workspace) -> None:
    erase(told, "KA")
    with pytest.raises(BadInput, match="KA"):
        told.put_people([Candidate(id="KA", name="Another")])


def test_an_interview_that_is_open_in_the_app_stops(told: Workspace) -> None:
    session = told.interview("KA", "R1")
    erase(Workspace.open(told.place), "KA")
    with pytest.raises(AssessError):
        session.answer("OWN-1", 3)
    assert leftovers(Path(told.place)) == []


def test_who_rated_others_stays_a_rater(told: Workspace) -> None:
    told.put_people([Candidate(id="R1", name="Rae")])
    answered(told, "R1", "R1", BPM_1=4)
    erase(told, "R1")
    assert "R1" in told.raters()
    assert "R1" not in told.candidates()
    assert {row[1] for row in ratings(told) if row[0] == "KB"} == {"R1"}


def test_a_killed_erasure_leaves_the_person_whole_or_is_finished_at_the_next_opening(
    told: Workspace, tmp_path: Path
) -> None:
    told.close()
    before = exported(told)
    finished = 0
    for step in itertools.count(1):
        place = tmp_path / f"at{step}"
        shutil.copytree(told.place, place)
        killed = killed_at(step, lambda place=place: erase(Workspace.open(place), "KA"))  # type: ignore[misc]
        after = Workspace.open(place)
        if "KA" in after.candidates():
            assert exported(after) == before
            assert not after.heads("erased")
        else:
            finished += killed
            after.close()
            assert leftovers(place) == []
            assert ratings(after) == [("KB", "R1", "BPM-1", "3")]
        assert not after.store.verify()
        if not killed:
            break
    assert finished > 5


def test_an_old_copy_of_a_file_brought_back_is_cleaned_at_the_next_opening(
    told: Workspace,
) -> None:
    place = Path(told.place)
    interview = next(one for one in told.interviews() if one.candidate == "KA").id
    told.close()
    names = ("engagement", f"interviews/{interview}")
    before = {name: (place / f"{name}.json").read_bytes() for name in names}
    for name, old in before.items():
        there = Workspace.open(place)
        if "KA" in there.candidates():
            erase(there, "KA")
        there.close()
        (place / f"{name} (conflicted copy).json").write_bytes(old)
        assert leftovers(place)
        again = Workspace.open(place)
        assert "KA" not in again.candidates()
        assert leftovers(place) == []
    assert any(record["kind"] == "erased" for record in again.store.read(ENGAGEMENT))


def test_what_could_not_be_removed_is_not_denied_and_goes_with_the_next_opening(
    told: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise StoreError("permission is missing", hint="Nothing was changed.")

    monkeypatch.setattr(type(told.store), "erase", refused)
    with pytest.raises(StoreError, match="permission is missing") as error:
        erase(told, "KA")
    assert "KA is shown to nobody any more, but files are left" in error.value.hint
    assert "Nothing was changed" not in error.value.hint
    monkeypatch.undo()
    told.close()
    Workspace.open(told.place).close()
    assert leftovers(Path(told.place)) == []


def test_kept_figures_that_cannot_be_removed_stop_no_opening(told: Workspace) -> None:
    kept = Path(told.store.cache) / "overview.json"  # type: ignore[attr-defined]
    (kept / "held").mkdir(parents=True)
    with pytest.raises(StoreError):
        erase(told, "KA")
    told.close()
    with closing(Workspace.open(told.place)) as again:
        assert "KA" not in again.candidates()
    (kept / "held").rmdir()
    kept.rmdir()
    with closing(Workspace.open(told.place)):
        assert leftovers(Path(told.place)) == []


def test_the_figures_kept_for_the_next_start_are_forgotten_too(tmp_path):
    from assess.demo import build
    from assess.workspace.erasing import erase
    from assess.workspace.overview import overview
    from assess.workspace.overview_kept import save_overview, saved_overview
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(tmp_path / "riverside", create=True)
    build(workspace)
    save_overview(workspace, overview(workspace, workspace.rank()))
    assert saved_overview(workspace) is not None
    erase(workspace, "TA")
    assert saved_overview(workspace) is None
