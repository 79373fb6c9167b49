"""The engagement at a glance: what is covered, what to do next, how far the interviews are.

The last overview is kept in the machine's cache, by codes and without names, so that the first
screen has figures before anything was measured.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.workspace.evidence import disagreements
from assess.workspace.results import CandidateResult, ModuleResult, Ranking

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.workspace import Workspace

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """One of a module's best: score and half its interval in points, and whether it suffices."""

    candidate: str
    score: float
    half: float | None
    band: str
    stands: bool
    """Whether the band suffices for a role (:func:`may_stand`)."""


@dataclass(frozen=True, slots=True)
class ModuleAtGlance:
    """A module with its best two; ``standing`` counts all who suffice."""

    module: str
    best: tuple[Standing, ...]
    standing: int
    ranked: int
    candidates: int


@dataclass(frozen=True, slots=True)
class HalfDone:
    """An interview that was begun and not submitted."""

    candidate: str
    rater: str
    questionnaire: str
    wave: str
    answered: int
    asked: int
    last: str


@dataclass(frozen=True, slots=True)
class OnEdge:
    """A minimum that is met or missed within its error."""

    candidate: str
    module: str
    competency: str
    value: float | None
    at: float
    p_met: float | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Raters who differ on an item so much that they must talk, and no agreed value yet."""

    candidate: str
    item: str
    difference: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A candidate who cannot be ranked in a module, with the competencies to ask next."""

    candidate: str
    module: str
    coverage: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many interviews on a candidate are submitted, and how many begun, in this wave."""

    submitted: int = 0
    begun: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it, as it was ``at`` that time."""

    at: str
    wave: str
    modules: tuple[ModuleAtGlance, ...] = ()
    half_done: tuple[HalfDone, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    edges: tuple[OnEdge, ...] = ()
    gaps: tuple[Gap, ...] = ()
    progress: dict[str, Progress] = field(default_factory=dict)
    raters: int = 0


def may_stand(pack: Pack, result: CandidateResult) -> bool:
    """Whether the result suffices for a role: ranked and in the upper half of the pack's bands."""
    bands = sorted(pack.file.bands, key=lambda band: -band.start)
    upper = {band.id for band in bands[: max(1, len(bands) // 2)]}
    return result.rank is not None and result.band in upper


def overview(workspace: Workspace, ranking: Ranking) -> Overview:
    """The engagement at a glance, from a ranking and the interviews of its wave."""
    interviews = [i for i in workspace.interviews() if i.wave == ranking.wave]
    pack = workspace.pack
    done: dict[str, Progress] = {}
    for interview in interviews:
        if pack.questionnaires[interview.questionnaire].audience != "interviewer":
            continue
        before = done.get(interview.candidate, Progress())
        done[interview.candidate] = Progress(
            before.submitted + interview.submitted, before.begun + (not interview.submitted)
        )
    return Overview(
        at=workspace.clock(),
        wave=ranking.wave,
        modules=tuple(_at_glance(pack, module) for module in ranking.modules),
        half_done=tuple(
            HalfDone(i.candidate, i.rater, i.questionnaire, i.wave, i.answered, i.asked, i.last)
            for i in sorted(interviews, key=lambda i: i.last, reverse=True)
            if not i.submitted and i.form != "self" and workspace.me in (None, i.rater)
        ),
        disputes=tuple(
            Dispute(d.candidate, d.item, d.difference)
            for d in disagreements(workspace)
            if d.agreed is None and d.wave == ranking.wave
        ),
        edges=tuple(sorted(_edges(ranking.modules), key=_by_doubt)),
        gaps=tuple(_gaps(ranking.modules)),
        progress=done,
        raters=ranking.raters,
    )


def _at_glance(pack: Pack, module: ModuleResult) -> ModuleAtGlance:
    ranked = [result for result in module.candidates if result.rank is not None]
    best = tuple(
        Standing(
            result.candidate,
            result.score,
            None if result.high is None or result.low is None else (result.high - result.low) / 2,
            result.band or "",
            may_stand(pack, result),
        )
        for result in ranked[:2]
        if result.score is not None
    )
    standing = sum(may_stand(pack, result) for result in ranked)
    return ModuleAtGlance(module.module, best, standing, len(ranked), len(module.candidates))


def _edges(modules: Iterable[ModuleResult]) -> Iterable[OnEdge]:
    for module in modules:
        for result in module.candidates:
            for m in result.minimums:
                if m.borderline and m.state != "not_established" and not m.arrangement:
                    yield OnEdge(
                        result.candidate, module.module, m.competency, m.value, m.at, m.p_met
                    )


def _by_doubt(edge: OnEdge) -> tuple[float, str, str, str]:
    doubt = abs((0.5 if edge.p_met is None else edge.p_met) - 0.5)
    return doubt, edge.candidate, edge.module, edge.competency


def _gaps(modules: Iterable[ModuleResult]) -> Iterable[Gap]:
    for module in modules:
        for result in module.candidates:
            if result.status == "incomplete":
                missing = sorted(result.missing, key=lambda gap: -gap.weight)
                yield Gap(
                    result.candidate,
                    module.module,
                    result.coverage,
                    tuple(gap.competency for gap in missing),
                )


# -- the last overview, kept on this machine


def save_overview(workspace: Workspace, found: Overview) -> None:
    """Keep an overview for the next start; a cache that cannot be written is no error."""
    path = _path(workspace)
    if path is None:
        return
    content = {"format": _FORMAT, "key": _key(workspace), "overview": asdict(found)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file)
        fresh.replace(path)
    except OSError:
        pass


def saved_overview(workspace: Workspace) -> Overview | None:
    """The overview that was kept last for this engagement and this reader, if there is one."""
    path = _path(workspace)
    if path is None:
        return None
    try:
        content = json.loads(path.read_text())
        if content["format"] != _FORMAT or content["key"] != _key(workspace):
            return None
        return _overview(content["overview"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_overview(workspace: Workspace) -> None:
    """Remove what is kept, as after an erasure."""
    path = _path(workspace)
    if path is not None:
        path.unlink(missing_ok=True)


def _path(workspace: Workspace) -> Path | None:
    folder = getattr(workspace.store, "cache", None)
    return Path(folder) / "overview.json" if folder else None


def _key(workspace: Workspace) -> list[str]:
    engagement = workspace.engagement
    return [engagement.pack.hash, engagement.wave, *engagement.modules, workspace.me or ""]


def _overview(content: dict[str, Any]) -> Overview:
    modules = tuple(
        ModuleAtGlance(**{**one, "best": tuple(Standing(**best) for best in one["best"])})
        for one in content["modules"]
    )
    return Overview(
        at=content["at"],
        wave=content["wave"],
        modules=modules,
        half_done=tuple(HalfDone(**one) for one in content["half_done"]),
        disputes=tuple(Dispute(**one) for one in content["disputes"]),
        edges=tuple(OnEdge(**one) for one in content["edges"]),
        gaps=tuple(Gap(**{**one, "missing": tuple(one["missing"])}) for one in content["gaps"]),
        progress={code: Progress(**one) for code, one in content["progress"].items()},
        raters=content["raters"],
    )
