"""The fairness report in words: who counts as selected, a row for each group, what to know."""

from __future__ import annotations

from assess.i18n import _, language, ngettext
from assess.measure.fairness import LEAST
from assess.model.pack import Pack
from assess.workspace import wording
from assess.workspace.fairness import Fairness

RIGHT = (1, 2, 3, 4, 5)
"""The columns of figures."""


def title(pack: Pack, found: Fairness) -> str:
    """``PROC Procurement · first round · key-user 1.0.0``."""
    name = pack.say(pack.modules[found.module].name, language())
    wave = pack.say(pack.waves[found.wave].name, language())
    return f"{found.module} {name} · {wave} · {pack.file.pack} {pack.file.version}"


def selected(pack: Pack, found: Fairness) -> str:
    """Who counts as selected."""
    if found.rule.band is None:
        return _("selected: the best {k} of the order").format(k=found.rule.top)
    return _("selected: {band} or a higher band").format(band=wording.band(pack, found.rule.band))


def header() -> tuple[str, ...]:
    """The heads of the columns."""
    return (_("group"), _("people"), _("selected"), _("rate"), _("ratio"), "p")


def rows(found: Fairness) -> list[list[str]]:
    """A row for each group; one that is too small has no figures."""
    return [
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


def remarks(found: Fairness) -> list[str]:
    """What to know about the figures, and whom they leave out."""
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
