"""What people do by hand: the best two of each module, module by module. A yardstick."""

from __future__ import annotations

import numpy as np

from assess.cover.problem import NOBODY, Plan, Problem, broken, evaluate


def greedy(problem: Problem, *, pinned: bool = False) -> Plan:
    """Each module in turn takes as A and then as B the most valuable who still may.

    Pins are looked at where ``pinned``: they are taken first, and may then not all be kept.
    """
    _people, modules = problem.size
    held = {"a": np.full(modules, NOBODY), "b": np.full(modules, NOBODY)}
    for pin in problem.pins if pinned else ():
        held[pin.role][pin.module] = pin.person
    for role, may in (("a", problem.may_a), ("b", problem.may_b)):
        for m in range(modules):
            if held[role][m] != NOBODY:
                continue
            for person in np.argsort(-problem.value[:, m], kind="stable").tolist():
                if not may[person, m]:
                    continue
                held[role][m] = person
                if not [
                    rule for rule in broken(problem, held["a"], held["b"]) if rule.rule != "pin"
                ]:
                    break
                held[role][m] = NOBODY
    return Plan(held["a"], held["b"], evaluate(problem, held["a"], held["b"]), proven=False)
