"""The departure kit as a document: what to do, module by module, from the same day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess import i18n
from assess.exchange.report import Column, Fact, Part, Passage, Report, Sheet
from assess.i18n import _, clauses
from assess.workspace.growth_words import closes_words
from assess.workspace.kit_words import about_words, takes_over
from assess.workspace.report_cover import READ, SHOWN, for_readers, open_parts, plan_sheet
from assess.workspace.report_facts import facts_of
from assess.workspace.wording import number

if TYPE_CHECKING:
    from assess.workspace.departing import Leaving
    from assess.workspace.departure_kit import Kit
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace


def kit(workspace: Workspace, wanted: Wanted) -> Report:
    """B in place the same day, hand-over with dates, short forms, scope, cost and time.

    Raises BadInput for unknown codes, or for a day that is none.
    """
    from assess.workspace.departing import leaving

    left = leaving(
        workspace,
        list(wanted.without),
        phase=wanted.phase,
        pins=wanted.pins,
        bars=wanted.bars,
        wave=wanted.wave,
        told_on=wanted.told_on,
        explain=False,
    )
    wanted.progress(1, 1)
    parts: list[Part] = [_summary(workspace, left), _handover(left)]
    for one in left.kits:
        parts += _module(workspace, one)
    parts += [
        _impact(left),
        *for_readers(_short_forms(workspace, left)),
        *for_readers(plan_sheet(workspace, _("The new plan"), left.plan)),
        *open_parts(left.plan),
    ]
    return Report(
        _("Departure kit: {engagement}").format(engagement=left.plan.engagement),
        [
            *facts_of(workspace, left.plan.wave, left.plan.newest),
            Fact("without", _("Who leaves"), ", ".join(left.people)),
        ],
        parts,
    )


def _summary(workspace: Workspace, left: Leaving) -> Passage:
    lines = [
        _("cover {before} → {same_day} the same day → {after} with a new plan").format(
            before=number(left.cover_before),
            same_day=number(left.cover_same_day),
            after=number(left.plan.cover),
        )
    ]
    if left.loses:
        lines.append(left.loses)
    pack = workspace.pack
    for module, competency in left.nobody_left:
        name = pack.say(pack.competencies[competency].name, i18n.language())
        lines.append(
            _("nobody is left who covers {competency} {name} in {module}").format(
                competency=competency, name=name, module=module
            )
        )
    if not left.losses:
        lines.append(_("no module loses a role"))
    return Passage(_("What it means"), lines, listed=True)


def _handover(left: Leaving) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("by", _("By when")),
        Column("what", _("What")),
        Column("done", _("Done")),
    ]
    rows = [[one.module, line.by, line.what, None] for one in left.kits for line in one.handover]
    return Sheet(_("Hand-over"), columns, rows, SHOWN - READ | {"csv"})


def _module(workspace: Workspace, one: Kit) -> list[Part]:
    pack = workspace.pack
    name = pack.say(pack.modules[one.module].name, i18n.language())
    last = _("last day {day}").format(day=one.last_day)
    lines = [clauses([takes_over(one), last]), *one.remarks]
    lines += [
        _("train {candidate}: {what}, by {day}").format(
            candidate=trained.candidate, what=closes_words(trained.closes), day=trained.by
        )
        for trained in one.train
    ]
    columns = [Column("by", _("By when")), Column("what", _("What")), Column("done", _("Done"))]
    rows = [[line.by, line.what, None] for line in one.handover]
    title = _("{module}: hand-over").format(module=one.module)
    return [
        Passage(f"{one.module} {name}", lines, listed=True),
        Sheet(title, columns, rows, READ),
    ]


def _impact(left: Leaving) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("about", _("About")),
        Column("question", _("Question")),
        Column("answer", _("Answer"), personal=True),
    ]
    rows = [
        [one.module, about_words(question.about), question.ask, question.answer]
        for one in left.kits
        for question in one.impact
    ]
    return Sheet(_("Scope, cost and time"), columns, rows, SHOWN)


def _short_forms(workspace: Workspace, left: Leaving) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        Column("why", _("Why")),
        Column("items", _("Items"), detail=True),
        Column("command", _("Command")),
    ]
    known = workspace.candidates()
    rows = [
        [
            one.module,
            form.candidate,
            known[form.candidate].name,
            form.why,
            list(form.items),
            form.command,
        ]
        for one in left.kits
        for form in one.short_forms
    ]
    return Sheet(_("Short form for successors"), columns, rows, SHOWN)
