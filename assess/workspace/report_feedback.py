"""The feedback sheet: one candidate's own result, in their language, and what to do next.

Nobody else's data is in it: no ranks, no chances, no raters, no notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.exchange.figures import ComparedRow, ComparedValue, ComparisonPlot
from assess.exchange.report import Column, Fact, Part, Passage, Report, Rounded, Sheet
from assess.i18n import _
from assess.measure.ranks import two_sided
from assess.model.pack import Action, Pack
from assess.model.people import Candidate
from assess.workspace import wording
from assess.workspace.account import account_of
from assess.workspace.feedback_words import (
    Results,
    action_lines,
    actions_for,
    contact_passage,
    meaning,
    result_lines,
    strengths_and_gaps,
    value_lines,
)
from assess.workspace.report_facts import facts_of
from assess.workspace.report_plots import points_axis, scale_axis
from assess.workspace.results import CandidateResult, ModuleResult, Ranking

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

_TABLES = frozenset({"csv", "xlsx", "json"})


def feedback(workspace: Workspace, wanted: Wanted) -> Report:
    """Strengths, two gaps, actions, what the result means, whom to ask and how to comment.

    Raises BadInput for an unknown candidate, or a module that the candidate does not stand for.
    """
    person = workspace.candidate(wanted.candidate)
    standing = workspace.modules_of(person)
    modules = [workspace.module(code).id for code in wanted.modules] or standing
    for module in modules:
        if module not in standing:
            raise workspace.not_standing(person, module)
    ranking = workspace.rank(modules, wanted.wave)
    wanted.progress(1, 1)
    with i18n.speaking(person.language.partition("-")[0]):
        return _report(workspace, person, ranking, wanted)


def _report(workspace: Workspace, person: Candidate, ranking: Ranking, wanted: Wanted) -> Report:
    pack = workspace.pack
    found = [(module, one) for module in ranking.modules if (one := module.of(person.id))]
    strengths, gaps = strengths_and_gaps(pack, [one for _module, one in found])
    actions = [(code, action) for code in gaps for action in actions_for(pack, code, found)]
    return Report(
        _("Feedback for {candidate}: {engagement}").format(
            candidate=wanted.called(person), engagement=ranking.engagement
        ),
        [
            Fact("candidate", _("Candidate"), person.id),
            *facts_of(workspace, ranking.wave, ranking.newest),
        ],
        [
            Passage(_("Your result"), result_lines(pack, found), listed=True),
            *_plots(pack, person, found, wanted),
            _results_sheet(pack, found),
            _competencies_sheet(pack, found, strengths, gaps),
            Passage(_("Your strengths"), value_lines(pack, strengths, found), listed=True),
            Passage(_("Where growing pays most"), value_lines(pack, gaps, found), listed=True),
            Passage(_("What to do next"), action_lines(pack, gaps, actions), listed=True),
            _actions_sheet(pack, actions),
            Passage(_("What the result means"), meaning(pack, found)),
            contact_passage(wanted.contact or workspace.engagement.contact),
        ],
        about=_("Feedback sheet"),
    )


# -- what is drawn and listed


def _plots(pack: Pack, person: Candidate, results: Results, wanted: Wanted) -> list[Part]:
    scored = [(module, one) for module, one in results if one.score is not None]
    if not scored:
        return []
    total = ComparisonPlot(
        title=_("Your points by module"),
        labels=[_("module"), _("points"), _("status")],
        axis=points_axis(pack),
        codes=[person.id],
        names=["" if wanted.pseudonyms else person.name],
        rows=[
            ComparedRow(
                module.module,
                pack.say(pack.modules[module.module].name, i18n.language()),
                [ComparedValue(person.id, one.score, _half(one), wording.score(one))],
                wording.status(pack, one),
            )
            for module, one in scored
        ],
    )
    codes = [
        code
        for code in pack.competencies
        if any(line.competency == code for _module, one in scored for line in one.lines)
    ]
    parts = ComparisonPlot(
        title=_("By competency"),
        labels=[_("competency"), _("value"), ""],
        axis=scale_axis(pack),
        codes=[module.module for module, _one in scored],
        names=["" for _result in scored],
        rows=[
            ComparedRow(
                code,
                pack.say(pack.competencies[code].name, i18n.language()),
                _compared(scored, code),
                "",
            )
            for code in codes
        ],
        notes=[_("Values in units of the scale, with their intervals.")],
    )
    return [total, parts]


def _half(one: CandidateResult) -> float | None:
    return None if one.score is None or one.high is None else one.high - one.score


def _compared(results: Results, code: str) -> list[ComparedValue]:
    """A competency's value in each module, or once where it is the same in all."""
    found = []
    for module, one in results:
        line = next((line for line in one.lines if line.competency == code), None)
        value = None if line is None else line.value
        half = None if line is None else _half_of(module, line.se)
        words = wording.value_with_error(value, half)
        found.append(ComparedValue(module.module, value, half, words))
    if len(found) > 1 and len({one.words for one in found}) == 1:
        return [replace(found[0], code=_("all"))]
    return found


def _half_of(module: ModuleResult, error: float | None) -> float | None:
    return None if error is None else two_sided(module.confidence) * error


def _results_sheet(pack: Pack, results: Results) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("module_name", _("Module name")),
        Column("score", _("Score"), 1, bar=(0, 100)),
        Column("low", _("Lower end"), 1),
        Column("high", _("Upper end"), 1),
        Column("status", _("Status code")),
        Column("status_name", _("Status")),
        Column("coverage", _("Coverage"), 0, unit="percent", bar=(0, 100)),
    ]
    rows = [
        [
            module.module,
            pack.say(pack.modules[module.module].name, i18n.language()),
            one.score,
            one.low,
            one.high,
            one.status,
            wording.status(pack, one),
            one.coverage,
        ]
        for module, one in results
    ]
    return Sheet(_("Result"), columns, rows, _TABLES)


def _competencies_sheet(
    pack: Pack, results: Results, strengths: Sequence[str], gaps: Sequence[str]
) -> Sheet:
    scale = pack.file.scale
    columns = [
        Column("module", _("Module")),
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("weight", _("Weight"), 0),
        Column("value", _("Value"), 2, bar=(scale.low, scale.high)),
        Column("half_width", _("Half of the interval"), 2),
        Column("minimum", _("Minimum"), 1),
        Column("kind", _("Kind")),
        Column("kind_name", _("What it is here")),
    ]
    kinds = dict.fromkeys(strengths, "strength") | dict.fromkeys(gaps, "gap")
    names = {"strength": _("strength"), "gap": _("to work on"), "": ""}
    rows: list[list[Any]] = []
    for module, one in results:
        for shown in account_of(one).lines:
            line = shown.line
            kind = kinds.get(line.competency, "")
            rows.append(
                [
                    module.module,
                    line.competency,
                    pack.say(pack.competencies[line.competency].name, i18n.language()),
                    Rounded(line.weight, shown.weight),
                    line.value,
                    _half_of(module, line.se),
                    pack.modules[module.module].minimums.get(line.competency),
                    kind,
                    names[kind],
                ]
            )
    return Sheet(_("By competency"), columns, rows, _TABLES | {"md"})


def _actions_sheet(pack: Pack, actions: Sequence[tuple[str, Action]]) -> Sheet:
    columns = [
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("action", _("Action")),
        Column("level", _("Level")),
        Column("text", _("What to do")),
    ]
    rows = [
        [
            code,
            pack.say(pack.competencies[code].name, i18n.language()),
            action.id,
            action.level,
            pack.say(action.text, i18n.language()),
        ]
        for code, action in actions
    ]
    return Sheet(_("Actions"), columns, rows, _TABLES)
