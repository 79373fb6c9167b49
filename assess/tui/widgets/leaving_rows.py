"""What happens if they leave, as lines: who steps in, who is lost, what nobody covers any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assess.i18n import _, language, listed
from assess.model.pack import Pack
from assess.tui.widgets.lines import Row, prose_rows, text_row
from assess.workspace.growth_words import train_words
from assess.workspace.wording import DASH, number

if TYPE_CHECKING:
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.departing import Leaving, ModuleLoss, Painful, Worst


def leaving_rows(pack: Pack, left: Leaving, width: int) -> Iterator[Row]:
    """The cover before, the same day and planned anew; then a line for each module."""
    summary = _("cover {before} → {same_day} the same day → {after} with a new plan").format(
        before=number(left.cover_before),
        same_day=number(left.cover_same_day),
        after=number(left.plan.cover),
    )
    points = sum(loss.readiness_lost for loss in left.losses)
    summary += " · " + _("{points} points lost").format(points=number(points, 0))
    yield from prose_rows(summary, width, "strong", hang=2)
    if left.loses:
        yield from prose_rows(left.loses, width, "warning", hang=2)
    for loss in left.losses:
        words = f"{loss.module} -{number(loss.readiness_lost)}  {lost_words(left.plan, loss)}"
        yield from prose_rows(words, width, hang=2)
        for one in [*_ways_out(left, loss.module), *_trained(left, loss.module)]:
            yield from prose_rows(f"→ {one}", width, "accent", indent=5, hang=2)
    if not left.losses:
        yield text_row("   " + _("no module loses a role"))
    for line in nobody_left_lines(pack, left):
        yield from prose_rows(line, width, "warning", hang=2)


def lost_words(plan: CoverPlan, loss: ModuleLoss) -> str:
    """Who is lost in a module, who steps in the same day, and who is planned anew."""
    if loss.lost_a and loss.steps_in:
        said = _("{who} steps in for {lost}").format(who=loss.steps_in, lost=loss.lost_a)
    elif loss.lost_a:
        said = _("nobody steps in for {lost}").format(lost=loss.lost_a)
    else:
        said = _("{lost} is lost as B").format(lost=loss.lost_b)
    if loss.lost_a and loss.lost_b:
        said = _("{said}, B {lost} leaves too").format(said=said, lost=loss.lost_b)
    if loss.overloaded:
        said = _("{said}, over capacity").format(said=said)
    seats = [plan.seat(loss.module, role) for role in ("a", "b")]
    a, b = (DASH if seat is None else f"{seat.candidate} {number(seat.score, 0)}" for seat in seats)
    return said + " → " + _("then A {a}, B {b}").format(a=a, b=b)


def _ways_out(left: Leaving, module: str) -> list[str]:
    """The smallest relaxation for a role that stays open in the new plan."""
    ways = [one.relaxation for one in left.plan.infeasible if one.module == module]
    return [_("smallest way out: {what}").format(what=way) for way in ways if way]


def _trained(left: Leaving, module: str) -> list[str]:
    kits = [kit for kit in left.kits if kit.module == module]
    return [
        _("{train}, by {day}").format(train=train_words(one.candidate, one.closes), day=one.by)
        for kit in kits
        for one in kit.train[:1]
    ]


def nobody_left_lines(pack: Pack, left: Leaving) -> Iterator[str]:
    """The competencies that nobody who may be proposed reaches any more."""
    by_competency: dict[str, list[str]] = {}
    for module, competency in left.nobody_left:
        by_competency.setdefault(competency, []).append(module)
    for competency, modules in by_competency.items():
        name = pack.say(pack.competencies[competency].name, language())
        yield _("nobody is left who covers {competency} {name} in {module}").format(
            competency=competency, name=name, module=listed(modules)
        )


def worst_line(worst: Worst) -> str:
    """The most painful single and double departure: ``worst single: HE (72 → 68) …``."""
    said = []
    if worst.singles:
        said.append(_("worst single: {who}").format(who=_painful(worst, worst.singles[0])))
    if worst.pairs:
        said.append(_("worst pair: {who}").format(who=_painful(worst, worst.pairs[0])))
    said.append(_("all {n} tried").format(n=worst.tried))
    return "   ".join(said)


def _painful(worst: Worst, one: Painful) -> str:
    # what is counted comes before the cover, which may even rise where roles stay open
    less = one.loses or f"{number(worst.cover, 0)} → {number(one.cover, 0)}"
    return f"{listed(one.people)} ({less})"


def cut(rows: Sequence[Row], most: int) -> list[Row]:
    """At most so many lines; the last then says how many more there are and where."""
    if len(rows) <= most:
        return list(rows)
    more = _("… {n} lines more: k").format(n=len(rows) - most + 1)
    return [*rows[: most - 1], text_row("   " + more, "muted")]


def people_words(codes: Sequence[str], teams: Sequence[str]) -> str:
    """Who is marked, and which teams are so as a whole."""
    said = listed(codes)
    return said + (f" · {listed(teams)}" if teams else "")
