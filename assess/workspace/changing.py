"""What would change a result: which competency, raised to where, moves band, order or status."""

from __future__ import annotations

from collections.abc import Iterator

from assess.model.pack import Pack
from assess.workspace.results import CandidateResult, Line, ModuleResult, WouldChange

MOST = 3
"""Of each kind the easiest few are named; more would be a list, not a hint."""


def would_change(pack: Pack, module: ModuleResult, one: CandidateResult) -> Iterator[WouldChange]:
    """The easiest changes first within each kind: minimums, what to ask next, band, order."""
    yield from _to_count(module, one)
    if one.score is None:
        return
    yield from _minimums(pack, one, one.score)
    bands = sorted(pack.file.bands, key=lambda band: band.start)
    higher = next((band for band in bands if band.start > one.score + 1e-9), None)
    if higher is not None:
        for line, to, score in _reaching(pack, one, one.score, higher.start)[:MOST]:
            yield WouldChange(line.competency, to, score, "band", higher.id)
    above = _next_above(module, one)
    if above is not None and above.score is not None:
        for line, to, score in _reaching(pack, one, one.score, above.score)[:1]:
            yield WouldChange(line.competency, to, score, "order", above.candidate)


def _to_count(module: ModuleResult, one: CandidateResult) -> Iterator[WouldChange]:
    """For who is incomplete: the missing competencies that close the gap, the weightiest first."""
    if one.status != "incomplete":
        return
    must = {m.competency for m in one.minimums if m.state == "not_established"}
    for gap in sorted(one.missing, key=lambda gap: (gap.competency not in must, -gap.weight)):
        yield WouldChange(gap.competency, None, None, "counted", module.module)


def _minimums(pack: Pack, one: CandidateResult, score: float) -> Iterator[WouldChange]:
    lines = {line.competency: line for line in one.lines}
    for minimum in one.minimums:
        line = lines.get(minimum.competency)
        if minimum.state == "missed" and line is not None:
            then = score + line.weight / 100 * _points(pack, minimum.at - line.value)
            yield WouldChange(minimum.competency, minimum.at, then, "minimum", pack.band(then).id)


def _reaching(
    pack: Pack, one: CandidateResult, score: float, wanted: float
) -> list[tuple[Line, float, float]]:
    """Competencies that alone can lift the score to ``wanted``, with the value, least first."""
    found = []
    for line in one.lines:
        if line.weight <= 0:
            continue
        raised = line.value + _units(pack, (wanted - score) / (line.weight / 100))
        if raised <= pack.file.scale.high + 1e-9:
            found.append((raised - line.value, line, raised))
    return [(line, raised, wanted) for _gain, line, raised in sorted(found, key=lambda f: f[0])]


def _next_above(module: ModuleResult, one: CandidateResult) -> CandidateResult | None:
    if one.rank is None or one.score is None:
        return None
    higher = [
        c
        for c in module.candidates
        if c.rank is not None and c.score is not None and c.score > one.score + 1e-9
    ]
    return higher[-1] if higher else None


def _points(pack: Pack, units: float) -> float:
    scale = pack.file.scale
    return 100 * units / (scale.high - scale.low)


def _units(pack: Pack, points: float) -> float:
    scale = pack.file.scale
    return points * (scale.high - scale.low) / 100
