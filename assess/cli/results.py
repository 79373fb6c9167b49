"""Commands that read: rankings, accounts, comparisons."""

from __future__ import annotations

import argparse
import sys

from assess import i18n
from assess.cli.common import (
    WIDEST,
    cut,
    open_to_read,
    print_json,
    print_table,
    tell,
)
from assess.i18n import _, listed, ngettext
from assess.workspace import shapes, wording
from assess.workspace.account import account_of
from assess.workspace.moment import one_moment
from assess.workspace.results import CandidateResult, ModuleResult, Ranking
from assess.workspace.workspace import Workspace


@one_moment()
def rank(arguments: argparse.Namespace) -> None:
    """``assess rank``."""
    workspace = open_to_read(arguments)
    result = workspace.rank(arguments.modules, arguments.wave)
    if arguments.json:
        print_json(shapes.ranking(result))
    elif arguments.csv:
        from assess.workspace.exporting import render

        scores = render(workspace, "scores", modules=arguments.modules, wave=arguments.wave)
        sys.stdout.flush()
        sys.stdout.buffer.write(scores)
    else:
        print_rankings(workspace, result)
        if arguments.method:
            tell(wording.method(workspace.pack, result))


def print_rankings(workspace: Workspace, result: Ranking) -> None:
    """Each module's order as an aligned table, best first, nobody left out."""
    for module in result.modules:
        _print_ranking(workspace, module)
        tell()


def _print_ranking(workspace: Workspace, module: ModuleResult) -> None:
    pack, language = workspace.pack, i18n.language()
    name = pack.say(pack.modules[module.module].name, language)
    wave = pack.say(pack.waves[module.wave].name, language)
    counts = ngettext("{n} candidate", "{n} candidates", len(module.candidates)).format(
        n=len(module.candidates)
    )
    raters = ngettext("{n} rater", "{n} raters", module.raters).format(n=module.raters)
    tell(f"{module.module} {name} · {wave} · {counts} · {raters}")
    rows = [_ranking_row(workspace, one) for one in module.candidates]
    header = (
        "",
        _("code"),
        _("name"),
        _("score"),
        "±",
        _("ranks"),
        _("top {k}").format(k=module.k),
        _("covered"),
        _("status"),
    )
    print_table(header, rows, right=(0, 3, 4, 5, 6, 7))
    tell(wording.severity(module))


def _ranking_row(workspace: Workspace, one: CandidateResult) -> list[str]:
    places = "–"
    if one.rank_low is not None and one.rank_high is not None:
        places = wording.span(one.rank_low, one.rank_high)
    return [
        "" if one.rank is None else str(one.rank),
        one.candidate,
        one.name,
        wording.number(one.score),
        wording.half_width(one),
        places,
        wording.percent(one.p_top),
        wording.coverage(one.coverage),
        wording.status(workspace.pack, one),
    ]


def explain(arguments: argparse.Namespace) -> None:
    """``assess explain``."""
    workspace = open_to_read(arguments)
    found = workspace.explain(arguments.candidate, arguments.module, arguments.wave)
    if arguments.json:
        print_json(shapes.explanation(found))
        return
    one, pack, language = found.result, workspace.pack, i18n.language()
    wave = pack.say(pack.waves[found.wave].name, language)
    tell(f"{one.candidate} {cut(one.name, WIDEST)} · {found.module} · {wave}")
    facts = [
        _("score {score}").format(score=wording.score(one)),
        wording.status(pack, one),
        _("{share} of the weight covered").format(share=wording.coverage(one.coverage)),
    ]
    low, high = (wording.number(bound) for bound in one.bounds)
    if low != high:
        facts.append(_("between {low} and {high} whatever is missing").format(low=low, high=high))
    tell("  ".join(facts))
    account = account_of(one)
    rows = [
        [
            line.line.competency,
            pack.say(pack.competencies[line.line.competency].name, language),
            f"{line.weight:.0f}",
            wording.value(line.line.value),
            wording.number(line.raw_points),
            wording.signed(line.item_mix),
            wording.signed(line.severity),
            wording.signed(line.agreed),
            wording.signed(line.knowledge),
            wording.number(line.points),
            pack.say(pack.waves[line.line.wave].name, language),
        ]
        for line in account.lines
    ]
    rows.append(
        [
            "",
            _("sum"),
            f"{account.weight:.0f}",
            "",
            wording.number(account.raw_points),
            wording.signed(account.item_mix),
            wording.signed(account.severity),
            wording.signed(account.agreed),
            wording.signed(account.knowledge),
            wording.number(account.points),
            "",
        ]
    )
    header = (
        "",
        _("competency"),
        _("weight"),
        _("value"),
        _("answers"),
        _("mix"),
        _("raters"),
        _("agreed"),
        _("know."),
        _("points"),
        _("asked at"),
    )
    print_table(header, rows, right=(2, 3, 4, 5, 6, 7, 8, 9))
    for line in (
        *wording.knowledge_notes(one),
        *wording.minimum_lines(one),
        *wording.missing_lines(pack, one),
        *wording.gate_lines(pack, one),
        *wording.change_lines(pack, found),
        wording.severity_of(one),
    ):
        tell(line)


def compare(arguments: argparse.Namespace) -> None:
    """``assess compare``."""
    from assess.workspace.comparing import compare as run

    workspace = open_to_read(arguments)
    comparison = run(workspace, arguments.candidates, arguments.module, arguments.wave)
    if arguments.json:
        print_json(comparison.as_json())
    else:
        pack, language = workspace.pack, i18n.language()
        for module in comparison.modules:
            tell(f"{module.module} {pack.say(pack.modules[module.module].name, language)}")
            header = ["", *(one.candidate for one in module.candidates), _("beyond error")]
            total = [
                _("score"),
                *(wording.score(one) for one in module.candidates),
                listed(f"{a} > {b}" for a, b in module.apart) or "–",
            ]
            rows = [total] + [
                [
                    line.competency,
                    *(wording.value_with_error(v, se) for v, se in line.values),
                    listed(f"{a} > {b}" for a, b in line.apart) or "–",
                ]
                for line in module.lines
            ]
            print_table(header, rows, right=range(1, len(header) - 1))
            tell()
