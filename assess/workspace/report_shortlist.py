"""The shortlist and the scores: who can carry which module, how sure that is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.exchange.report import Part, Report
from assess.i18n import _
from assess.workspace.report_facts import facts_of, method_of
from assess.workspace.report_plots import (
    compared,
    comparison_plot,
    comparison_sheet,
    order_plot,
)
from assess.workspace.report_ratings import evidence_sheet
from assess.workspace.report_results import (
    PEOPLE_READ,
    account_pages,
    account_sheet,
    results_sheet,
)
from assess.workspace.results import CandidateResult, ModuleResult, Ranking

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

Rows = list[tuple[ModuleResult, CandidateResult]]


def shortlist(workspace: Workspace, wanted: Wanted) -> Report:
    """The best of each module with account and evidence; the others with the reason."""
    ranking = _ranking(workspace, wanted)
    chosen: Rows = []
    others: Rows = []
    drawn: list[Part] = []
    sides = []
    for module in ranking.modules:
        ranked = [one for one in module.candidates if one.rank is not None]
        listed = ranked[: wanted.top or module.k]
        codes = [one.candidate for one in listed]
        chosen += [(module, one) for one in listed]
        others += [(module, one) for one in module.candidates if one not in listed]
        drawn.append(order_plot(workspace, module, codes))
        if (side := compared(workspace, module, codes)) is not None:
            sides.append(side)
            drawn.append(comparison_plot(workspace, side))
        drawn += account_pages(workspace, [(module, one) for one in listed], wanted.pseudonyms)
    listed_codes = {one.candidate for _module, one in chosen}
    return Report(
        _("Shortlist: {engagement}").format(engagement=ranking.engagement),
        facts_of(workspace, ranking.wave, ranking.newest),
        [
            results_sheet(workspace, _("Shortlist"), chosen, PEOPLE_READ | {"csv"}),
            results_sheet(workspace, _("Not on the list, with the reason"), others, PEOPLE_READ),
            *drawn,
            account_sheet(workspace, chosen),
            comparison_sheet(workspace, sides),
            evidence_sheet(workspace, ranking.wave, listed_codes, wanted),
            method_of(workspace, ranking),
        ],
    )


def scores(workspace: Workspace, wanted: Wanted) -> Report:
    """Every candidate of every module, with account and evidence."""
    ranking = _ranking(workspace, wanted)
    rows = [(module, one) for module in ranking.modules for one in module.candidates]
    return Report(
        _("Scores: {engagement}").format(engagement=ranking.engagement),
        facts_of(workspace, ranking.wave, ranking.newest),
        [
            results_sheet(workspace, _("Scores"), rows, PEOPLE_READ | {"csv"}),
            *(order_plot(workspace, module, ()) for module in ranking.modules),
            account_sheet(workspace, rows),
            evidence_sheet(workspace, ranking.wave, {one.candidate for _m, one in rows}, wanted),
            method_of(workspace, ranking),
        ],
    )


def _ranking(workspace: Workspace, wanted: Wanted) -> Ranking:
    """The ranking, module by module, since each takes its time where people are many."""
    wave = workspace.scoring.wave(wanted.wave)
    codes = [workspace.module(code).id for code in wanted.modules]
    codes = list(dict.fromkeys(codes)) or [module.id for module in workspace.modules]
    for done, code in enumerate(codes):
        workspace.scoring.module(code, wave)
        wanted.progress(done + 1, len(codes) + 1)
    return workspace.rank(codes, wave)
