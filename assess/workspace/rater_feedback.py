"""What a rater is told about own ratings: severity, spread, order, evidence, differences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assess.errors import BadInput
from assess.i18n import _, listed, ngettext
from assess.model.items import RatingItem
from assess.workspace import wording
from assess.workspace.agreeing import RaterResult, RatersReport
from assess.workspace.calibration import Distance
from assess.workspace.evidence import Disagreement, disagreements

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

SAME_ORDER, PARTLY_SAME = 0.8, 0.5
"""From which correlation on the order is called the same, and partly the same."""
NARROW, BROAD = 0.75, 4 / 3
"""Spread beside the others' mean from which it is called narrow and broad."""
_MOST_APART = 8


@dataclass(frozen=True)
class Habits:
    """What can be counted in a rater's own answers of a wave."""

    steps: dict[float, int] = field(default_factory=dict)
    """How often each value was given."""
    due: int = 0
    """Ratings for which the pack asks a note."""
    missing: int = 0
    """Those of them without one."""
    states: dict[str, int] = field(default_factory=dict)
    """Items not asked, not observed and declined."""


@dataclass(frozen=True)
class Feedback:
    """Everything that a feedback page for one rater says."""

    result: RaterResult
    others: float | None
    """Mean spread of the other raters in points."""
    habits: Habits
    apart: list[Disagreement]
    """Where others rated two or more away, the widest first."""
    distance: Distance | None = None
    """From the master ratings of the pack's sample answers, where it has some."""


def feedback(workspace: Workspace, report: RatersReport, rater: str) -> Feedback:
    """What the page of one rater says. Raises BadInput for one who did not rate at that wave."""
    result = next((one for one in report.raters if one.rater == rater), None)
    if result is None:
        raise BadInput(
            _("{rater} has no ratings at wave {wave}").format(rater=rater, wave=report.wave)
        )
    spreads = [one.spread for one in report.raters if one.rater != rater and one.spread is not None]
    return Feedback(
        result,
        sum(spreads) / len(spreads) if spreads else None,
        habits(workspace, rater, report.wave),
        [
            one
            for one in disagreements(workspace)
            if one.wave == report.wave and rater in one.ratings
        ],
        report.calibration.get(rater),
    )


def habits(workspace: Workspace, rater: str, wave: str) -> Habits:
    """Values, notes and states of a rater's answers that count, at one wave."""
    pack = workspace.pack
    wanted = set(pack.file.policy.note_required)
    steps: Counter[float] = Counter()
    states: Counter[str] = Counter()
    due = missing = 0
    for reading in workspace.visible():
        if reading.rater != rater or reading.wave != wave or not reading.questionnaire.counting:
            continue
        for item, state, given, noted in reading.answers.rows():
            if not isinstance(pack.items[item], RatingItem) or item not in reading.shown:
                continue
            if state != "answered":
                states[state] += state != "open"
                continue
            value = float(given)  # type: ignore[arg-type]
            steps[value] += 1
            due += value in wanted
            missing += value in wanted and not noted
    return Habits(dict(sorted(steps.items())), due, missing, {k: n for k, n in states.items() if n})


# -- in words


def in_short(result: RaterResult) -> str:
    """A rater's severity in a few words."""
    if result.severity is None or result.severity_state == "assumed":
        return _("not comparable")
    if result.half is None or abs(result.severity) <= result.half:
        return _("like the others")
    return _("rates lower") if result.severity > 0 else _("rates higher")


def severity_lines(one: Feedback) -> list[str]:
    """How severe, what that means, and what to do about it."""
    result = one.result
    if result.severity is None or result.severity_state == "assumed":
        return [
            _(
                "You share no candidate with anybody, so nobody can tell whether you rate lower "
                "or higher than others. One candidate interviewed by you and a colleague would."
            )
        ]
    points = wording.number(abs(result.severity))
    half = wording.number(result.half)
    if result.half is None or abs(result.severity) <= result.half:
        return [
            _(
                "On the same candidates and questions your ratings lie {points} points of 100 "
                "from the others' (±{half}): no difference beyond error."
            ).format(points=points, half=half)
        ]
    told = (
        _(
            "On the same candidates and questions you rate {points} points of 100 (±{half}) lower "
            "than the others."
        )
        if result.severity > 0
        else _(
            "On the same candidates and questions you rate {points} points of 100 (±{half}) "
            "higher than the others."
        )
    )
    return [
        told.format(points=points, half=half),
        _(
            "The scores take this out, so do not rate differently on purpose; read the anchors "
            "of 3 and 5 once more and talk over two cases with a colleague."
        ),
    ]


def spread_lines(one: Feedback) -> list[str]:
    """How much of the scale is used."""
    spread = one.result.spread
    if spread is None:
        return [_("Too few ratings to say how much of the scale you use.")]
    told = _("Your ratings spread by {points} points.")
    if one.others:
        share = spread / one.others
        told = (
            _(
                "Your ratings spread by {points} points, the others' by {others}: you keep to a "
                "narrow part of the scale, so people look more alike."
            )
            if share < NARROW
            else _(
                "Your ratings spread by {points} points, the others' by {others}: you use more of "
                "the scale than they do."
            )
            if share > BROAD
            else _("Your ratings spread by {points} points, the others' by {others}: about alike.")
        )
    given = "   ".join(f"{value:g}: {n}" for value, n in one.habits.steps.items())
    said = told.format(points=wording.number(spread), others=wording.number(one.others))
    return [said, _("values given: {values}").format(values=given)]


def order_lines(one: Feedback) -> list[str]:
    """Whether people come in the same order as with the others, and where ratings part."""
    found = one.result.correlation
    if found is None:
        lines = [_("Too few candidates in common to say whether you see the same order.")]
    else:
        told = (
            _("You and the others put answers in the same order (correlation {r}).")
            if found >= SAME_ORDER
            else _("You and the others put answers in partly the same order (correlation {r}).")
            if found >= PARTLY_SAME
            else _("You and the others put answers in different orders (correlation {r}).")
        )
        lines = [told.format(r=wording.number(found, 2))]
    if one.apart:
        n = len(one.apart)
        lines.append(
            ngettext(
                "{n} item to talk over, where a rating lies far from yours:",
                "{n} items to talk over, where a rating lies far from yours:",
                n,
            ).format(n=n)
        )
    return lines


def apart_lines(one: Feedback) -> list[str]:
    """``MO COA-2: you 5, R3 2``, the widest first."""
    lines = []
    for item in one.apart[:_MOST_APART]:
        mine = item.ratings[one.result.rater]
        others = listed(
            f"{rater} {value:g}"
            for rater, value in item.ratings.items()
            if rater != one.result.rater
        )
        told = (
            _("{candidate} {item}: you {mine}, {others}")
            if item.agreed is None
            else _("{candidate} {item}: you {mine}, {others}; agreed {value}")
        )
        told = told.format(
            candidate=item.candidate,
            item=item.item,
            mine=f"{mine:g}",
            others=others,
            value=f"{item.agreed:g}" if item.agreed is not None else "",
        )
        lines.append(told)
    left = len(one.apart) - len(lines)
    if left > 0:
        lines.append(ngettext("and {n} more", "and {n} more", left).format(n=left))
    return lines


def evidence_lines(one: Feedback, required: str) -> list[str]:
    """How often a note is missing; ``required`` names the values that ask for one."""
    lines = []
    kept = one.habits
    if kept.due:
        lines.append(
            ngettext(
                "Of {n} rating of {values}, which asks for a note, {missing} has none.",
                "Of {n} ratings of {values}, which ask for a note, {missing} have none.",
                kept.due,
            ).format(n=kept.due, values=required, missing=kept.missing)
        )
        if kept.missing:
            lines.append(
                _("A line on what was said (when, own part, result) lets others follow the rating.")
            )
    if one.result.without_note is not None:
        share = wording.percent(one.result.without_note)
        lines.append(_("Of all your ratings {share} have no note.").format(share=share))
    names = wording.state_words()
    states = listed(f"{names.get(s, s)} {n}" for s, n in sorted(kept.states.items()))
    if states:
        lines.append(_("items without a rating: {states}").format(states=states))
    return lines
