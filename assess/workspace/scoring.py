"""From a workspace's answers to its rankings: fits and scores, computed once per content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assess.measure import (
    Fit,
    ModuleScores,
    ModuleSpec,
    Priors,
    WaveData,
    candidate_variance,
    fit,
    interview_gain,
    score,
    sed,
)
from assess.measure.ranks import two_sided
from assess.model.pack_file import Module
from assess.workspace.changing import would_change
from assess.workspace.columns import Columns
from assess.workspace.gathered import columns_of, content_key
from assess.workspace.module_results import SEED, ModuleBuilder
from assess.workspace.moment import once
from assess.workspace.results import (
    CandidateResult,
    Explanation,
    ModuleResult,
    Ranking,
    WouldChange,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


class Scoring:
    """The measurement of one workspace; everything is kept until the records change."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._key: tuple[object, ...] = ()
        self._columns: Columns | None = None
        self._fits: dict[str, Fit] = {}
        self._scores: dict[tuple[str, str], ModuleScores] = {}
        self._results: dict[tuple[str, str], ModuleResult] = {}

    @property
    def columns(self) -> Columns:
        """What counts now; reading it forgets results of records that changed."""
        return once(self, "columns", self._columns_now)

    def _columns_now(self) -> Columns:
        workspace = self.workspace
        key = (content_key(workspace), workspace.pack.hash)
        if self._columns is None or key != self._key:
            self._key = key
            self._columns = columns_of(workspace)
            self._fits, self._scores, self._results = {}, {}, {}
        return self._columns

    def wave(self, wave: str | None = None) -> str:
        """The wave to read: the one named, else the latest with answers, else the current one."""
        if wave is not None:
            return self.workspace.wave(wave).id
        answered = [w for w in self.workspace.pack.waves if w in self.columns.waves]
        return answered[-1] if answered else self.workspace.engagement.wave

    def waves_up_to(self, wave: str) -> list[str]:
        """The waves with answers up to and including ``wave``, earliest first; never none."""
        order = list(self.workspace.pack.waves)
        upto = order[: order.index(wave) + 1]
        return [w for w in upto if w in self.columns.waves] or [wave]

    def fit(self, wave: str) -> Fit:
        """Item effects, severities and variances of one wave's answers."""
        columns = self.columns
        if wave not in self._fits:
            priors = self.workspace.pack.file.priors
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
            self._scores[key] = score(data, self._spec(self.workspace.module(module)))
        return self._scores[key]

    def wave_scores(self, module: str, wave: str) -> ModuleScores:
        """Everybody's scores in one module from the answers of one wave alone."""
        data = WaveData(self.fit(wave), self.columns.keyed(wave, module))
        return score([data], self._spec(self.workspace.module(module)))

    def _spec(self, module: Module) -> ModuleSpec:
        columns, pack = self.columns, self.workspace.pack
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
        workspace = self.workspace
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
            self._results[key] = ModuleBuilder(self, columns, module, wave).build()
        return self._results[key]

    def explain(self, candidate: str, module: str, wave: str | None = None) -> Explanation:
        """The account of one score and what would change it."""
        workspace = self.workspace
        person, chosen = workspace.candidate(candidate), workspace.module(module)
        at = self.wave(wave)
        result = self.module(chosen.id, at)
        one = result.of(person.id)
        if one is None:
            raise workspace.not_standing(person, chosen.id)
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
        z = two_sided(self.workspace.pack.file.policy.confidence)
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
