"""What a cover plan says, ready to show: plain values, no arrays, so that any screen may import it.

Cover is 0-100, scores in points, values of competencies in units of the pack's scale, chances and
loads 0-1. None is "nobody" or "undefined".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assess.i18n import _
from assess.workspace.wording import DASH, number


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a role: what the choice rests on, why, and what stands before an appointment."""

    candidate: str
    role: str
    score: float | None
    se: float | None
    rank: int | None
    status: str
    chance: float
    """P(S ≥ the score from which a role is carried)."""
    value: float
    """chance · score."""
    why: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """Open release and gates that refuse the appointment, in words."""


@dataclass(frozen=True, slots=True)
class Together:
    """The higher of A's and B's value in a competency; None where neither is counted."""

    competency: str
    value: float | None
    by: str | None
    at: float


@dataclass(frozen=True, slots=True)
class FlagSaid:
    """A continuity flag of a module in words."""

    id: str
    kind: str
    level: str
    why: str
    short: str = ""
    """The same in a few words; empty where it is green."""


@dataclass(frozen=True, slots=True)
class ModuleCover:
    """One module: who stands in it and behind it."""

    module: str
    a: Seat | None
    b: Seat | None
    together: tuple[Together, ...]
    flags: tuple[FlagSaid, ...]
    decided: tuple[str | None, str | None] | None = None
    """A and B by decision, where one was recorded."""

    @property
    def together_min(self) -> float | None:
        """The lowest that A and B reach together; None where one competency is not counted."""
        values = [one.value for one in self.together]
        known = [value for value in values if value is not None]
        return min(known) if known and len(known) == len(values) else None

    def as_json(self) -> dict[str, Any]:
        """One module of ``plan --json``."""
        decided = self.decided and {"a": self.decided[0], "b": self.decided[1]}
        return {
            "module": self.module,
            "a": self.a and self.a.candidate,
            "b": self.b and self.b.candidate,
            "together_min": self.together_min,
            "flags": [asdict(flag) for flag in self.flags],
            "together": [asdict(one) for one in self.together],
            "decided": decided,
            "roles": {role: seat and asdict(seat) for role, seat in (("a", self.a), ("b", self.b))},
        }


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """What the roles of one person take of the contracted hours."""

    candidate: str
    a_of: tuple[str, ...]
    b_of: tuple[str, ...]
    load: float
    capacity: float

    def as_json(self) -> dict[str, Any]:
        """One person of ``plan --json``."""
        return asdict(self) | {"a_of": list(self.a_of), "b_of": list(self.b_of)}


@dataclass(frozen=True, slots=True)
class OpenRole:
    """A role that nobody may fill, or a pin that cannot be kept: the rule and the way out."""

    module: str
    role: str
    rule: str
    why: str
    relaxation: str
    """The smallest relaxation that fills it, in words; empty where none of one rule does."""
    others: tuple[str, ...] = ()
    """Larger ways to fill it."""


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that changes hands."""

    module: str
    role: str
    before: str | None
    after: str | None
    why: str = ""

    def as_words(self) -> str:
        """``COST A: LU → HE``."""
        return _("{module} {role}: {candidate}").format(
            module=self.module,
            role=self.role.upper(),
            candidate=f"{self.before or DASH} → {self.after or DASH}",
        )

    def as_json(self) -> dict[str, Any]:
        """One entry of ``changes``."""
        return {
            "module": self.module,
            "role": self.role,
            "from": self.before,
            "to": self.after,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class NextBest:
    """The best plan with at least one other person in some module, and what it costs."""

    cover: float
    cost: float
    """Points of cover."""
    loses: str
    """What it reaches less of the counted goals, in words; empty where nothing."""
    changes: tuple[RoleChange, ...]

    def as_words(self) -> str:
        """Its cover, and what it reaches less."""
        cover = number(self.cover)
        if self.loses:
            return _("next best plan: cover {cover}, and {loses}").format(
                cover=cover, loses=self.loses
            )
        return _("next best plan: cover {cover}, {cost} less").format(
            cover=cover, cost=number(self.cost, 2)
        )


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """What ``assess plan`` shows."""

    engagement: str
    wave: str
    newest: str
    phase: str | None
    load_a: float
    modules: tuple[ModuleCover, ...]
    people: tuple[PersonLoad, ...]
    infeasible: tuple[OpenRole, ...]
    changes: tuple[RoleChange, ...]
    """Against what was decided, or against the plan before a departure."""
    cover: float
    formula: str
    goals: Mapping[str, float]
    proven: bool
    next_best: NextBest | None = None
    way_out: str = ""
    """The smallest relaxation of one rule that fills all open roles together, in words."""
    explained: bool = True
    """Whether the alternatives to each choice were worked out."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def seat(self, module: str, role: str) -> Seat | None:
        """Who holds a role in the plan."""
        one = next((m for m in self.modules if m.module == module), None)
        return None if one is None else one.a if role == "a" else one.b

    def as_json(self) -> dict[str, Any]:
        """``plan --json``."""
        return {
            "engagement": self.engagement,
            "wave": self.wave,
            "phase": self.phase,
            "cover": self.cover,
            "formula": self.formula,
            "goals": dict(self.goals),
            "proven": self.proven,
            "modules": [one.as_json() for one in self.modules],
            "people": [one.as_json() for one in self.people],
            "way_out": self.way_out or None,
            "infeasible": [asdict(one) | {"others": list(one.others)} for one in self.infeasible],
            "changes": [one.as_json() for one in self.changes],
            "next_best": self.next_best
            and {
                "cover": self.next_best.cover,
                "cost": self.next_best.cost,
                "loses": self.next_best.loses or None,
                "changes": [one.as_json() for one in self.next_best.changes],
            },
            **self.extra,
        }
