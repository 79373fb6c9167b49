"""What was answered and noted: the ground under a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assess.model.asking import Value
    from assess.model.records import State
    from assess.model.text import Text
    from assess.workspace.reading import InterviewRecords
    from assess.workspace.standing_answers import StandingAnswers
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer to one item by one rater, with its note."""

    item: str
    rater: str
    questionnaire: str
    wave: str
    state: State
    value: Value
    note: str
    submitted: bool
    agreed: float | None = None
    """The value that the panel agreed on, beside the original."""
    agreed_reason: str = ""
    """Why the panel agreed on it."""
    asked: Text | None = None
    """The question as it was asked, where an earlier version of the pack had other words."""


def evidence(
    workspace: Workspace, candidate: str, competency: str | None = None, module: str | None = None
) -> list[Evidence]:
    """All answers on a candidate that may be shown, in the order of waves, items and raters.

    ``competency`` and ``module`` keep only the items that belong there. Hidden items are left out.
    """
    from assess.workspace.agreed_values import agreed_reasons
    from assess.workspace.versions import other_words, refs

    pack = workspace.pack
    order = {item.id: at for at, (_, item) in enumerate(pack.each_item())}
    waves = list(pack.waves)
    agreed, reasons = workspace.agreed_values(), agreed_reasons(workspace)
    mine = [reading for reading in workspace.visible() if reading.candidate == candidate]
    several = len(refs(workspace)) > 1
    words = {reading.id: other_words(workspace, reading) if several else {} for reading in mine}
    found = [
        Evidence(
            item=item.id,
            rater=reading.rater,
            questionnaire=reading.questionnaire.id,
            wave=reading.wave,
            state=answer.state,
            value=answer.value,
            note=answer.note,
            submitted=reading.submitted,
            agreed=agreed.get((candidate, item.id, reading.wave)),
            agreed_reason=reasons.get((candidate, item.id, reading.wave), ""),
            asked=words[reading.id].get(item.id),
        )
        for reading in mine
        for answer in reading.answers.values()
        if answer.item in reading.shown
        for item in [pack.items[answer.item]]
        if (competency is None or item.competency == competency)
        and (module is None or item.modules is None or module in item.modules)
        and (answer.given or answer.note)
    ]
    return sorted(found, key=lambda e: (waves.index(e.wave), order[e.item], e.rater))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Ratings of one item of one candidate that lie as far apart as the pack wants discussed."""

    candidate: str
    item: str
    wave: str
    ratings: dict[str, float]
    """By rater, in units of the item's scale."""
    difference: float
    agreed: float | None
    agreed_reason: str
    """Why the panel agreed on it; empty where it has not."""
    answers: Mapping[str, StandingAnswers] = field(repr=False, compare=False)
    """Of each of these raters."""

    @property
    def notes(self) -> dict[str, str]:
        """By rater."""
        return {rater: self.answers[rater][self.item].note for rater in self.ratings}


class Apart(NamedTuple):
    """An item of a candidate on which raters differ; ordered, the widest difference first."""

    minus: float
    """Less than zero: by how much, in units of the item's scale."""
    candidate: str
    item: str
    wave: str
    answers: Mapping[str, StandingAnswers]
    """Of each rater of the item."""


def apart(workspace: Workspace) -> Iterator[Apart]:
    """Where raters differ by ``policy.discuss_at`` or more, candidate by candidate."""
    from assess.model.items import RatingItem

    pack = workspace.pack
    rated = {id for id, item in pack.items.items() if isinstance(item, RatingItem)}
    least = pack.file.policy.discuss_at - 1e-9
    counting: dict[str, list[InterviewRecords]] = {}
    for reading in workspace.visible():
        if reading.questionnaire.counting:
            counting.setdefault(reading.candidate, []).append(reading)
    for candidate, readings in counting.items():
        given: dict[tuple[str, str], dict[str, float]] = {}
        answers: dict[tuple[str, str], dict[str, StandingAnswers]] = {}
        for reading in readings:
            for item, value in reading.answers.answered():
                if item in rated:
                    key = item, reading.wave
                    given.setdefault(key, {})[reading.rater] = float(value)  # type: ignore[arg-type]
                    answers.setdefault(key, {})[reading.rater] = reading.answers
        for (item, wave), by_rater in given.items():
            difference = max(by_rater.values()) - min(by_rater.values())
            if difference >= least and len(by_rater) > 1:
                yield Apart(-difference, candidate, item, wave, answers[item, wave])


def disagreements(workspace: Workspace) -> list[Disagreement]:
    """Where raters differ by ``policy.discuss_at`` or more, the widest first."""
    from assess.workspace.agreed_values import agreed_reasons

    agreed, reasons = workspace.agreed_values(), agreed_reasons(workspace)
    return [
        Disagreement(
            candidate=one.candidate,
            item=one.item,
            wave=one.wave,
            ratings={r: float(one.answers[r].value(one.item)) for r in sorted(one.answers)},  # type: ignore[arg-type]
            difference=-one.minus,
            agreed=agreed.get((one.candidate, one.item, one.wave)),
            agreed_reason=reasons.get((one.candidate, one.item, one.wave), ""),
            answers=one.answers,
        )
        for one in sorted(apart(workspace), key=lambda one: one[:4])
    ]
