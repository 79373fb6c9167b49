"""The engagement at a glance: what is covered, what to do next, how far the interviews are.

What is known without measuring comes first; who holds or is proposed for the roles follows, as that
takes a plan over all modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.cover_results import CoverPlan, ModuleCover
    from assess.workspace.results import CandidateResult, ModuleResult, Ranking
    from assess.workspace.workspace import Workspace

_NAMED = 20
"""So many of what raters differ on are named; their number is told of all."""


class Standing(NamedTuple):
    """One of a module's best: score and half its interval in points, and whether it suffices."""

    candidate: str
    score: float
    half: float | None
    band: str
    stands: bool
    """Whether the band suffices for a role (:func:`may_stand`)."""


class ModuleAtGlance(NamedTuple):
    """A module with its best two; ``standing`` counts all who suffice."""

    module: str
    best: tuple[Standing, ...]
    standing: int
    ranked: int
    candidates: int


class Roles(NamedTuple):
    """Who holds role A and role B of a module, by decision or as proposed, and what stands open."""

    module: str
    a: Standing | None
    b: Standing | None
    decided: bool
    flags: tuple[str, ...] = ()
    """Red and amber ones in a few words, the red first."""
    red: bool = False
    """Whether one of them is red."""
    refused: tuple[str, ...] = ()
    """Whose release or gate is open."""

    @property
    def covered(self) -> bool:
        """Whether both roles are filled."""
        return self.a is not None and self.b is not None


class Overdue(NamedTuple):
    """An action whose date is past."""

    candidate: str
    action: str
    due: str


class HalfDone(NamedTuple):
    """An interview that was begun and not submitted."""

    candidate: str
    rater: str
    questionnaire: str
    wave: str
    answered: int
    asked: int
    last: str


class OnEdge(NamedTuple):
    """A minimum that is met or missed within its error."""

    candidate: str
    module: str
    competency: str
    value: float | None
    at: float
    p_met: float | None
    state: str = "met"


class Dispute(NamedTuple):
    """Raters who differ on an item so much that they must talk, and no agreed value yet."""

    candidate: str
    item: str
    difference: float


class Gap(NamedTuple):
    """A candidate who cannot be ranked in a module, with the competencies to ask next."""

    candidate: str
    module: str
    coverage: float
    missing: tuple[str, ...]


class Progress(NamedTuple):
    """How many interviews on a candidate are submitted, and how many begun, in this wave."""

    submitted: int = 0
    begun: int = 0


class Overview(NamedTuple):
    """All of it, as it was ``at`` that time."""

    at: str
    wave: str
    modules: tuple[ModuleAtGlance, ...] = ()
    half_done: tuple[HalfDone, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    """The widest of them; how many there are says ``disputed``."""
    edges: tuple[OnEdge, ...] = ()
    gaps: tuple[Gap, ...] = ()
    progress: Mapping[str, Progress] = MappingProxyType({})
    raters: int = 0
    roles: tuple[Roles, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    past: tuple[str, ...] = ()
    """Candidates whose records should be gone."""
    conflicts: int = 0
    """Subjects that were recorded differently on two laptops."""
    disputed: int = 0

    @property
    def deciding_edges(self) -> tuple[OnEdge, ...]:
        """The minimums on the edge that decide something.

        Those of who holds or is proposed for a role, and those missed within error, which keep
        somebody out of the order. With few raters most minimums are on the edge.
        """
        holders = {
            (one.module, held.candidate) for one in self.roles for held in (one.a, one.b) if held
        } or {(one.module, best.candidate) for one in self.modules for best in one.best}
        return tuple(
            edge
            for edge in self.edges
            if edge.state == "missed" or (edge.module, edge.candidate) in holders
        )


def may_stand(pack: Pack, result: CandidateResult) -> bool:
    """Whether the result suffices for a role: ranked and in the upper half of the pack's bands."""
    bands = sorted(pack.file.bands, key=lambda band: -band.start)
    upper = {band.id for band in bands[: max(1, len(bands) // 2)]}
    return result.rank is not None and result.band in upper


def overview(workspace: Workspace, ranking: Ranking) -> Overview:
    """The engagement at a glance, from a ranking and the interviews of its wave."""
    # some of them load NumPy; home, which shows what was kept, needs none of them
    from datetime import date

    from assess.workspace.agreed import overdue
    from assess.workspace.conflicts import conflicts
    from assess.workspace.evidence import apart
    from assess.workspace.privacy import retention

    interviews = [i for i in workspace.interviews() if i.wave == ranking.wave]
    pack, agreed = workspace.pack, workspace.agreed_values()
    disputed = [
        one[:3]
        for one in apart(workspace)
        if one.wave == ranking.wave and (one.candidate, one.item, one.wave) not in agreed
    ]
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
            Dispute(candidate, item, -minus)
            for minus, candidate, item in nsmallest(_NAMED, disputed)
        ),
        disputed=len(disputed),
        edges=tuple(sorted(_edges(ranking.modules), key=_by_doubt)),
        gaps=tuple(_gaps(ranking.modules)),
        progress=done,
        raters=ranking.raters,
        overdue=tuple(Overdue(one.candidate, one.action, one.due) for one in overdue(workspace)),
        past=tuple(
            one.candidate
            for one in retention(workspace, date.fromisoformat(workspace.clock()[:10])).people
        ),
        conflicts=len(conflicts(workspace)),
    )


def with_roles(workspace: Workspace, ranking: Ranking, found: Overview) -> Overview:
    """The overview with the roles of each module: as decided, else as the plan proposes."""
    from assess.workspace.covering import plan

    planned: CoverPlan = plan(workspace, decided=True, explain=False)
    orders = {module.module: module for module in ranking.modules}
    return found._replace(
        roles=tuple(
            _roles(workspace.pack, orders[module.module], module)
            for module in planned.modules
            if module.module in orders
        ),
    )


def _roles(pack: Pack, order: ModuleResult, cover: ModuleCover) -> Roles:
    decided = cover.decided is not None
    seats = {"a": cover.a, "b": cover.b}
    codes: Mapping[str, str | None] = {
        role: seat.candidate if seat else None for role, seat in seats.items()
    }
    if cover.decided is not None:
        codes = dict(zip(("a", "b"), cover.decided, strict=True))
    raised = [flag for flag in cover.flags if flag.level != "green" and flag.short]
    raised.sort(key=lambda flag: flag.level != "red")
    return Roles(
        cover.module,
        _holder(pack, order, codes["a"]),
        _holder(pack, order, codes["b"]),
        decided,
        tuple(flag.short for flag in raised),
        any(flag.level == "red" for flag in raised),
        tuple(seat.candidate for seat in seats.values() if seat and seat.refused),
    )


def _holder(pack: Pack, order: ModuleResult, code: str | None) -> Standing | None:
    result = order.of(code) if code else None
    return None if result is None or result.score is None else _standing(pack, result)


def _at_glance(pack: Pack, module: ModuleResult) -> ModuleAtGlance:
    ranked = [result for result in module.candidates if result.rank is not None]
    best = tuple(_standing(pack, result) for result in ranked[:2])
    standing = sum(may_stand(pack, result) for result in ranked)
    return ModuleAtGlance(module.module, best, standing, len(ranked), len(module.candidates))


def _standing(pack: Pack, result: CandidateResult) -> Standing:
    half = None if result.high is None or result.low is None else (result.high - result.low) / 2
    return Standing(
        result.candidate, result.score or 0.0, half, result.band or "", may_stand(pack, result)
    )


def _edges(modules: Iterable[ModuleResult]) -> Iterable[OnEdge]:
    for module in modules:
        for result in module.candidates:
            for m in result.minimums:
                if m.borderline and m.state != "not_established" and not m.arrangement:
                    yield OnEdge(
                        result.candidate,
                        module.module,
                        m.competency,
                        m.value,
                        m.at,
                        m.p_met,
                        m.state,
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
