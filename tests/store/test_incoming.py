"""What no workspace could have written is refused, naming the record and what is wrong with it."""

from typing import Any

import pytest
from store_samples import PACK

from assess.errors import BadInput
from assess.model.ids import interview_id, new_ulid
from assess.model.records import ENGAGEMENT
from assess.store.incoming import check_incoming

STREAM = interview_id("KA", "R1", "interview", "M0")


def record(kind: Any, **more: Any) -> dict[str, Any]:
    base = {"id": new_ulid(), "kind": kind, "at": "2026-01-05T10:00:00.000+00:00", "by": "R1"}
    return base | {"device": "d", "revises": []} | more


def opened(**more: Any) -> dict[str, Any]:
    four = {"candidate": "KA", "rater": "R1", "questionnaire": "interview", "wave": "M0"}
    return record("opened", **{**four, "pack": PACK.model_dump(), **more})


def joined(**more: Any) -> dict[str, Any]:
    return record("joined", **{"old": "KA", "new": "KB", **more})


INTERVIEWS = {
    "an interview of no name": ("../KA", [opened()], "no interview has that id"),
    "a record of no id": (STREAM, [opened(id="1")], "'1' is no id of a record"),
    "no kind": (STREAM, [opened(), record(None)], "it has no kind"),
    "a kind that is no code": (STREAM, [opened(), record("a b")], "it has no kind"),
    "a day in no calendar": (STREAM, [opened(at="2026-02-30T10:00:00Z")], "no time with an offset"),
    "a code of 201 letters": (STREAM, [opened(device="d" * 201)], "'device' is no code"),
    "an opening of no pack": (STREAM, [opened(pack={"id": "p"})], "'pack' is no code"),
    "an opening of a form that is no word": (STREAM, [opened(form=["short"])], "'form' is no text"),
    "an answer under a pack that is no hash": (
        STREAM,
        [opened(), record("answer", item="BPM-1", state="answered", value=3, pack={})],
        "'pack' is no",
    ),
    "an opening without a wave": (
        STREAM,
        [{k: v for k, v in opened().items() if k != "wave"}],
        "'wave' is missing",
    ),
}
JOINED = {
    "with nobody": (joined(new=""), "'old' is no code"),
    "of nobody": (joined(old=""), "'old' is no code"),
    "of an interview of no name": (
        joined(interview="x", rater="R1", questionnaire="interview", wave="M0"),
        "'interview' is no code",
    ),
    "of an interview by nobody": (
        joined(interview=STREAM, questionnaire="interview", wave="M0"),
        "'interview' is no code",
    ),
}


def refused(stream: str, records: list[dict[str, Any]]) -> str:
    with pytest.raises(BadInput) as refusal:
        check_incoming("bo", stream, records)
    return refusal.value.message


@pytest.mark.parametrize("what", INTERVIEWS)
def test_an_interview_is_refused_in_words(what: str) -> None:
    stream, records, reason = INTERVIEWS[what]
    message = refused(stream, records)
    assert message.startswith("bo: ")
    assert reason in message


def test_a_record_that_is_there_twice_is_refused_by_its_id() -> None:
    one = opened()
    assert f"'{one['id']}' is no id of a record" in refused(STREAM, [one, one])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (record("migrated", before=PACK.model_dump(), pack={"id": "p"}), "'pack' is no code"),
        (record("notice", candidate="KA", pack={"id": "p"}), "'pack' is no code"),
        (
            record("agreed", candidate="KA", item="BPM-1", wave="M0", value=3, reason={}),
            "'reason' is no text",
        ),
    ],
)
def test_what_is_shown_or_looked_up_later_is_looked_at_first(
    wrong: dict[str, Any], reason: str
) -> None:
    assert f"{wrong['id']}: {reason}" in refused(ENGAGEMENT, [wrong])


@pytest.mark.parametrize("what", JOINED)
def test_people_are_joined_only_as_a_workspace_joins_them(what: str) -> None:
    wrong, reason = JOINED[what]
    assert f"{wrong['id']}: {reason}" in refused(ENGAGEMENT, [wrong])


def test_what_a_workspace_writes_is_taken() -> None:
    check_incoming("bo", STREAM, [opened(), record("submitted")])
    interview = joined(old="", interview=STREAM, rater="R1", questionnaire="interview", wave="M0")
    check_incoming("bo", ENGAGEMENT, [joined(), interview])
