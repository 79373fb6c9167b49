"""Why each was chosen, and what the next best plan costs: the plan without each of its choices."""

from __future__ import annotations

from dataclasses import dataclass

from assess.cover.problem import NOBODY, Pin, Plan, Problem
from assess.cover.solver import NoPlanError, Solver
from assess.cover.watching import Watch, silent, tell


@dataclass(frozen=True, eq=False)
class Alternative:
    """The best plan in which ``person`` does not serve ``module``; None where pins forbid any."""

    person: int
    module: int
    plan: Plan | None

    def instead(self) -> list[int]:
        """Who serves the module instead, A before B."""
        if self.plan is None:
            return []
        held = (int(self.plan.a[self.module]), int(self.plan.b[self.module]))
        return [person for person in held if person != NOBODY]


@dataclass(frozen=True, eq=False)
class Alternatives:
    """One alternative per role filled, in the order of :meth:`Plan.posts`."""

    posts: list[Pin]
    of: list[Alternative]

    @property
    def next_best(self) -> Alternative | None:
        """The best plan with at least one other person in some module."""
        known = [one for one in self.of if one.plan is not None]
        return max(known, key=lambda one: one.plan.goals, default=None)  # type: ignore[union-attr]


def alternatives(
    problem: Problem, plan: Plan, *, solver: Solver | None = None, watch: Watch = silent
) -> Alternatives:
    """What would be done without each choice of ``plan``. Raises StoppedError."""
    solver = solver or Solver(problem)
    posts = plan.posts()
    found = []
    for at, post in enumerate(posts):
        tell(watch, "alternatives", at / len(posts))
        try:
            other: Plan | None = solver.solve(apart=[(post.person, post.module)])
        except NoPlanError:
            other = None
        found.append(Alternative(post.person, post.module, other))
    return Alternatives(posts, found)
