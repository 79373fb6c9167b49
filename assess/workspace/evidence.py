"""What was answered and noted: the ground under a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess.model.asking import Value
    from assess.model.records import State
    from assess.model.text import Text
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
    asked: Text | None = None
    """The question as it was asked, where an earlier version of the pack had other words."""


def evidence(
    workspace: Workspace, candidate: str, competency: str | None = None, module: str | None = None
) -> list[Evidence]:
    """All answers on a candidate that may be shown, in the order of waves, items and raters.

    ``competency`` and ``module`` keep only the items that belong there. Hidden items are left out.
    """
    from assess.workspace.versions import other_words, refs

    pack = workspace.pack
    order = {item.id: at for at, (_, item) in enumerate(pack.each_item())}
    waves = list(pack.waves)
    agreed = workspace.agreed_values()
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
    notes: dict[str, str]
    difference: float
    agreed: float | None


def disagreements(workspace: Workspace) -> list[Disagreement]:
    """Where raters differ by ``policy.discuss_at`` or more, the widest first."""
    from assess.model.items import RatingItem

    pack = workspace.pack
    agreed = workspace.agreed_values()
    rated = {id for id, item in pack.items.items() if isinstance(item, RatingItem)}
    ratings: dict[tuple[str, str, str], dict[str, tuple[float, StandingAnswers]]] = {}
    for reading in workspace.visible():
        if not reading.questionnaire.counting:
            continue
        for item_id, given in reading.answers.answered():
            if item_id in rated:
                key = reading.candidate, item_id, reading.wave
                value = float(given)  # type: ignore[arg-type]
                ratings.setdefault(key, {})[reading.rater] = value, reading.answers
    found = []
    for (candidate, item_id, wave), by_rater in sorted(ratings.items()):
        given_values = [value for value, _answers in by_rater.values()]
        difference = max(given_values) - min(given_values)
        if difference >= pack.file.policy.discuss_at - 1e-9 and len(by_rater) > 1:
            found.append(
                Disagreement(
                    candidate=candidate,
                    item=item_id,
                    wave=wave,
                    ratings={rater: by_rater[rater][0] for rater in sorted(by_rater)},
                    notes={rater: by_rater[rater][1][item_id].note for rater in sorted(by_rater)},
                    difference=difference,
                    agreed=agreed.get((candidate, item_id, wave)),
                )
            )
    return sorted(found, key=lambda d: (-d.difference, d.candidate, d.item))
