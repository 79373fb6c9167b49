"""Plans and departures as tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess import i18n
from assess.cli.common import print_table, tell
from assess.i18n import _, clauses, listed, ngettext
from assess.workspace.cover_results import CoverPlan, ModuleCover, OpenRole, RoleChange, Seat
from assess.workspace.flag_words import name as flag_name
from assess.workspace.growth_words import closes_words
from assess.workspace.kit_words import about_words, takes_over
from assess.workspace.wording import DASH, number, percent, value
from assess.workspace.workspace import Workspace

if TYPE_CHECKING:
    from assess.workspace.departing import Leaving, Worst
    from assess.workspace.departure_kit import Kit

_LEVELS = {"red": "●●●", "amber": "●●○", "green": "●○○"}


def print_plan(workspace: Workspace, found: CoverPlan) -> None:
    """The plan as tables and sentences."""
    phases = {phase.id: phase for phase in workspace.pack.file.phases}
    phase = phases.get(found.phase or "")
    title = [
        _("Plan for {phase}").format(phase=workspace.pack.say(phase.name, i18n.language()))
        if phase
        else _("Plan"),
        ngettext("{n} module", "{n} modules", len(found.modules)).format(n=len(found.modules)),
        _("cover {cover} of 100").format(cover=number(found.cover)),
    ]
    if found.next_best is not None:
        title.append(_("next best plan {cover}").format(cover=number(found.next_best.cover)))
    tell(" · ".join(title))
    rows = [_module_row(one) for one in found.modules]
    print_table(
        (_("module"), "A", _("score"), "B", _("score"), _("together"), _("flags")),
        rows,
        right=(2, 4, 5),
    )
    tell(found.formula)
    if not found.proven:
        tell(_("the best plan found in the time given; a better one may exist"))
    _print_seats(found)
    _print_flags(found)
    _print_people(found)
    _print_open(found.infeasible)
    if found.way_out and len(found.infeasible) > 1:
        tell()
        tell(_("all open roles together: {what}").format(what=found.way_out))
    if found.next_best is not None:
        tell()
        tell(found.next_best.as_words())
        _print_changes(found.next_best.changes)
    if found.changes:
        tell()
        tell(_("changes:"))
        _print_changes(found.changes)


def _module_row(one: ModuleCover) -> list[str]:
    # not their codes: R1 is somebody's code too
    raised = [flag.short or flag_name(flag.id) for flag in one.flags if flag.level == "red"]
    amber = [flag.short or flag_name(flag.id) for flag in one.flags if flag.level == "amber"]
    marks = []
    if raised:
        marks.append(_("red: {flags}").format(flags=listed(raised)))
    if amber:
        marks.append(_("amber: {flags}").format(flags=listed(amber)))
    return [
        one.module,
        _name(one.a),
        number(one.a.score if one.a else None),
        _name(one.b),
        number(one.b.score if one.b else None),
        value(one.together_min),
        clauses(marks) or DASH,
    ]


def _name(seat: Seat | None) -> str:
    return DASH if seat is None else seat.candidate


def _print_seats(found: CoverPlan) -> None:
    tell()
    for module in found.modules:
        for seat in (module.a, module.b):
            if seat is None:
                continue
            tell(
                _("{module} {role}: {candidate}").format(
                    module=module.module, role=seat.role.upper(), candidate=seat.candidate
                )
            )
            for reason in seat.why:
                tell(f"  {reason}")
            for reason in seat.refused:
                tell("  ! " + _("appointment refused: {reason}").format(reason=reason))


def _print_flags(found: CoverPlan) -> None:
    lines = [
        (module.module, flag)
        for module in found.modules
        for flag in module.flags
        if flag.level != "green"
    ]
    if not lines:
        return
    tell()
    levels = {"red": _("red"), "amber": _("amber")}
    for module, flag in lines:
        level = f"{_LEVELS[flag.level]} {levels[flag.level]}"
        tell(f"{module}  {level} {flag_name(flag.id)}  {flag.why}")


def _print_people(found: CoverPlan) -> None:
    if not found.people:
        return
    tell()
    rows = [
        [
            one.candidate,
            listed(one.a_of) or DASH,
            listed(one.b_of) or DASH,
            percent(one.load),
            percent(one.capacity),
        ]
        for one in found.people
    ]
    print_table((_("code"), _("A of"), _("B of"), _("load"), _("capacity")), rows, right=(3, 4))


def _print_open(infeasible: tuple[OpenRole, ...]) -> None:
    for one in infeasible:
        tell()
        tell(one.why)
        if one.relaxation:
            tell("  → " + _("smallest way out: {what}").format(what=one.relaxation))
        for other in one.others:
            tell("    " + _("or: {what}").format(what=other))


def _print_changes(changes: tuple[RoleChange, ...]) -> None:
    for one in changes:
        tell(f"  {one.as_words()}")


def print_leaving(workspace: Workspace, left: Leaving) -> None:
    """What happens the same day, and the departure kit."""
    tell(
        _(
            "Without {people}: cover {before} → {same_day} the same day → {after} with a new plan"
        ).format(
            people=listed(left.people),
            before=number(left.cover_before),
            same_day=number(left.cover_same_day),
            after=number(left.plan.cover),
        )
    )
    if left.loses:
        tell("  " + left.loses)
    for loss in left.losses:
        if loss.lost_a:
            who = loss.steps_in or _("nobody")
            what = _("{module} loses A {lost}: {who} steps in").format(
                module=loss.module, lost=loss.lost_a, who=who
            )
        else:
            what = _("{module} loses B {lost}").format(module=loss.module, lost=loss.lost_b)
        if loss.lost_a and loss.lost_b:
            what = _("{said}, B {lost} leaves too").format(said=what, lost=loss.lost_b)
        lost = _("{points} points of readiness lost")
        tell("  " + clauses([what, lost.format(points=number(loss.readiness_lost))]))
    pack, language = workspace.pack, i18n.language()
    by_competency: dict[str, list[str]] = {}
    for module, competency in left.nobody_left:
        by_competency.setdefault(competency, []).append(module)
    for competency, modules in by_competency.items():
        name = pack.say(pack.competencies[competency].name, language)
        tell(
            "  "
            + _("nobody is left who covers {competency} {name} in {module}").format(
                competency=competency, name=name, module=listed(modules)
            )
        )
    if not left.losses:
        tell("  " + _("no module loses a role"))
    for kit in left.kits:
        _print_kit(kit)
    tell()


def _print_kit(kit: Kit) -> None:
    tell()
    tell(
        _("Departure kit {module}: {who}, last day {last}").format(
            module=kit.module, who=takes_over(kit), last=kit.last_day
        )
    )
    for remark in kit.remarks:
        tell(f"  ! {remark}")
    tell("  " + _("hand-over:"))
    for line in kit.handover:
        tell(f"    [ ] {line.by}  {line.what}")
    if kit.train:
        tell("  " + _("nobody stands as B: train"))
    for one in kit.train:
        tell(
            "    "
            + _("{candidate}: {what}, by {day}").format(
                candidate=one.candidate, what=closes_words(one.closes), day=one.by
            )
        )
    if kit.short_forms:
        tell("  " + _("short form for successors:"))
    for form in kit.short_forms:
        tell(f"    {form.candidate}: {clauses([form.why, ' '.join(form.items)])}")
        tell(f"      {form.command}")
    tell("  " + _("impact on scope, cost and time:"))
    for question in kit.impact:
        answer = question.answer or _(
            "to be answered: assess facts {module} impact_{about}=…"
        ).format(module=kit.module, about=question.about)
        tell(f"    {about_words(question.about)}: {question.ask} {answer}")


def print_worst(worst: Worst) -> None:
    """The most painful departures."""
    tell()
    tell(
        _("most painful departures, {n} tried, cover of the best plan without them:").format(
            n=worst.tried
        )
    )
    for found in (worst.singles[:3], worst.pairs[:3]):
        for one in found:
            less = f" · {one.loses}" if one.loses else ""
            tell(f"  {listed(one.people)}  {number(one.cover)}{less}")
