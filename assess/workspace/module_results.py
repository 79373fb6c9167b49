"""From one module's arrays to what is said of each candidate: order, states, account, gaps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from assess.measure import Minimums, minimums, rank, standing
from assess.measure import Ranking as Order
from assess.measure.ranks import two_sided
from assess.workspace.columns import Columns
from assess.workspace.results import CandidateResult, Line, MinimumResult, Missing, ModuleResult

if TYPE_CHECKING:
    from assess.workspace.scoring import Scoring

SEED = 20240101
"""Of the draws for ranks: the same data print the same figures."""


class ModuleBuilder:
    """What one module says of each of its candidates, from its arrays."""

    def __init__(self, scoring: Scoring, columns: Columns, module: str, wave: str) -> None:
        self.workspace = scoring.workspace
        self.columns = columns
        self.pack = self.workspace.pack
        self.module = self.workspace.module(module)
        self.wave = wave
        self.waves = scoring.waves_up_to(wave)
        self.scores = scoring.scores(module, wave)
        people = self.workspace.candidates()
        stands = [module in self.workspace.modules_of(people[c]) for c in columns.candidates]
        self.standing = np.array(stands, dtype=bool)
        policy = self.pack.file.policy
        self.minimums: Minimums = minimums(self.scores, confidence=policy.confidence)
        self.states = standing(self.scores, self.minimums)
        self.order: Order = rank(
            self.scores,
            self.standing & self.states.ranked,
            k=policy.top,
            confidence=policy.confidence,
            keys=columns.candidates,
            seed=SEED,
        )
        self.z = two_sided(policy.confidence)
        self.items_of = self._items_answered().tolist()
        self.gates = self._gates()
        self._as_lists()

    def _as_lists(self) -> None:
        """What every candidate is told from, as lists: a figure at a time they are far quicker."""
        scores, order, minimums = self.scores, self.order, self.minimums
        account = scores.account
        tables = {
            "counted": scores.counted,
            "weight": scores.weights,
            "theta": scores.theta,
            "se": scores.theta_se,
            "wave": scores.wave,
            "short": scores.too_few_keyed,
            "raw": account.raw,
            "item_mix": account.item_mix,
            "severity": account.severity,
            "agreed": account.agreed,
            "knowledge": account.knowledge,
            "points": account.points,
        }
        self.lines = {name: table.tolist() for name, table in tables.items()}
        """By candidate and competency: what an account's lines are made of."""
        self.answered = [
            (
                table.n_items.tolist(),
                table.raters.tolist(),
                None if wave.keyed is None else wave.keyed.answered.tolist(),
            )
            for table, wave in zip(scores.tables, scores.waves, strict=True)
        ]
        """By wave, candidate and competency: items and raters, and keyed items answered."""
        each = {
            "score": scores.score,
            "se": scores.se,
            "place": order.place,
            "low": order.low,
            "high": order.high,
            "tie_group": order.tie_group,
            "p_top": order.p_top,
            "coverage": scores.coverage,
            "lower": scores.lower,
            "upper": scores.upper,
            "release_open": self.states.release_open,
            "raters": scores.raters,
            "assumed": scores.severity_assumed,
            "block": scores.block,
        }
        self.each = {name: column.tolist() for name, column in each.items()}
        """By candidate."""
        least = {
            "theta": minimums.theta,
            "se": minimums.se,
            "p_met": minimums.p_met,
            "borderline": minimums.borderline,
        }
        self.least = {name: table.tolist() for name, table in least.items()}
        """By candidate and minimum."""
        codes = self.columns.competencies
        wanted = {g: w for g, w in self.module.weights.items() if w > 0}
        wanted |= {g: wanted.get(g, 0.0) for g in self.module.minimums}
        self.wanted = [(codes.index(code), code, weight) for code, weight in wanted.items()]
        """What counts in the module, or must be reached: where it is, its code, its weight."""
        self.open = [
            self.columns.waves[w].open_interviews for w in self.waves if w in self.columns.waves
        ]

    def build(self) -> ModuleResult:
        """The result, the ranked first, then below a minimum, then incomplete."""
        found = [self._candidate(c) for c in np.flatnonzero(self.standing).tolist()]
        found.sort(
            key=lambda one: (
                one.rank is None,
                one.rank or 0,
                one.status == "incomplete",
                -(one.score or 0.0) if one.status == "below_minimum" else -one.coverage,
                one.candidate,
            )
        )
        behind = self.scores.block[self.standing & (self.scores.raters > 0)]
        assumed = self.scores.severity_assumed[self.standing & (self.scores.raters > 0)]
        answers = [wave.fit.answers for wave in self.scores.waves]
        raters = np.unique(np.concatenate([one.r[self.standing[one.c]] for one in answers]))
        return ModuleResult(
            module=self.module.id,
            wave=self.wave,
            k=self.pack.file.policy.top,
            confidence=self.pack.file.policy.confidence,
            candidates=found,
            raters=len(raters),
            blocks=len(np.unique(behind)),
            severity="assumed" if assumed.any() or not len(assumed) else "estimated",
        )

    def _candidate(self, c: int) -> CandidateResult:
        one = {name: column[c] for name, column in self.each.items()}
        code = self.columns.candidates[c]
        person = self.workspace.candidates()[code]
        score, se = _plain(one["score"]), _plain(one["se"])
        band = None if score is None else self.pack.band(score).id
        state = str(self.states.status(c))
        ends = None if score is None or se is None else (score - self.z * se, score + self.z * se)
        return CandidateResult(
            candidate=code,
            name=person.name,
            department=person.department,
            score=score,
            se=se,
            low=ends and ends[0],
            high=ends and ends[1],
            rank=one["place"] or None,
            rank_low=_whole(one["low"]),
            rank_high=_whole(one["high"]),
            tie_group=one["tie_group"] or None,
            p_top=_plain(one["p_top"]),
            status=(band or "incomplete") if state == "ranked" else state,
            band=band,
            coverage=one["coverage"],
            bounds=(one["lower"], one["upper"]),
            release_open=one["release_open"],
            minimums=self._minimums(c),
            lines=self._lines(c),
            missing=self._missing(c),
            raters=one["raters"],
            severity="assumed" if one["assumed"] or not one["raters"] else "estimated",
            block=one["block"] + 1 if one["block"] >= 0 else None,
            open_interviews=sum(interviews.get(c, 0) for interviews in self.open),
            gates={gate: self.gates.get((code, gate)) for gate in self.module.gates},
        )

    def _minimums(self, c: int) -> list[MinimumResult]:
        found, scale = self.minimums, self.pack.file.scale
        results = []
        for m, g in enumerate(found.competency.tolist()):
            code = self.columns.competencies[g]
            se = _plain(self.least["se"][c][m])
            theta = _plain(self.least["theta"][c][m])
            results.append(
                MinimumResult(
                    competency=code,
                    at=self.module.minimums[code],
                    value=None if theta is None else scale.units(theta),
                    se=None if se is None else se * (scale.high - scale.low) / 100,
                    p_met=_plain(self.least["p_met"][c][m]),
                    state=found.state(c, m).value,
                    borderline=self.least["borderline"][c][m],
                    arrangement=self.pack.competencies[code].kind == "arrangement",
                )
            )
        return results

    def _lines(self, c: int) -> list[Line]:
        scale = self.pack.file.scale
        unit = (scale.high - scale.low) / 100
        rows = {name: table[c] for name, table in self.lines.items()}
        lines = []
        for g, counts in enumerate(rows["counted"]):
            if not counts or not rows["weight"][g]:
                continue
            wave = rows["wave"][g]
            items, raters, keyed = self.answered[wave]
            lines.append(
                Line(
                    competency=self.columns.competencies[g],
                    weight=round(100 * rows["weight"][g], 10),  # no 14.000000000000002
                    value=scale.units(rows["theta"][g]),
                    raw_points=rows["raw"][g],
                    item_mix=rows["item_mix"][g],
                    severity=rows["severity"][g],
                    agreed=rows["agreed"][g],
                    knowledge=rows["knowledge"][g],
                    points=rows["points"][g],
                    se=rows["se"][g] * unit,
                    wave=self.waves[wave],
                    items=int(items[c][g]),
                    raters=int(raters[c][g]),
                    knowledge_items=0 if keyed is None else int(keyed[c][g]),
                    knowledge_short=rows["short"][g],
                )
            )
        return lines

    def _missing(self, c: int) -> list[Missing]:
        counted, least = self.lines["counted"][c], self.pack.file.policy.min_items
        return [
            Missing(code, weight, int(self.items_of[c][g]), least)
            for g, code, weight in self.wanted
            if not counted[g]
        ]

    def _items_answered(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """(C, G) distinct rating items answered in the wave with the most of them."""
        return np.asarray(np.max([table.n_items for table in self.scores.tables], axis=0))

    def _gates(self) -> dict[tuple[str, str], bool | None]:
        """What the module's gate items say; a single no outweighs any yes."""
        found: dict[tuple[str, str], bool | None] = {}
        for candidate, gate, said in self.columns.gate_answers(self.module.gates):
            key = candidate, gate
            found[key] = said and found.get(key, True)
        return found


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value


def _whole(value: float) -> float | None:
    """A rank as a whole number where it is one (from 200 candidates on it is an expectation)."""
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value
