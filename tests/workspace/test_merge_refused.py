"""What no workspace wrote: a merge refuses it by name and changes nothing, or reads what it can."""

from pathlib import Path
from typing import Any

import pytest
from laptops import contents, copied, empty, ratings

from assess.errors import AssessError, BadInput
from assess.model.ids import interview_id
from assess.model.records import ENGAGEMENT
from assess.workspace import agreeing
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


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


@pytest.mark.parametrize("change", [{"modules": ["NOPE"]}, {"wave": "NOPE"}])
def test_an_engagement_that_its_pack_does_not_fit_is_refused(
    anna: Workspace, tmp_path: Path, change: dict[str, Any]
) -> None:
    heads = [record["id"] for record in anna.heads("engagement")]
    content = anna.engagement.model_dump(mode="json") | change | {"revises": heads}
    bo = _bo_with(tmp_path, anna, ENGAGEMENT, {"kind": "engagement", **content})
    for taking in (anna, empty(tmp_path / "new")):
        with pytest.raises(BadInput, match="has no NOPE"):
            merge(taking, [bo.place])
    assert anna.rank().modules


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
