"""Commands that read: rankings, accounts, comparisons, agreement, raters, the panel."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assess import i18n
from assess.cli.common import (
    WIDEST,
    cut,
    open_to_read,
    open_workspace,
    print_json,
    print_table,
    say,
    tell,
)
from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.workspace import shapes, wording
from assess.workspace.account import account_of
from assess.workspace.moment import one_moment
from assess.workspace.results import CandidateResult, ModuleResult, Ranking
from assess.workspace.workspace import Workspace

if TYPE_CHECKING:
    from assess.workspace.agreeing import RatersReport


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
    workspace.close()


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
        workspace.close()
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
        *wording.minimum_lines(pack, one),
        *wording.missing_lines(pack, one),
        *wording.gate_lines(pack, one),
        *wording.change_lines(pack, found),
        wording.severity_of(one),
    ):
        tell(line)
    workspace.close()


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
                ", ".join(f"{a} > {b}" for a, b in module.apart) or "–",
            ]
            rows = [total] + [
                [
                    line.competency,
                    *(wording.value_with_error(v, se) for v, se in line.values),
                    ", ".join(f"{a} > {b}" for a, b in line.apart) or "–",
                ]
                for line in module.lines
            ]
            print_table(header, rows, right=range(1, len(header) - 1))
            tell()
    workspace.close()


def agreement(arguments: argparse.Namespace) -> None:
    """``assess agreement``."""
    from assess.workspace.agreeing import agreement as run

    workspace = open_to_read(arguments)
    found = run(workspace, arguments.level, arguments.wave)
    if arguments.json:
        print_json(found.as_json())
    else:
        header = [
            "",
            _("units"),
            _("left out"),
            _("raters"),
            *(f"ICC({form})" for form in ("1,1", "A,1", "C,1", "1,k", "A,k", "C,k")),
            *(f"α {level}" for level in (_("nominal"), _("ordinal"), _("interval"), _("ratio"))),
        ]
        print_table(
            header, [row.as_words() for row in found.competencies], right=range(1, len(header))
        )
        for line in found.remarks():
            tell(line)
    workspace.close()


def raters(arguments: argparse.Namespace) -> None:
    """``assess raters``."""
    from assess.workspace.agreeing import raters as run

    workspace = open_to_read(arguments)
    found = run(workspace, arguments.wave)
    if arguments.json:
        print_json(found.as_json())
    else:
        header = (
            "",
            _("name"),
            _("severity"),
            "±",
            _("interviews"),
            _("spread"),
            _("agreement"),
            _("without note"),
            "",
        )
        print_table(header, [row.as_words() for row in found.raters], right=(2, 3, 4, 5, 6, 7))
        tell(_("severity in points of 100: positive rates lower than the others"))
        if found.calibration:
            _print_calibration(found)
    workspace.close()


def _print_calibration(found: RatersReport) -> None:
    """How far each is from the master ratings of the sample answers."""
    from assess.workspace.wording import DASH, number, signed

    header = (_("samples"), _("scored"), _("severity"), _("distance"))
    rows = [
        [
            one.rater,
            f"{one.rated}/{one.of}",
            DASH if one.signed is None else signed(one.signed),
            DASH if one.absolute is None else number(one.absolute),
        ]
        for one in found.calibration.values()
    ]
    tell()
    print_table(header, rows, right=(1, 2, 3))
    tell(_("from the master ratings, in points of 100: mean with sign, and mean size"))


def panel(arguments: argparse.Namespace) -> None:
    """``assess panel``."""
    from assess.workspace.evidence import disagreements

    workspace = open_to_read(arguments)
    found = [
        one
        for one in disagreements(workspace)
        if arguments.wave is None or one.wave == workspace.wave(arguments.wave).id
    ]
    if arguments.json:
        print_json(
            {
                "discuss_at": workspace.pack.file.policy.discuss_at,
                "differences": [
                    {
                        "candidate": one.candidate,
                        "item": one.item,
                        "wave": one.wave,
                        "ratings": one.ratings,
                        "notes": one.notes,
                        "difference": one.difference,
                        "agreed": one.agreed,
                    }
                    for one in found
                ],
            }
        )
    elif not found:
        say(_("no ratings lie that far apart"))
    else:
        rows = [
            [
                one.candidate,
                one.item,
                one.wave,
                "  ".join(f"{rater} {value:g}" for rater, value in one.ratings.items()),
                "" if one.agreed is None else _("agreed {value}").format(value=f"{one.agreed:g}"),
            ]
            for one in found
        ]
        print_table([_("code"), _("item"), _("wave"), _("ratings"), ""], rows)
    workspace.close()


def agree(arguments: argparse.Namespace) -> None:
    """``assess agree``."""
    workspace = open_workspace(arguments)
    try:
        value = float(arguments.value)
    except ValueError:
        raise BadInput(
            _("{value!r} is not a number on the item's scale").format(value=arguments.value)
        ) from None
    workspace.agree(
        arguments.candidate, arguments.item, value, arguments.reason, wave=arguments.wave
    )
    say(
        _("recorded: the panel agreed on {value} for {item} of {candidate}").format(
            value=f"{value:g}", item=arguments.item, candidate=arguments.candidate
        )
    )
    workspace.close()
