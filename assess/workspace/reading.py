"""Interviews as read from the store, with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.model.asking import Answer, asked_items, shown_items, standing_answers, values
from assess.model.items import Item
from assess.model.pack import Questionnaire
from assess.model.records import Record, current

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class InterviewRecords:
    """One interview as read from the store, with what stands in it."""

    id: str
    candidate: str
    rater: str
    questionnaire: Questionnaire
    wave: str
    submitted: bool
    newest: str
    answers: Mapping[str, Answer]
    shown: frozenset[str]
    """Items that no condition hides."""
    asked: tuple[Item, ...]
    """Items asked of this candidate in this wave, in order."""


def read_interview(
    workspace: Workspace, stream: str, records: list[Record]
) -> InterviewRecords | None:
    """An interview's records with what stands in them; None where it belongs to nobody known."""
    opening: Mapping[str, Any] | None = next((r for r in records if r["kind"] == "opened"), None)
    candidates = workspace.candidates()
    if opening is None or opening["candidate"] not in candidates:
        return None
    pack = workspace.pack
    questionnaire = pack.questionnaires.get(opening["questionnaire"])
    wave = pack.waves.get(opening["wave"])
    if questionnaire is None or wave is None:
        return None
    answers = standing_answers(records, pack)
    modules = workspace.modules_of(candidates[opening["candidate"]])
    given = values(answers)
    return InterviewRecords(
        id=stream,
        candidate=opening["candidate"],
        rater=opening["rater"],
        questionnaire=questionnaire,
        wave=opening["wave"],
        submitted=any(r["kind"] == "submitted" for r in current(records)),
        newest=max(r["at"] for r in records),
        answers=answers,
        shown=frozenset(shown_items(questionnaire, given, modules)),
        asked=tuple(asked_items(questionnaire, wave, given, modules)),
    )
