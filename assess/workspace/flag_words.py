"""Continuity flags in words: why one is raised, at length and in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assess.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from assess.cover.continuity import Flag
    from assess.model.pack import Pack

ITEM_OF = {
    "holders": "R1",
    "no_b": "R2",
    "cluster": "R3",
    "handover": "R4",
    "written": "R5",
    "announced": "R9",
}
"""The item of the continuity file that a flag answers, where the pack has it."""


def flag_id(pack: Pack, flag: Flag) -> str:
    """The continuity file's id of a flag, else the flag's kind."""
    known = {fact.id for fact in pack.continuity.facts} if pack.continuity else set()
    item = ITEM_OF.get(flag.kind, "")
    return item if item in known else flag.kind


_NAMES = {
    "holders": N_("holders"),
    "no_b": N_("role B"),
    "cluster": N_("one team"),
    "handover": N_("hand-over"),
    "written": N_("documentation"),
    "announced": N_("change announced"),
    "concentration": N_("concentration"),
    "ratio": N_("end users"),
}


def name(flag: str) -> str:
    """A flag's id for readers: the item of the continuity file as it is, a kind in a word."""
    return _(_NAMES[flag]) if flag in _NAMES else flag


def flag(one: Flag, *, source: str = "") -> str:
    """A flag's reason; ``source`` says where the figures come from."""
    said = _FLAGS[one.kind](one)
    return _("{words} ({source})").format(words=said, source=source) if source else said


def _holders(one: Flag) -> str:
    n = int(one.figures["n"])
    if one.level == "red":
        return (
            _("nobody can do the work without help")
            if n == 0
            else _("a single person can do the work without help")
        )
    if one.case == "one_team":
        return _("{n} can do the work without help, all in {team}").format(
            n=n, team=one.figures["team"]
        )
    if one.case == "teams_unknown":
        return _("{n} can do the work without help, different teams not established").format(n=n)
    return _("{n} in different teams can do the work without help").format(n=n)


def _no_b(one: Flag) -> str:
    if one.case == "none":
        return _("nobody stands as role B")
    if one.case == "low":
        return _("{b} as role B is under the backup band").format(b=one.figures["b"])
    return _("{b} stands as role B").format(b=one.figures["b"])


def _cluster(one: Flag) -> str:
    if one.level == "green":
        return _("the key users sit in different departments, under different managers")
    if one.case == "project":
        return _("all {n} key users of the project share {where}").format(**one.figures)
    return _("{n} of {of} key users share {where}").format(**one.figures)


def _handover(one: Flag) -> str:
    figures = {key: f"{figure:g}" for key, figure in one.figures.items()}
    return _(
        "hand-over {working} working days = {days} calendar days, notice {notice} days"
    ).format(**figures)


def _written(one: Flag) -> str:
    return _("{share} % written down and used by somebody else").format(
        share=f"{one.figures['share']:g}"
    )


def _announced(one: Flag) -> str:
    if one.case == "none":
        return _("nothing announced that touches the project")
    return _("announced: {what}; plan role B's dates around it").format(what=one.figures["what"])


def _concentration(one: Flag) -> str:
    if one.case == "a_twice":
        return _("{a} leads {modules} modules as role A").format(**one.figures)
    if one.case == "roles":
        n = int(one.figures["n"])
        return ngettext(
            "{a} carries {n} further role of the project beside role A",
            "{a} carries {n} further roles of the project beside role A",
            n,
        ).format(a=one.figures["a"], n=n)
    return _("{a} carries no further role of the project").format(**one.figures)


def _ratio(one: Flag) -> str:
    users, n = one.figures["users"], int(one.figures["n"])
    if one.case == "nobody":
        return _("{users} end users and no key user").format(users=users)
    return ngettext(
        "{users} end users for {n} key user, at most {default} each are planned for",
        "{users} end users for {n} key users, at most {default} each are planned for",
        n,
    ).format(users=users, n=n, default=f"{one.figures['default']:g}")


_FLAGS = {
    "holders": _holders,
    "no_b": _no_b,
    "cluster": _cluster,
    "handover": _handover,
    "written": _written,
    "announced": _announced,
    "concentration": _concentration,
    "ratio": _ratio,
}


def short(one: Flag) -> str:
    """A flag where room is short: ``hand-over 63 d > 30``; empty for a green one."""
    return "" if one.level == "green" else _SHORT[one.kind](one)


def _short_holders(one: Flag) -> str:
    if one.level == "red":
        return _("single holder") if one.figures["n"] else _("no holder")
    return _("holders of one team") if one.case == "one_team" else _("holders' teams unknown")


def _short_handover(one: Flag) -> str:
    days, notice = (f"{float(one.figures[key]):g}" for key in ("days", "notice"))
    if one.level == "red":
        return _("hand-over {days} d > notice {notice}").format(days=days, notice=notice)
    return _("hand-over {days} d of notice {notice}").format(days=days, notice=notice)


def _short_concentration(one: Flag) -> str:
    if one.case == "a_twice":
        return _("{a} leads {modules} modules").format(**one.figures)
    n = int(one.figures["n"])
    return ngettext("{n} further role", "{n} further roles", n).format(n=n)


def _short_cluster(one: Flag) -> str:
    return _("{n} of {of} of one team").format(**one.figures)


def _short_no_b(one: Flag) -> str:
    return _("no role B") if one.case == "none" else _("B under the backup band")


def _short_written(one: Flag) -> str:
    return _("written down {share} %").format(share=f"{float(one.figures['share']):g}")


def _short_announced(_one: Flag) -> str:
    return _("change announced")


def _short_ratio(one: Flag) -> str:
    return _("{users} users for {n}").format(**one.figures)


_SHORT: Mapping[str, Callable[[Flag], str]] = {
    "holders": _short_holders,
    "no_b": _short_no_b,
    "cluster": _short_cluster,
    "handover": _short_handover,
    "written": _short_written,
    "announced": _short_announced,
    "concentration": _short_concentration,
    "ratio": _short_ratio,
}
