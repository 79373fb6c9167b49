"""The cover plan as a document: roles with reasons, flags, loads, what stands open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.exchange.report import Column, Fact, Part, Passage, Report, Sheet
from assess.i18n import _, clauses, listed, ngettext
from assess.workspace import wording
from assess.workspace.report_facts import facts_of, method_of
from assess.workspace.wording import number

if TYPE_CHECKING:
    from assess.workspace.cover_results import CoverPlan, ModuleCover, Seat
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

READ = frozenset({"html", "md"})
"""Formats for reading: their tables hold what people need and nothing that is empty."""
SHOWN = frozenset({"xlsx", "json"}) | READ
"""Formats that show every table; the others have the first one."""
_LEVELS = ("red", "amber", "green")


def plan(workspace: Workspace, wanted: Wanted) -> Report:
    """The best plan for the phase, pins and bars asked for, for whoever decides on it."""
    from assess.workspace.covering import plan as best

    found = best(
        workspace,
        phase=wanted.phase,
        pins=wanted.pins,
        bars=wanted.bars,
        decided=wanted.decided,
        wave=wanted.wave,
    )
    wanted.progress(1, 1)
    return Report(
        _("Cover plan: {engagement}").format(engagement=found.engagement),
        [*facts_of(workspace, found.wave, found.newest), *_facts(workspace, found, wanted)],
        [
            *for_readers(plan_sheet(workspace, _("Plan"), found, SHOWN | {"csv"})),
            *open_parts(found),
            *for_readers(_flags(found)),
            _reasons(found),
            _together(workspace, found),
            *for_readers(_people(workspace, found)),
            _next_best(found),
            _cover(found),
            method_of(workspace, workspace.rank(wave=found.wave)),
        ],
    )


def for_readers(sheet: Sheet) -> list[Part]:
    """The table in full, and for reading without its details and its empty columns."""
    kept = [
        at
        for at, column in enumerate(sheet.columns)
        if not column.detail and any(row[at] not in (None, "", []) for row in sheet.rows)
    ]
    shown = sheet.formats or SHOWN
    short = Sheet(
        sheet.name,
        [sheet.columns[at] for at in kept],
        [[row[at] for at in kept] for row in sheet.rows],
        shown & READ,
    )
    return [replace(sheet, formats=shown - READ), short]


def _facts(workspace: Workspace, found: CoverPlan, wanted: Wanted) -> list[Fact]:
    pack = workspace.pack
    phase = next((one for one in pack.file.phases if one.id == found.phase), None)
    name = pack.say(phase.name, i18n.language()) if phase else None
    facts = [
        Fact("phase", _("Phase"), name),
        Fact("cover", _("Cover of 100"), number(found.cover)),
    ]
    if wanted.pins:
        facts.append(Fact("pins", _("Pinned by hand"), ", ".join(wanted.pins)))
    if wanted.bars:
        facts.append(Fact("bars", _("Barred by hand"), ", ".join(wanted.bars)))
    return facts


def plan_sheet(
    workspace: Workspace, title: str, found: CoverPlan, formats: frozenset[str] = SHOWN
) -> Sheet:
    """A row for each module: A and B with score and band, together, raised flags, decision."""
    columns = [Column("module", _("Module")), Column("module_name", _("Module name"))]
    for role, words in (("a", _("Role A")), ("b", _("Role B"))):
        columns += [
            Column(role, words),
            Column(f"{role}_name", _("Name"), personal=True),
            Column(f"{role}_score", _("Score"), 1, bar=(0, 100)),
            Column(f"{role}_status", _("Status code"), detail=True),
            Column(f"{role}_status_name", _("Status")),
            Column(f"{role}_chance", _("Chance of carrying it"), 2, unit="share", detail=True),
            Column(f"{role}_refused", _("To settle before an appointment")),
        ]
    columns += [
        Column("together_min", _("Together, lowest"), 2),
        Column("flags", _("Flags")),
        Column("decided_a", _("Decided: A")),
        Column("decided_b", _("Decided: B")),
    ]
    pack, language = workspace.pack, i18n.language()
    rows: list[list[Any]] = []
    for one in found.modules:
        decided = one.decided or (None, None)
        rows.append(
            [
                one.module,
                pack.say(pack.modules[one.module].name, language),
                *_seat(workspace, one.a),
                *_seat(workspace, one.b),
                one.together_min,
                _raised(one),
                *decided,
            ]
        )
    return Sheet(title, columns, rows, formats)


def _seat(workspace: Workspace, seat: Seat | None) -> list[Any]:
    if seat is None:
        return [None, None, None, None, _("open"), None, None]
    name = workspace.candidates()[seat.candidate].name
    status = (
        _("below a minimum")
        if seat.status == "below_minimum"
        else wording.band(workspace.pack, seat.status)
    )
    refused = clauses(seat.refused) or None
    return [seat.candidate, name, seat.score, seat.status, status, seat.chance, refused]


def _raised(one: ModuleCover) -> str | None:
    levels = {"red": _("red: {flags}"), "amber": _("amber: {flags}")}
    said = [
        words.format(flags=listed(shorts))
        for level, words in levels.items()
        if (shorts := [flag.short for flag in one.flags if flag.level == level])
    ]
    return clauses(said) or None


def open_parts(found: CoverPlan) -> list[Part]:
    """The roles that stay open: which rule stands in the way, and the smallest relaxation."""
    if not found.infeasible:
        return []
    columns = [
        Column("module", _("Module")),
        Column("role", _("Role")),
        Column("rule", _("Rule"), detail=True),
        Column("why", _("What stands in the way")),
        Column("relaxation", _("Smallest way out")),
        Column("others", _("Or")),
    ]
    rows = [
        [one.module, one.role.upper(), one.rule, one.why, one.relaxation, clauses(one.others)]
        for one in found.infeasible
    ]
    parts = for_readers(Sheet(_("Open roles"), columns, rows, SHOWN))
    if found.way_out and len(found.infeasible) > 1:
        parts.append(Passage(_("All open roles together"), [found.way_out]))
    return parts


def _flags(found: CoverPlan) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("flag", _("Flag")),
        Column("level", _("Level code"), detail=True),
        Column("level_name", _("Level")),
        Column("short", _("In short")),
        Column("why", _("Why, with date and source"), personal=True),
    ]
    names = {"red": _("red"), "amber": _("amber"), "green": _("green")}
    rows = [
        [one.module, flag.id, flag.level, names[flag.level], flag.short or None, flag.why]
        for one in found.modules
        for flag in sorted(one.flags, key=lambda flag: _LEVELS.index(flag.level))
    ]
    return Sheet(_("Flags on modules"), columns, rows, SHOWN)


def _reasons(found: CoverPlan) -> Passage:
    lines = [
        f"{one.module} {seat.role.upper()} {seat.candidate}: {clauses(seat.why)}"
        for one in found.modules
        for seat in (one.a, one.b)
        if seat is not None
    ]
    return Passage(_("Why each was chosen"), lines, listed=True)


def _together(workspace: Workspace, found: CoverPlan) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("value", _("Higher of the two"), 2),
        Column("by", _("From")),
        Column("at", _("Asked for"), 1),
    ]
    pack, language = workspace.pack, i18n.language()
    rows = [
        [
            module.module,
            one.competency,
            pack.say(pack.competencies[one.competency].name, language),
            one.value,
            one.by,
            one.at,
        ]
        for module in found.modules
        for one in module.together
    ]
    return Sheet(_("A and B together"), columns, rows, SHOWN - READ)


def _people(workspace: Workspace, found: CoverPlan) -> Sheet:
    columns = [
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        Column("department", _("Department"), personal=True),
        Column("a_of", _("A of")),
        Column("b_of", _("B of")),
        Column("load", _("Load"), 0, unit="share", bar=(0, 1)),
        Column("capacity", _("Capacity"), 0, unit="share"),
    ]
    known = workspace.candidates()
    rows = [
        [
            one.candidate,
            known[one.candidate].name,
            known[one.candidate].department,
            ", ".join(one.a_of),
            ", ".join(one.b_of),
            one.load,
            one.capacity,
        ]
        for one in found.people
    ]
    return Sheet(_("People with roles"), columns, rows, SHOWN)


def _next_best(found: CoverPlan) -> Passage:
    best = found.next_best
    if best is None:
        said = _("there is none") if found.explained else _("not worked out for so many people")
        return Passage(_("Next best plan"), [said])
    lines = [best.as_words(), *(change.as_words() for change in best.changes)]
    return Passage(_("Next best plan"), lines, listed=True)


def _cover(found: CoverPlan) -> Passage:
    goals, n = found.goals, len(found.modules)
    words = ngettext(
        "{n} module: {a} with role A, {b} with role B, {teams} from two teams, {together} that "
        "reach every competency together",
        "{n} modules: {a} with role A, {b} with role B, {teams} from two teams, {together} that "
        "reach every competency together",
        n,
    ).format(
        n=n,
        a=f"{goals['with_a']:g}",
        b=f"{goals['with_b']:g}",
        teams=f"{goals['two_teams']:g}",
        together=f"{goals['together']:g}",
    )
    lines = [found.formula, words]
    if not found.proven:
        lines.append(_("the best plan found in the time given; a better one may exist"))
    return Passage(_("How cover is worked out"), lines)
