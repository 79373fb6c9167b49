"""Results as tables: an order with all that is said on each candidate, and accounts of scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.exchange.report import Column, Rounded, Sheet
from assess.i18n import _, clauses, listed
from assess.workspace import wording
from assess.workspace.account import AccountLine, account_of
from assess.workspace.results import CandidateResult, ModuleResult

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

Rows = Sequence[tuple[ModuleResult, CandidateResult]]
PEOPLE_READ = frozenset({"xlsx", "md", "json"})
"""Formats that show the tables beside the first one; pages draw what is in them."""
_PARTS = ("raw_points", "item_mix", "severity", "agreed", "knowledge", "points")


def _columns() -> list[Column]:
    return [
        Column("module", _("Module")),
        Column("module_name", _("Module name"), detail=True),
        Column("rank", _("Rank")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        Column("department", _("Department"), personal=True),
        Column("score", _("Score"), 1, bar=(0, 100)),
        Column("se", _("Standard error"), 1, detail=True),
        Column("low", _("Lower end"), 1),
        Column("high", _("Upper end"), 1),
        Column("ranks", _("Rank interval")),
        Column("tie_group", _("Tie group"), detail=True),
        Column("p_top", _("Chance of the top"), 2, unit="share", bar=(0, 1)),
        Column("top", _("Top"), detail=True),
        Column("status", _("Status code"), detail=True),
        Column("status_name", _("Status")),
        Column("coverage", _("Coverage"), 0, unit="percent", bar=(0, 100)),
        Column("bound_low", _("Lowest if missing were 0"), 1, detail=True),
        Column("bound_high", _("Highest if missing were 100"), 1, detail=True),
        Column("release_open", _("Release open")),
        Column("minimums", _("Minimums")),
        Column("gates", _("Gates not passed")),
        Column("reason", _("Reason")),
        Column("raters", _("Raters")),
        Column(
            "severity",
            _("Severity of the raters"),
            detail=True,
            called={"estimated": _("estimated"), "assumed": _("assumed")},
        ),
    ]


def results_sheet(
    workspace: Workspace, name: str, rows: Rows, formats: frozenset[str] | None = None
) -> Sheet:
    """All figures of candidates in modules, a row each."""
    columns = _columns()
    found = []
    for module, one in rows:
        cells = _cells(workspace, module, one)
        found.append([cells[c.code] if c.code in cells else getattr(one, c.code) for c in columns])
    return Sheet(name, columns, found, formats)


def _cells(workspace: Workspace, module: ModuleResult, one: CandidateResult) -> dict[str, Any]:
    """What the columns hold that is not a field of the result by the same name."""
    pack = workspace.pack
    return {
        "module": module.module,
        "module_name": pack.say(pack.modules[module.module].name, i18n.language()),
        "ranks": ranks(one),
        "top": module.k,
        "status_name": wording.status(pack, one),
        "bound_low": one.bounds[0],
        "bound_high": one.bounds[1],
        "minimums": clauses(map(wording.minimum, one.minimums)),
        "gates": [gate for gate, passed in one.gates.items() if passed is not True],
        "reason": reason(workspace, one),
    }


def ranks(one: CandidateResult) -> str | None:
    """A rank interval in words, None where there is none."""
    if one.rank_low is None or one.rank_high is None:
        return None
    return wording.span(one.rank_low, one.rank_high)


def reason(workspace: Workspace, one: CandidateResult) -> str:
    """The highest and the lowest two competencies, or what is missing."""
    if len(one.lines) < 4:
        return clauses(wording.missing_lines(workspace.pack, one))
    ordered = sorted(one.lines, key=lambda line: (-line.value, line.competency))
    told = [f"{line.competency} {wording.value(line.value)}" for line in ordered]
    return _("highest {highest}; lowest {lowest}").format(
        highest=listed(told[:2]), lowest=listed(told[:-3:-1])
    )


# -- accounts


def _account_columns(workspace: Workspace) -> list[Column]:
    scale = workspace.pack.file.scale
    return [
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("weight", _("Weight"), 0),
        Column("value", _("Value"), 2, bar=(scale.low, scale.high)),
        Column("raw_points", _("Answers"), 1),
        Column("item_mix", _("Item mix"), 1),
        Column("severity", _("Severity"), 1),
        Column("agreed", _("Agreed by the panel"), 1),
        Column("knowledge", _("Knowledge"), 1),
        Column("points", _("Points"), 1),
        Column("asked_at", _("Asked at")),
    ]


def account_sheet(workspace: Workspace, rows: Rows) -> Sheet:
    """Where the points of each score come from, a row per competency."""
    columns = [
        Column("module", _("Module")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        *_account_columns(workspace),
    ]
    found = [
        [module.module, one.candidate, one.name, *line]
        for module, one in rows
        for line in _account_rows(workspace, one)
    ]
    return Sheet(_("Account"), columns, found, PEOPLE_READ)


def account_pages(workspace: Workspace, rows: Rows, pseudonyms: bool) -> Iterable[Sheet]:
    """The same for pages: a table per score, with its sums."""
    for module, one in rows:
        sums = account_of(one)
        who = one.candidate if pseudonyms or not one.name else f"{one.candidate} {one.name}"
        yield Sheet(
            _("{module}: where the {score} points of {candidate} come from").format(
                module=module.module, score=wording.number(one.score), candidate=who
            ),
            _account_columns(workspace),
            list(_account_rows(workspace, one)),
            frozenset({"html"}),
            sums=[
                "",
                _("sum"),
                sums.weight,
                None,
                *(getattr(sums, part) for part in _PARTS),
                "",
            ],
        )


def _account_rows(workspace: Workspace, one: CandidateResult) -> Iterable[list[Any]]:
    pack, language = workspace.pack, i18n.language()
    for shown in account_of(one).lines:
        line = shown.line
        yield [
            line.competency,
            pack.say(pack.competencies[line.competency].name, language),
            Rounded(line.weight, shown.weight),
            line.value,
            *(_rounded(shown, part) for part in _PARTS),
            line.wave,
        ]


def _rounded(shown: AccountLine, part: str) -> Rounded:
    """A part of the account; people see nothing where nothing was corrected."""
    return Rounded(getattr(shown.line, part), getattr(shown, part))
