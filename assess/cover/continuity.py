"""Continuity flags: what makes a module depend on too few people. They colour the module alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["red", "amber", "green"]
LEVELS: tuple[Level, ...] = ("red", "amber", "green")

NOTICE_DAYS = 30.0
"""Calendar days of notice where nothing else is known (China, Labour Contract Law art. 37)."""
CALENDAR_PER_WORKING_DAY = 7 / 5
WRITTEN_RED, WRITTEN_AMBER = 40.0, 70.0
"""Percent written down under which the flag turns."""
OTHER_ROLES_RED = 2
"""Further project roles of role A, as delegate and coordinator, beside being key user."""


@dataclass(frozen=True)
class Place:
    """Where somebody works; empty where it is not known."""

    code: str
    team: str = ""
    department: str = ""
    manager: str = ""


@dataclass(frozen=True)
class Position:
    """What is known of a module's position; None is not known.

    Attributes:
        holders: how many can do the work today without help.
        holder_places: where they work, if they are named.
        a, b: who holds the roles in the plan or by decision.
        b_in_lowest_band: whether B's readiness lies under the backup band.
        key_users: today's key users of the module, if they are named.
        handover_days: working days of a full hand-over.
        notice_days: calendar days.
        written: percent written down and used by somebody else.
        announced: transfers, reorganisations or peaks announced; an empty text is "none".
        end_users: how many use the module.
        other_roles: further project roles of role A.
    """

    holders: int | None = None
    holder_places: tuple[Place, ...] = ()
    a: Place | None = None
    b: Place | None = None
    b_in_lowest_band: bool = False
    key_users: tuple[Place, ...] = ()
    handover_days: float | None = None
    notice_days: float | None = None
    written: float | None = None
    announced: str | None = None
    end_users: int | None = None
    other_roles: int | None = None


Kind = Literal[
    "holders", "no_b", "cluster", "handover", "written", "announced", "concentration", "ratio"
]


@dataclass(frozen=True)
class Flag:
    """One flag: its level and the figures that the reason is worded with."""

    kind: Kind
    level: Level
    case: str = ""
    figures: dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """What flags need of the whole project: where all key users work, and their further roles."""

    key_users: tuple[Place, ...] = ()
    roles_of_a: int = 0
    """Modules that this module's A leads as A."""
    b_elsewhere: int = 0
    """Modules for which this module's A stands as B."""


def flags(position: Position, project: Project, per_key_user: float | None = None) -> list[Flag]:
    """All flags that can be told from what is known, in a fixed order.

    Args:
        position: of the module.
        project: of the engagement.
        per_key_user: end users that one key user can look after.
    """
    found = [
        _holders(position),
        _no_b(position),
        _cluster(position, project),
        _handover(position),
        _written(position),
        _announced(position),
        _concentration(position, project),
        _ratio(position, per_key_user),
    ]
    return [flag for flag in found if flag is not None]


def _holders(position: Position) -> Flag | None:
    n = position.holders
    if n is None:
        return None
    if n <= 1:
        return Flag("holders", "red", "", {"n": n})
    teams = {place.team or place.department for place in position.holder_places} - {""}
    if len(teams) > 1:
        return Flag("holders", "green", "apart", {"n": n})
    if len(teams) == 1 and len(position.holder_places) == n:
        return Flag("holders", "amber", "one_team", {"n": n, "team": teams.pop()})
    return Flag("holders", "amber", "teams_unknown", {"n": n})


def _no_b(position: Position) -> Flag:
    if position.b is None:
        return Flag("no_b", "red", "none")
    if position.b_in_lowest_band:
        return Flag("no_b", "amber", "low", {"b": position.b.code})
    return Flag("no_b", "green", "", {"b": position.b.code})


def _cluster(position: Position, project: Project) -> Flag | None:
    """Two or more who share a department or a manager; one alone is no cluster."""
    named = position.key_users or tuple(p for p in (position.a, position.b) if p is not None)
    here, where = _largest(named)
    everywhere, there = _largest(project.key_users)
    if here >= 2 and here > len(named) / 2:
        return Flag("cluster", "red", "module", {"n": here, "of": len(named), "where": where})
    if everywhere >= 2 and everywhere == len(project.key_users):
        figures: dict[str, str | float] = {"n": everywhere, "of": everywhere, "where": there}
        return Flag("cluster", "red", "project", figures)
    if here >= 2 and here >= len(named) / 3:
        return Flag("cluster", "amber", "module", {"n": here, "of": len(named), "where": where})
    if not any(place.department or place.manager for place in named):
        return None
    return Flag("cluster", "green", "", {"n": here, "of": len(named)})


def _largest(places: Sequence[Place]) -> tuple[int, str]:
    counts = Counter(place.department for place in places if place.department)
    counts.update({f"\0{m}": n for m, n in Counter(p.manager for p in places if p.manager).items()})
    if not counts:
        return 0, ""
    # of equals the department is named: a place, not a person
    where, n = min(counts.items(), key=lambda one: (-one[1], one[0].startswith("\0"), one[0]))
    return n, where.removeprefix("\0")


def _handover(position: Position) -> Flag | None:
    if position.handover_days is None:
        return None
    notice = NOTICE_DAYS if position.notice_days is None else position.notice_days
    days = position.handover_days * CALENDAR_PER_WORKING_DAY
    level: Level = "red" if days > notice else "amber" if days > notice / 2 else "green"
    figures: dict[str, str | float] = {
        "working": position.handover_days,
        "days": days,
        "notice": notice,
    }
    return Flag("handover", level, "", figures)


def _written(position: Position) -> Flag | None:
    if position.written is None:
        return None
    share = position.written
    level: Level = "red" if share < WRITTEN_RED else "amber" if share < WRITTEN_AMBER else "green"
    return Flag("written", level, "", {"share": share})


def _announced(position: Position) -> Flag | None:
    if position.announced is None:
        return None
    if not position.announced:
        return Flag("announced", "green", "none")
    return Flag("announced", "amber", "", {"what": position.announced})


def _concentration(position: Position, project: Project) -> Flag | None:
    """One person who carries more than one role of the project, a delegate or coordinator say."""
    if position.a is None:
        return None
    others = position.other_roles or 0
    figures: dict[str, str | float] = {
        "a": position.a.code,
        "n": others,
        "modules": project.roles_of_a,
        "elsewhere": project.b_elsewhere,
    }
    if project.roles_of_a > 1:
        return Flag("concentration", "red", "a_twice", figures)
    if others >= OTHER_ROLES_RED:
        return Flag("concentration", "red", "roles", figures)
    if others:
        return Flag("concentration", "amber", "roles", figures)
    return Flag("concentration", "green", "", figures)


def _ratio(position: Position, per_key_user: float | None) -> Flag | None:
    if position.end_users is None:
        return None
    n = len(position.key_users) or sum(p is not None for p in (position.a, position.b))
    figures: dict[str, str | float] = {"users": position.end_users, "n": n}
    if per_key_user is None:
        return None
    figures["default"] = per_key_user
    enough = n > 0 and position.end_users <= n * per_key_user + 1e-9
    return Flag("ratio", "green" if enough else "amber", "" if n else "nobody", figures)
