"""``assess fairness``."""

from __future__ import annotations

import argparse

from assess import i18n
from assess.cli.common import open_workspace, print_json, print_table, say
from assess.i18n import _, ngettext
from assess.measure.fairness import LEAST
from assess.workspace import wording
from assess.workspace.fairness import Fairness
from assess.workspace.fairness import fairness as run
from assess.workspace.workspace import Workspace


def fairness(arguments: argparse.Namespace) -> None:
    """Selection rates by group on standard output, what to know about them beside it."""
    workspace = open_workspace(arguments)
    try:
        found = run(
            workspace,
            arguments.file,
            arguments.module,
            band=arguments.selected,
            top=arguments.top,
            wave=arguments.wave,
        )
        if arguments.json:
            print_json(found.as_json())
        else:
            _print(workspace, found)
    finally:
        workspace.close()


def _print(workspace: Workspace, found: Fairness) -> None:
    pack = workspace.pack
    name = pack.say(pack.modules[found.module].name, i18n.language())
    wave = pack.say(pack.waves[found.wave].name, i18n.language())
    print(f"{found.module} {name} · {wave} · {pack.file.pack} {pack.file.version}")
    if found.rule.band is None:
        chosen = _("selected: the best {k} of the order").format(k=found.rule.top)
    else:
        chosen = _("selected: {band} or a higher band").format(
            band=wording.band(pack, found.rule.band)
        )
    print(chosen)
    header = (_("group"), _("people"), _("selected"), _("rate"), _("ratio"), "p")
    rows = [
        [group, _("too few"), "", "", "", ""]
        if one.too_few
        else [
            group,
            str(one.n),
            str(one.selected),
            wording.percent(one.rate),
            wording.number(one.ratio, 2),
            wording.number(one.p, 3),
        ]
        for group, one in found.groups.items()
    ]
    print_table(header, rows, right=(1, 2, 3, 4, 5))
    for line in _remarks(found):
        say(line)


def _remarks(found: Fairness) -> list[str]:
    lines = []
    if any(one.too_few for one in found.groups.values()):
        lines.append(
            _("too few: a group of fewer than {least} people has no figures").format(least=LEAST)
        )
    if found.look:
        lines.append(
            _(
                "a ratio is under four fifths: look at items, minimums and raters; "
                "the scores stay as they are"
            )
        )
    left_out = (
        (
            found.without_group,
            ngettext(
                "{n} candidate of the module is not in the file",
                "{n} candidates of the module are not in the file",
                found.without_group,
            ),
        ),
        (
            found.incomplete,
            ngettext(
                "{n} person in the file is incomplete and not counted",
                "{n} people in the file are incomplete and not counted",
                found.incomplete,
            ),
        ),
        (
            found.elsewhere,
            ngettext(
                "{n} person in the file does not stand for the module and is not counted",
                "{n} people in the file do not stand for the module and are not counted",
                found.elsewhere,
            ),
        ),
    )
    lines += [words.format(n=n) for n, words in left_out if n]
    lines.append(_("ratio: to the highest rate; p: Fisher's exact test against that group"))
    return lines
