"""What others recorded comes in: a union, in any order, and twice as well as once."""

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import (
    ITEMS,
    PACK,
    PEOPLE,
    answered,
    begin,
    contents,
    copied,
    empty,
    exported,
    killed_at,
    ratings,
)

from assess.errors import AssessError, BadInput, StoreCorrupt
from assess.model.ids import interview_id
from assess.model.people import Candidate
from assess.model.records import ENGAGEMENT
from assess.workspace import agreeing
from assess.workspace.conflicts import conflicts, settle
from assess.workspace.erasing import erase
from assess.workspace.joining import join
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def test_an_empty_workspace_takes_the_engagement_over_with_its_pack(
    anna: Workspace, tmp_path: Path
) -> None:
    answered(anna, BPM_1=4)
    bo = empty(tmp_path / "bo")
    done = merge(bo, [anna.place])
    assert (done.took_over, done.new, done.people, done.packs) == (True, 1, 5, 1)
    assert bo.engagement == anna.engagement
    assert exported(bo) == exported(anna)
    shutil.rmtree(anna.place)
    assert bo.rank().modules[0].candidates


def test_two_consultants_who_interviewed_one_candidate_make_one_panel(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=5)
    answered(bo, "KA", "R2", BPM_1=2, BPM_2=2)
    done = merge(anna, [bo.place])
    assert (done.new, done.grown, len(done.conflicts)) == (1, 0, 0)
    (one,) = [c for c in anna.rank().modules[0].candidates if c.candidate == "KA"]
    assert one.raters == 2
    assert list(anna.candidates()) == list(PEOPLE)


def test_a_repeated_merge_brings_nothing(anna: Workspace, tmp_path: Path) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_1=2)
    merge(anna, [bo.place])
    before = exported(anna)
    done = merge(anna, [bo.place])
    assert (done.records, done.new, done.grown, done.there) == (0, 0, 0, 1)
    assert exported(anna) == before


def test_an_interview_that_went_on_elsewhere_grows(anna: Workspace, tmp_path: Path) -> None:
    answered(anna, BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_2=3)
    answered(anna, OWN_1=2)
    done = merge(anna, [bo.place])
    assert (done.records, done.grown) == (1, 1)
    assert [row[2:] for row in ratings(anna)] == [("BPM-1", "4"), ("BPM-2", "3"), ("OWN-1", "2")]


def test_many_interviews_that_went_on_elsewhere_grow(anna: Workspace, tmp_path: Path) -> None:
    raters = [f"R{n}" for n in range(1, 13)]
    for rater in raters:
        answered(anna, "KA", rater, BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    for rater in raters:
        answered(bo, "KA", rater, BPM_2=3)
        answered(anna, "KA", rater, OWN_1=2)
    assert merge(anna, [bo.place]).grown == len(raters)
    merge(bo, [anna.place])
    assert exported(anna) == exported(bo)
    assert len(ratings(anna)) == 3 * len(raters)
    answered(anna, "KA", "R7", BPM_1=1)  # and it can be written to as before
    assert ("KA", "R7", "BPM-1", "1") in ratings(Workspace.open(anna.place))


def test_two_beginnings_of_one_name_and_pack_are_one_engagement(tmp_path: Path) -> None:
    anna, bo = begin(tmp_path / "anna"), begin(tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5)
    answered(bo, "KA", "R2", BPM_1=4)
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    assert exported(anna) == exported(bo)
    assert len(ratings(anna)) == 2
    assert not conflicts(anna)


@pytest.mark.parametrize("other", ["name", "pack"])
def test_another_engagement_is_refused_and_nothing_changes(
    anna: Workspace, tmp_path: Path, other: str
) -> None:
    pack = {**PACK, "pack.yaml": PACK["pack.yaml"].replace(b"pack: small", b"pack: other")}
    bo = begin(tmp_path / "bo", *({"name": ["Hillside"], "pack": ["Riverside", pack]}[other]))
    before = contents(Path(anna.place))
    with pytest.raises(BadInput, match="another engagement") as refusal:
        merge(anna, [bo.place])
    assert {"name": "Hillside", "pack": "other"}[other] in refusal.value.message
    assert contents(Path(anna.place)) == before


def test_a_record_id_with_other_content_stops_the_merge_by_name(
    anna: Workspace, tmp_path: Path
) -> None:
    answered(anna, "KA", BPM_1=4)
    answered(anna, "KB", BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, "KA", BPM_2=4)
    stream = interview_id("KB", "R1", "interview", "M0")
    record = bo.store.read(stream)[-1]
    bo.store.erase(stream, {record["id"]})
    bo.store.put(stream, [record | {"value": 5}])  # type: ignore[list-item, operator]
    before = contents(Path(anna.place))
    with pytest.raises(StoreCorrupt) as refusal:
        merge(anna, [bo.place])
    assert stream in refusal.value.message
    assert record["id"] in refusal.value.message
    assert contents(Path(anna.place)) == before


def test_the_second_of_two_places_that_is_refused_leaves_the_first_out_too(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_1=3)
    before = contents(Path(anna.place))
    with pytest.raises(BadInput):
        merge(anna, [bo.place, begin(tmp_path / "cy", "Hillside").place])
    assert contents(Path(anna.place)) == before


def test_a_damaged_interview_is_named_and_may_be_left_out(anna: Workspace, tmp_path: Path) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, "KA", BPM_1=3)
    answered(bo, "KB", BPM_1=2)
    bo.close()
    stream = interview_id("KA", "R1", "interview", "M0")
    file = Path(bo.place) / "interviews" / f"{stream}.json"
    file.write_bytes(file.read_bytes().replace(b'"value":3', b'"value":5'))
    with pytest.raises(StoreCorrupt, match=stream):
        merge(anna, [bo.place])
    assert not ratings(anna)
    done = merge(anna, [bo.place], without_damaged=True)
    assert stream in " ".join(done.damaged)
    assert ratings(anna) == [("KB", "R1", "BPM-1", "2")]


# -- what no workspace wrote


def _bo_with(tmp_path: Path, anna: Workspace, stream: str, *records: Any) -> Workspace:
    bo = copied(Path(anna.place), tmp_path / "bo")
    bo.store.put(stream, [bo.record(record) for record in records])
    bo.close()
    return bo


def _opened(workspace: Workspace, candidate: str) -> dict[str, Any]:
    return {
        "kind": "opened",
        "candidate": candidate,
        "rater": "R1",
        "questionnaire": "interview",
        "wave": "M0",
        "pack": workspace.pack.ref.model_dump(),
    }


BAD_PEOPLE = {
    "a path in an id": {"kind": "candidate", "code": "../../etc/passwd"},
    "a person of another shape": {"kind": "candidate", "code": "KD", "capacity": "much"},
    "an answer among people": {"kind": "answer", "item": "BPM-1", "state": "answered", "value": 1},
    "a time without an offset": {"kind": "candidate", "code": "KD", "at": "2025-01-01T10:00:00"},
    "a revision of no record": {"kind": "candidate", "code": "KD", "revises": ["../x"]},
    "a tombstone for everybody": {"kind": "erased", "salt": "", "codes": ["*"], "streams": []},
}


@pytest.mark.parametrize("what", BAD_PEOPLE)
def test_a_doctored_engagement_is_refused_by_name(
    anna: Workspace, tmp_path: Path, what: str
) -> None:
    bo = _bo_with(tmp_path, anna, ENGAGEMENT, BAD_PEOPLE[what])
    before = contents(Path(anna.place))
    with pytest.raises(BadInput) as refusal:
        merge(anna, [bo.place])
    assert bo.place in refusal.value.message
    assert ENGAGEMENT in refusal.value.message
    assert contents(Path(anna.place)) == before


@pytest.mark.parametrize(
    "answer",
    [
        {"item": "BPM-1", "state": "answered", "value": 900},
        {"item": "BPM-1", "state": "answered", "value": "rm -rf"},
        {"item": "BPM-9", "state": "answered", "value": 3},
        {"item": "../x", "state": "answered", "value": 3},
        {"item": "BPM-1", "state": "perhaps"},
        {"item": "BPM-1", "state": "answered", "value": {"a": 1}},
    ],
    ids=lambda answer: str(answer.get("value", answer["state"])) + answer["item"],
)
def test_an_answer_that_no_interview_takes_is_refused(
    anna: Workspace, tmp_path: Path, answer: dict[str, Any]
) -> None:
    stream = interview_id("KA", "R1", "interview", "M0")
    bo = _bo_with(tmp_path, anna, stream, _opened(anna, "KA"), {"kind": "answer", **answer})
    before = contents(Path(anna.place))
    with pytest.raises(BadInput, match=stream):
        merge(anna, [bo.place])
    assert contents(Path(anna.place)) == before


def test_an_interview_under_the_name_of_another_is_refused(anna: Workspace, tmp_path: Path) -> None:
    stream = interview_id("KA", "R1", "interview", "M0")
    bo = _bo_with(tmp_path, anna, stream, _opened(anna, "KB"))
    with pytest.raises(BadInput, match=stream):
        merge(anna, [bo.place])


def test_answers_that_nobody_opened_are_refused(anna: Workspace, tmp_path: Path) -> None:
    stream = interview_id("KA", "R1", "interview", "M0")
    answer = {"kind": "answer", "item": "BPM-1", "state": "answered", "value": 3}
    bo = _bo_with(tmp_path, anna, stream, answer)
    with pytest.raises(BadInput, match=stream):
        merge(anna, [bo.place])


@pytest.mark.parametrize("name", ["../../../secret.yaml", "/etc/passwd", "a/../../b.yaml"])
def test_a_pack_that_names_a_file_outside_is_refused(
    anna: Workspace, tmp_path: Path, name: str
) -> None:
    import hashlib

    import orjson

    secret = tmp_path / "secret.yaml"
    secret.write_bytes(b"secret: yes")
    (folder,) = (Path(anna.place) / "packs").iterdir()
    sums = orjson.loads((folder / ".files.json").read_bytes())
    sums[name] = hashlib.sha256(b"secret: yes").hexdigest()
    (folder / ".files.json").write_bytes(orjson.dumps(sums))
    bo = empty(tmp_path / "bo")
    with pytest.raises(AssessError) as refusal:
        merge(bo, [anna.place])
    assert name in refusal.value.message
    assert not bo.has_engagement
    assert b"secret: yes" not in b"".join(contents(Path(bo.place)).values())


def test_a_pack_of_other_content_is_refused(anna: Workspace, tmp_path: Path) -> None:
    import hashlib

    import orjson

    (folder,) = (Path(anna.place) / "packs").iterdir()
    text = (folder / "interview.yaml").read_bytes().replace(b"ask: How", b"ask: Now")
    (folder / "interview.yaml").write_bytes(text)
    sums = orjson.loads((folder / ".files.json").read_bytes())
    sums["interview.yaml"] = hashlib.sha256(text).hexdigest()
    (folder / ".files.json").write_bytes(orjson.dumps(sums))
    bo = empty(tmp_path / "bo")
    with pytest.raises(BadInput, match=r"small 1\.0\.0"):
        merge(bo, [anna.place])
    assert not bo.has_engagement


# -- random histories

laptops = st.integers(0, 2)
people, raters = st.sampled_from(PEOPLE), st.sampled_from(["R1", "R2"])
acts = st.one_of(
    st.tuples(st.just("answer"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("answer"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("note"), people, raters, st.sampled_from(ITEMS), st.sampled_from("xy")),
    st.tuples(st.just("submit"), people, raters),
    st.tuples(st.just("edit"), people, st.sampled_from(["name", "team"]), st.sampled_from("pq")),
    st.tuples(st.just("agree"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("join"), people, people),
    st.tuples(st.just("settle"), st.integers(0, 3)),
    st.tuples(st.just("erase"), people),
    st.tuples(st.just("merge"), laptops),
)


def _do(workspaces: list[Workspace], at: int, act: tuple[Any, ...]) -> None:
    """One act on a laptop; what is refused there (say, of somebody erased) changes nothing."""
    workspace, (what, *given_) = workspaces[at], act
    try:
        if what in ("answer", "note", "submit"):
            interview = workspace.interview(*given_[:2])
            if interview.submitted:
                interview.reopen("once more")
            getattr(interview, what)(*given_[2:])
        elif what == "edit":
            person = workspace.candidate(given_[0]).model_copy(update={given_[1]: given_[2]})
            workspace.put_people([person])
        elif what == "agree":
            workspace.agree(given_[0], given_[2], given_[3], "talked")
        elif what == "join":
            join(workspace, *given_, "the same")
        elif what == "settle":
            found = conflicts(workspace)
            if found:
                one = found[given_[0] % len(found)]
                settle(workspace, one.id, one.heads[0]["id"], "read the notes")
        elif what == "erase":
            erase(workspace, *given_)
        elif given_[0] != at:
            merge(workspace, [workspaces[given_[0]].place])
    except BadInput:
        pass


@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(laptops, acts), max_size=24))
def test_random_histories_of_three_laptops_merge_to_the_same_in_every_order_and_twice(
    history: list[tuple[int, tuple[Any, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = begin(Path(folder) / "base")
        base.close()
        places = [Path(folder) / f"laptop{n}" for n in range(3)]
        workspaces = [copied(Path(base.place), place) for place in places]
        for at, act in history:
            _do(workspaces, at, act)
        for workspace in workspaces:
            workspace.close()
        seen = set()
        for number, order in enumerate(itertools.permutations(places)):
            united = empty(Path(folder) / f"united{number}")
            for _again in range(2):
                for place in order:
                    merge(united, [str(place)])
            seen.add((exported(united, "csv"), exported(united, "json")))
        at_once = empty(Path(folder) / "at-once")
        merge(at_once, [str(place) for place in places])
        seen.add((exported(at_once, "csv"), exported(at_once, "json")))
        for place in places:  # and there and back again
            back = Workspace.open(place)
            merge(back, [at_once.place])
            seen.add((exported(back, "csv"), exported(back, "json")))
        assert len(seen) == 1


# -- kills


def test_a_merge_that_was_killed_is_finished_by_doing_it_again(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KB", "R1", BPM_1=4)
    answered(bo, "KA", "R1", BPM_2=4)
    answered(bo, "KC", "R2", BPM_1=1)
    bo.put_people([Candidate(id="KD")])
    anna.close(), bo.close()
    own = set(ratings(anna))
    whole = copied(Path(anna.place), tmp_path / "whole")
    merge(whole, [bo.place])
    for step in itertools.count(1):
        place = tmp_path / f"at{step}"
        shutil.copytree(anna.place, place)
        killed = killed_at(step, lambda place=place: merge(Workspace.open(place), [bo.place]))  # type: ignore[misc]
        after = Workspace.open(place)
        assert own <= set(ratings(after)) <= set(ratings(whole))
        merge(after, [bo.place])
        assert exported(after) == exported(whole)
        assert after.candidates().keys() == whole.candidates().keys()
        assert not after.store.verify()
        if not killed:
            break
    assert step > 5


def test_an_interview_by_a_rater_whom_nobody_entered_is_read_all_the_same(
    anna: Workspace, tmp_path: Path
) -> None:
    stream = interview_id("KA", "R9", "interview", "M0")
    answer = {"kind": "answer", "item": "BPM-1", "state": "answered", "value": 3}
    bo = _bo_with(tmp_path, anna, stream, _opened(anna, "KA") | {"rater": "R9"}, answer)
    merge(anna, [bo.place])
    assert ratings(anna) == [("KA", "R9", "BPM-1", "3")]
    assert anna.rank().modules[0].raters == 1
    assert list(agreeing.raters(anna).raters)
