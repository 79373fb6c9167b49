"""From a workspace's answers to its rankings: fits and scores, computed once per content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assess.errors import BadInput
from assess.i18n import _
from assess.measure import (
    Fit,
    Minimums,
    ModuleScores,
    ModuleSpec,
    Priors,
    WaveData,
    candidate_variance,
    fit,
    interview_gain,
    minimums,
    rank,
    score,
    sed,
    standing,
)
from assess.measure import Ranking as Order
from assess.measure.ranks import two_sided
from assess.model.pack import Module
from assess.workspace.changing import would_change
from assess.workspace.columns import Columns
from assess.workspace.results import (
    CandidateResult,
    Explanation,
    Line,
    MinimumResult,
    Missing,
    ModuleResult,
    Ranking,
    WouldChange,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

SEED = 20240101
"""Of the draws for ranks: the same data print the same figures."""


class Scoring:
    """The measurement of one workspace; everything is kept until the records change."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._key: tuple[object, ...] = ()
        self._columns: Columns | None = None
        self._fits: dict[str, Fit] = {}
        self._scores: dict[tuple[str, str], ModuleScores] = {}
        self._results: dict[tuple[str, str], ModuleResult] = {}

    @property
    def columns(self) -> Columns:
        """What counts now; reading it forgets results of records that changed."""
        workspace = self._workspace
        key = (tuple(sorted(workspace.store.digests().items())), workspace.pack.hash)
        if self._columns is None or key != self._key:
            self._key = key
            self._columns = Columns(workspace, workspace.visible())
            self._fits, self._scores, self._results = {}, {}, {}
        return self._columns

    def wave(self, wave: str | None = None) -> str:
        """The wave to read: the one named, else the latest with answers, else the current one."""
        if wave is not None:
            return self._workspace.wave(wave).id
        answered = [w for w in self._workspace.pack.waves if w in self.columns.waves]
        return answered[-1] if answered else self._workspace.engagement.wave

    def waves_up_to(self, wave: str) -> list[str]:
        """The waves with answers up to and including ``wave``, earliest first; never none."""
        order = list(self._workspace.pack.waves)
        upto = order[: order.index(wave) + 1]
        return [w for w in upto if w in self.columns.waves] or [wave]

    def fit(self, wave: str) -> Fit:
        """Item effects, severities and variances of one wave's answers."""
        columns = self.columns
        if wave not in self._fits:
            priors = self._workspace.pack.file.priors
            self._fits[wave] = fit(columns.answers(wave), Priors(**priors.model_dump()))
        return self._fits[wave]

    def variance(self, wave: str) -> dict[str, float]:
        """The variance components of a wave, in points squared.

        That of candidates is the one that ranks rest on (docs/measurement.md, section 7), over
        every competency alike.
        """
        fitted = self.fit(wave)
        found = fitted.components
        return {
            "rater": float(found.rater),
            "halo": float(found.halo),
            "candidate_item": float(found.candidate_item),
            "residual": float(found.residual),
            "candidate": candidate_variance(fitted),
        }

    def scores(self, module: str, wave: str) -> ModuleScores:
        """Everybody's scores in one module, read at one wave."""
        columns = self.columns
        key = module, wave
        if key not in self._scores:
            data = [WaveData(self.fit(w), columns.keyed(w, module)) for w in self.waves_up_to(wave)]
            self._scores[key] = score(data, self._spec(self._workspace.module(module)))
        return self._scores[key]

    def wave_scores(self, module: str, wave: str) -> ModuleScores:
        """Everybody's scores in one module from the answers of one wave alone."""
        data = WaveData(self.fit(wave), self.columns.keyed(wave, module))
        return score([data], self._spec(self._workspace.module(module)))

    def _spec(self, module: Module) -> ModuleSpec:
        columns, pack = self.columns, self._workspace.pack
        scale, policy = pack.file.scale, pack.file.policy
        at = {competency: g for g, competency in enumerate(columns.competencies)}
        return ModuleSpec(
            weights=np.array([module.weights.get(g, 0.0) for g in columns.competencies]),
            knowledge_share=np.array([module.knowledge.get(g, 0.0) for g in columns.competencies]),
            items=columns.item_mask(module.id),
            min_items=policy.min_items,
            minimums={at[g]: scale.points(value) for g, value in module.minimums.items()},
            arrangement=np.array([c.kind == "arrangement" for c in pack.competencies.values()]),
            min_coverage=policy.min_coverage,
        )

    # -- results

    def rank(self, modules: Iterable[str] = (), wave: str | None = None) -> Ranking:
        """The order of the modules named, of all by default."""
        workspace = self._workspace
        chosen = [workspace.module(code).id for code in modules] or [
            m.id for m in workspace.modules
        ]
        at = self.wave(wave)
        results = [self.module(code, at) for code in dict.fromkeys(chosen)]
        priors = workspace.pack.file.priors
        latest = self.fit(self.waves_up_to(at)[-1])
        variance = self.variance(self.waves_up_to(at)[-1])
        live = latest.block[latest.block >= 0]
        return Ranking(
            engagement=workspace.engagement.name,
            pack=workspace.pack.ref.model_dump(),
            wave=at,
            newest=self.columns.newest,
            modules=results,
            priors=priors.model_dump(),
            variance=variance,
            raters=len(live),
            blocks=len(np.unique(live)),
            seed=SEED,
        )

    def module(self, module: str, wave: str) -> ModuleResult:
        """One module's order with everything said about each candidate."""
        columns = self.columns
        key = module, wave
        if key not in self._results:
            self._results[key] = _Builder(self, columns, module, wave).build()
        return self._results[key]

    def explain(self, candidate: str, module: str, wave: str | None = None) -> Explanation:
        """The account of one score and what would change it."""
        workspace = self._workspace
        person, chosen = workspace.candidate(candidate), workspace.module(module)
        at = self.wave(wave)
        result = self.module(chosen.id, at)
        one = result.of(person.id)
        if one is None:
            raise BadInput(
                _("{candidate} does not stand for {module}").format(
                    candidate=person.id, module=chosen.id
                ),
                hint=_("modules of {candidate}: {modules}").format(
                    candidate=person.id, modules=", ".join(workspace.modules_of(person))
                ),
            )
        changes = [*would_change(workspace.pack, result, one), *self._narrower(one, chosen.id, at)]
        return Explanation(chosen.id, at, one, changes)

    def _narrower(self, one: CandidateResult, module: str, wave: str) -> list[WouldChange]:
        """The error that asking more would leave."""
        if one.score is None:
            return []
        c = self.columns.candidates.index(one.candidate)
        gain = interview_gain(self.scores(module, wave))
        more, twice = float(gain.one_more_rater[c]), float(gain.twice_the_items[c])
        return [
            WouldChange("rater", None, one.score, "another_rater", se=more),
            WouldChange("items", None, one.score, "more_items", se=twice),
        ]

    def differences(
        self, module: str, candidates: Sequence[str], wave: str
    ) -> tuple[dict[tuple[str, str], float], dict[str, list[tuple[str, str]]]]:
        """Standard errors of all differences in points, and who lies apart beyond error.

        The first maps (higher, lower) to its SED in score; the second lists such pairs, under ""
        for the score and under each competency's id for its values.
        """
        scores, columns = self.scores(module, wave), self.columns
        z = two_sided(self._workspace.pack.file.policy.confidence)
        at = [columns.candidates.index(code) for code in candidates]
        seds: dict[tuple[str, str], float] = {}
        apart: dict[str, list[tuple[str, str]]] = {"": []}
        for g, competency in enumerate(columns.competencies):
            theta, se = scores.theta[:, g], scores.theta_se[:, g]
            apart[competency] = [
                (columns.candidates[i], columns.candidates[j])
                for i in at
                for j in at
                if theta[i] - theta[j] > z * np.hypot(se[i], se[j])
            ]
        for i in at:
            for j in at:
                gap = scores.score[i] - scores.score[j]
                if i != j and (gap > 0 or (gap == 0 and i < j)):
                    pair = columns.candidates[i], columns.candidates[j]
                    seds[pair] = sed(scores, i, j)
                    if gap > z * seds[pair]:
                        apart[""].append(pair)
        return seds, apart


class _Builder:
    """Turns one module's arrays into results."""

    def __init__(self, scoring: Scoring, columns: Columns, module: str, wave: str) -> None:
        self.workspace = scoring._workspace
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
        self.items_of = self._items_answered()
        self.gates = self._gates()

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
        raters = {
            int(r)
            for fitted in (w.fit for w in self.scores.waves)
            for r in fitted.answers.r[self.standing[fitted.answers.c]]
        }
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
        scores, order = self.scores, self.order
        code = self.columns.candidates[c]
        person = self.workspace.candidates()[code]
        score = _plain(scores.score[c])
        se = _plain(scores.se[c])
        band = None if score is None else self.pack.band(score).id
        place = int(order.place[c]) or None
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
            rank=place,
            rank_low=_whole(order.low[c]),
            rank_high=_whole(order.high[c]),
            tie_group=int(order.tie_group[c]) or None,
            p_top=_plain(order.p_top[c]),
            status=(band or "incomplete") if state == "ranked" else state,
            band=band,
            coverage=float(scores.coverage[c]),
            bounds=(float(scores.lower[c]), float(scores.upper[c])),
            release_open=bool(self.states.release_open[c]),
            minimums=self._minimums(c),
            lines=self._lines(c),
            missing=self._missing(c),
            raters=int(scores.raters[c]),
            severity="assumed"
            if scores.severity_assumed[c] or not scores.raters[c]
            else "estimated",
            block=int(scores.block[c]) + 1 if scores.block[c] >= 0 else None,
            open_interviews=sum(
                self.columns.waves[w].open_interviews.get(c, 0)
                for w in self.waves
                if w in self.columns.waves
            ),
            gates={gate: self.gates.get((code, gate)) for gate in self.module.gates},
        )

    def _minimums(self, c: int) -> list[MinimumResult]:
        found, scale = self.minimums, self.pack.file.scale
        results = []
        for m, g in enumerate(found.competency.tolist()):
            code = self.columns.competencies[g]
            se = _plain(found.se[c, m])
            theta = _plain(found.theta[c, m])
            results.append(
                MinimumResult(
                    competency=code,
                    at=self.module.minimums[code],
                    value=None if theta is None else scale.units(theta),
                    se=None if se is None else se * (scale.high - scale.low) / 100,
                    p_met=_plain(found.p_met[c, m]),
                    state=found.state(c, m).value,
                    borderline=bool(found.borderline[c, m]),
                    arrangement=self.pack.competencies[code].kind == "arrangement",
                )
            )
        return results

    def _lines(self, c: int) -> list[Line]:
        scores, account, scale = self.scores, self.scores.account, self.pack.file.scale
        unit = (scale.high - scale.low) / 100
        lines = []
        for g in np.flatnonzero(scores.counted[c]).tolist():
            if not scores.weights[c, g]:
                continue
            wave = int(scores.wave[c, g])
            lines.append(
                Line(
                    competency=self.columns.competencies[g],
                    weight=100 * float(scores.weights[c, g]),
                    value=scale.units(float(scores.theta[c, g])),
                    raw_points=float(account.raw[c, g]),
                    item_mix=float(account.item_mix[c, g]),
                    severity=float(account.severity[c, g]),
                    agreed=float(account.agreed[c, g]),
                    knowledge=float(account.knowledge[c, g]),
                    points=float(account.points[c, g]),
                    se=float(scores.theta_se[c, g]) * unit,
                    wave=self.waves[wave],
                    items=int(scores.tables[wave].n_items[c, g]),
                    raters=int(scores.tables[wave].raters[c, g]),
                    knowledge_items=self._keyed_answered(wave, c, g),
                    knowledge_short=bool(scores.too_few_keyed[c, g]),
                )
            )
        return lines

    def _keyed_answered(self, wave: int, c: int, g: int) -> int:
        keyed = self.scores.waves[wave].keyed
        return 0 if keyed is None else int(keyed.answered[c, g])

    def _missing(self, c: int) -> list[Missing]:
        wanted = {g: w for g, w in self.module.weights.items() if w > 0}
        wanted |= {g: wanted.get(g, 0.0) for g in self.module.minimums}
        at = {competency: g for g, competency in enumerate(self.columns.competencies)}
        return [
            Missing(code, weight, int(self.items_of[c, at[code]]), self.pack.file.policy.min_items)
            for code, weight in wanted.items()
            if not self.scores.counted[c, at[code]]
        ]

    def _items_answered(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """(C, G) distinct rating items answered in the wave with the most of them."""
        return np.asarray(np.max([table.n_items for table in self.scores.tables], axis=0))

    def _gates(self) -> dict[tuple[str, str], bool | None]:
        """What the module's gate items say; a single no outweighs any yes."""
        found: dict[tuple[str, str], bool | None] = {}
        for reading in self.workspace.visible():
            for gate in self.module.gates:
                answer = reading.answers.get(gate)
                if answer is not None and answer.state == "answered":
                    key = reading.candidate, gate
                    found[key] = bool(answer.value) and found.get(key, True)
        return found


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> float | None:
    """A rank as a whole number where it is one (from 200 candidates on it is an expectation)."""
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
