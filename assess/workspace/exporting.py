"""Exports: what goes out, as one report model that every format renders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.errors import BadInput
from assess.exchange.report import FORMATS as _FORMATS
from assess.exchange.report import Column, Fact, Report, Sheet, basis
from assess.exchange.report import render as render_report
from assess.i18n import N_, _
from assess.model.items import ChoiceItem, ChoicesItem, Item
from assess.workspace import wording
from assess.workspace.results import CandidateResult, ModuleResult, Ranking

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

FORMATS: tuple[str, ...] = tuple(_FORMATS)
WHATS = {"shortlist": N_("Shortlist"), "scores": N_("Scores"), "ratings": N_("Ratings")}


def export(
    workspace: Workspace,
    what: str,
    *,
    target: Path,
    format: str | None = None,
    modules: Sequence[str] = (),
    top: int | None = None,
    wave: str | None = None,
) -> Path:
    """Write an export to a file, whole or not at all; gives the path written.

    The format is by default that of the file's ending. Raises BadInput for what cannot be
    exported, AssessError where the file cannot be written.
    """
    from assess.exchange.write import write_output

    chosen = format or target.suffix.lstrip(".").lower() or "csv"
    data = render(workspace, what, format=chosen, modules=modules, top=top, wave=wave)
    write_output(data, target)
    workspace.log("exported", export=what, format=chosen, modules=list(modules))
    return target


def render(
    workspace: Workspace,
    what: str,
    *,
    format: str = "csv",
    modules: Sequence[str] = (),
    top: int | None = None,
    wave: str | None = None,
) -> bytes:
    """An export's bytes; the same records give the same bytes."""
    if what not in WHATS:
        raise BadInput(
            _("'{what}' cannot be exported; known are {known}").format(
                what=what, known=", ".join(WHATS)
            )
        )
    report = build(workspace, what, modules=modules, top=top, wave=wave)
    if format == "csv":
        # a plain table that programs read; the further sheets are for people
        report = Report(report.title, report.facts, report.sheets[:1])
    return render_report(report, format)


def build(
    workspace: Workspace,
    what: str,
    *,
    modules: Sequence[str] = (),
    top: int | None = None,
    wave: str | None = None,
) -> Report:
    """The report of an export. Raises BadInput for an unknown module or a ``top`` below 1."""
    if top is not None and top < 1:
        raise BadInput(_("a shortlist has at least one place, not {top}").format(top=top))
    if what == "ratings":
        return _ratings(workspace, wave)
    ranking = workspace.rank(modules, wave)
    if what == "shortlist":
        return _shortlist(workspace, ranking, top)
    return _scores(workspace, ranking)


def _facts(workspace: Workspace, ranking: Ranking) -> list[Fact]:
    facts = [
        Fact("engagement", _("Engagement"), ranking.engagement),
        *basis(ranking.wave, workspace.pack.ref, ranking.newest or None),
    ]
    engagement = workspace.engagement
    for code, label, value in (
        ("purpose", _("Purpose"), engagement.purpose),
        ("readers", _("Readers"), engagement.readers),
        ("ends", _("To be erased by"), engagement.ends and engagement.ends.isoformat()),
    ):
        if value:
            facts.append(Fact(code, label, value))
    return facts


def _columns() -> list[Column]:
    return [
        Column("module", _("Module")),
        Column("module_name", _("Module name")),
        Column("rank", _("Rank")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name")),
        Column("department", _("Department")),
        Column("score", _("Score"), 1),
        Column("se", _("Standard error"), 1),
        Column("low", _("Lower end"), 1),
        Column("high", _("Upper end"), 1),
        Column("ranks", _("Rank interval")),
        Column("tie_group", _("Tie group")),
        Column("p_top", _("Chance of the top"), 2),
        Column("top", _("Top")),
        Column("status", _("Status code")),
        Column("status_name", _("Status")),
        Column("coverage", _("Coverage"), 0),
        Column("bound_low", _("Lowest if missing were 0"), 1),
        Column("bound_high", _("Highest if missing were 100"), 1),
        Column("release_open", _("Release open")),
        Column("minimums", _("Minimums")),
        Column("reason", _("Reason")),
        Column("raters", _("Raters")),
        Column("severity", _("Severity of the raters")),
    ]


def _cells(workspace: Workspace, module: ModuleResult, one: CandidateResult) -> dict[str, Any]:
    """What the columns hold that is not a field of the result by the same name."""
    pack = workspace.pack
    return {
        "module": module.module,
        "module_name": pack.say(pack.modules[module.module].name, i18n.language()),
        "ranks": None
        if one.rank_low is None or one.rank_high is None
        else wording.span(one.rank_low, one.rank_high),
        "top": module.k,
        "status_name": wording.status(pack, one),
        "bound_low": one.bounds[0],
        "bound_high": one.bounds[1],
        "minimums": "; ".join(map(wording.minimum, one.minimums)),
        "reason": _reason(workspace, one),
    }


def _reason(workspace: Workspace, one: CandidateResult) -> str:
    """The highest and the lowest two competencies, or what is missing."""
    if len(one.lines) < 4:
        return "; ".join(wording.missing_lines(workspace.pack, one))
    ordered = sorted(one.lines, key=lambda line: (-line.value, line.competency))
    told = [f"{line.competency} {wording.value(line.value)}" for line in ordered]
    return _("highest {highest}; lowest {lowest}").format(
        highest=", ".join(told[:2]), lowest=", ".join(told[:-3:-1])
    )


def _results_sheet(
    workspace: Workspace, name: str, rows: Iterable[tuple[ModuleResult, CandidateResult]]
) -> Sheet:
    columns = _columns()
    found = []
    for module, one in rows:
        cells = _cells(workspace, module, one)
        found.append([cells[c.code] if c.code in cells else getattr(one, c.code) for c in columns])
    return Sheet(name, columns, found)


def _shortlist(workspace: Workspace, ranking: Ranking, top: int | None) -> Report:
    chosen, others = [], []
    for module in ranking.modules:
        ranked = [one for one in module.candidates if one.rank is not None]
        listed = ranked[: top or module.k]
        chosen += [(module, one) for one in listed]
        others += [(module, one) for one in module.candidates if one not in listed]
    return Report(
        _("Shortlist: {engagement}").format(engagement=ranking.engagement),
        _facts(workspace, ranking),
        [
            _results_sheet(workspace, _("Shortlist"), chosen),
            _results_sheet(workspace, _("Not on the list, with the reason"), others),
            _account_sheet(workspace, chosen),
        ],
    )


def _scores(workspace: Workspace, ranking: Ranking) -> Report:
    rows = [(module, one) for module in ranking.modules for one in module.candidates]
    return Report(
        _("Scores: {engagement}").format(engagement=ranking.engagement),
        _facts(workspace, ranking),
        [_results_sheet(workspace, _("Scores"), rows), _account_sheet(workspace, rows)],
    )


def _account_sheet(
    workspace: Workspace, rows: Sequence[tuple[ModuleResult, CandidateResult]]
) -> Sheet:
    pack, language = workspace.pack, i18n.language()
    columns = [
        Column("module", _("Module")),
        Column("candidate", _("Candidate")),
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("weight", _("Weight"), 0),
        Column("value", _("Value"), 2),
        Column("raw_points", _("Answers"), 1),
        Column("item_mix", _("Item mix"), 1),
        Column("severity", _("Severity"), 1),
        Column("agreed", _("Agreed by the panel"), 1),
        Column("knowledge", _("Knowledge"), 1),
        Column("points", _("Points"), 1),
        Column("asked_at", _("Asked at")),
    ]
    return Sheet(
        _("Account"),
        columns,
        [
            [
                module.module,
                one.candidate,
                line.competency,
                pack.say(pack.competencies[line.competency].name, language),
                line.weight,
                line.value,
                line.raw_points,
                line.item_mix,
                line.severity,
                line.agreed,
                line.knowledge,
                line.points,
                line.wave,
            ]
            for module, one in rows
            for line in one.lines
        ],
    )


def _ratings(workspace: Workspace, wave: str | None) -> Report:
    """Every answer that may be shown, in the columns that a rating import reads back."""
    pack, language = workspace.pack, i18n.language()
    people = workspace.candidates()
    raters = workspace.raters()
    kept = None if wave is None else workspace.wave(wave).id
    order = {item_id: at for at, item_id in enumerate(pack.items)}
    rows = []
    newest = ""
    for reading in workspace.visible():
        if kept is not None and reading.wave != kept:
            continue
        newest = max(newest, reading.newest)
        for answer in reading.answers.values():
            if not answer.given and not answer.note:
                continue
            item: Any = pack.items[answer.item]
            rows.append(
                [
                    reading.candidate,
                    people[reading.candidate].name,
                    reading.rater,
                    raters[reading.rater].name if reading.rater in raters else "",
                    answer.item,
                    pack.say(item.ask, language),
                    _as_given(answer.state, answer.value),
                    _in_words(workspace, item, answer.state, answer.value),
                    reading.questionnaire.id,
                    reading.wave,
                    answer.note,
                    answer.at,
                    reading.submitted,
                ]
            )
    waves = list(pack.waves)
    rows.sort(key=lambda r: (r[0], waves.index(r[9]), r[8], r[2], order[r[4]]))
    columns = [
        Column("candidate", _("Candidate")),
        Column("name", _("Name")),
        Column("rater", _("Rater")),
        Column("rater_name", _("Rater's name")),
        Column("item", _("Item")),
        Column("question", _("Question")),
        Column("value", _("Value")),
        Column("value_name", _("Answer")),
        Column("questionnaire", _("Questionnaire")),
        Column("wave", _("Wave")),
        Column("note", _("Note")),
        Column("at", _("Time")),
        Column("submitted", _("Submitted")),
    ]
    engagement = workspace.engagement
    facts = [
        Fact("engagement", _("Engagement"), engagement.name),
        *basis(kept or engagement.wave, pack.ref, newest or None),
    ]
    title = _("Ratings: {engagement}").format(engagement=engagement.name)
    return Report(title, facts, [Sheet(_("Ratings"), columns, rows)])


def _as_given(state: str, value: Any) -> Any:
    if state != "answered":
        return "" if state == "open" else state
    if isinstance(value, list):
        return "|".join(value)
    return value


def _in_words(workspace: Workspace, item: Item, state: str, value: Any) -> str:
    pack, language = workspace.pack, i18n.language()
    if state != "answered":
        return {
            "not_asked": _("not asked"),
            "not_observed": _("not observed"),
            "declined": _("declined"),
        }.get(state, "")
    if isinstance(item, ChoiceItem | ChoicesItem):
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(pack.say(o.text, language) for o in item.options if o.id in chosen)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ""
