"""Growth in words: what closes a gap, how far an action is, how somebody changed between waves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assess import i18n
from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.workspace.wording import band, number, score, signed, status, value

if TYPE_CHECKING:
    from assess.workspace.changes import WaveChange
    from assess.workspace.developing import Growth

_SE = 1.96
"""Half the width of a 95 % interval in standard errors; beyond it a change is marked."""


def state_name(state: str) -> str:
    """A state of an action in words."""
    return {
        "planned": _("planned"),
        "started": _("started"),
        "done": _("done"),
        "dropped": _("dropped"),
    }.get(state, state)


def closes_words(closes: tuple[tuple[str, float | None, float | None], ...]) -> str:
    """What somebody takes to be role B; empty where nothing."""
    parts = [
        _("{competency} from {now} to {to}").format(competency=g, now=value(now), to=value(to))
        if now is not None
        else _("{competency} to be established").format(competency=g)
        for g, now, to in closes
    ]
    return _("role B with: {what}").format(what=listed(parts)) if parts else ""


def standing_words(pack: Pack, found: Growth) -> Iterator[tuple[str, str]]:
    """Each module, and how one stands for it: score, status, what is short of the next band, B."""
    could = {one.module: one for one in found.as_b}
    for module, one in found.results:
        parts = [score(one), status(pack, one)]
        if (next_band := found.next_bands[module]) is not None:
            name, points = next_band
            parts.append(
                _("{points} to {band}").format(points=number(points), band=band(pack, name))
            )
        parts.append(closes_words(could[module].closes) or _("may stand as role B"))
        yield module, " · ".join(parts)


def train_words(candidate: str, closes: Iterable[tuple[str, float | None, float | None]]) -> str:
    """Whom to train in what: ``train QI: BPM, GAP``."""
    return _("train {candidate}: {what}").format(
        candidate=candidate, what=listed(competency for competency, _now, _to in closes)
    )


def change_lines(pack: Pack, changes: Iterable[WaveChange]) -> Iterator[str]:
    """Each change between two waves, its competencies, and the question to the organisation."""
    language = i18n.language()
    for change in changes:
        first, second = (
            pack.say(pack.waves[w].name, language) for w in (change.from_wave, change.to_wave)
        )
        verdict = _("beyond error") if change.reliable else _("within error")
        yield ""
        yield (
            f"{change.module}  {first} → {second}  "
            f"{number(change.before)} → {number(change.after)}  "
            f"{signed(change.change)} ±{number(_SE * change.sed)}  {verdict}"
        )
        for part in change.competencies:
            mark = _("beyond error") if part.reliable else ""
            yield (
                f"  {part.competency}  {value(part.before)} → {value(part.after)}  "
                f"{signed(part.change, 2)} ±{number(_SE * part.sed, 2)}  {mark}".rstrip()
            )
        if change.question:
            yield "  ? " + change.question
