"""What a result means, in words: its status, what to look at, what a minimum or a gap says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assess.i18n import _, ngettext
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.results import CandidateResult, MinimumResult, Missing, ModuleResult


def status_words(pack: Pack, result: CandidateResult) -> str:
    """The status of a result: the name of its band, or why it has none."""
    if result.status == "incomplete":
        return _("incomplete")
    if result.status == "below_minimum":
        return _("below a minimum")
    return wording.band(pack, result.band)


def short_status(pack: Pack, result: CandidateResult) -> str:
    """The status where room is short: a band's name up to its explanation."""
    return short_name(status_words(pack, result))


def short_name(name: str) -> str:
    """``Ready with plan: role A or B`` without what follows the colon or stands in brackets."""
    return re.split(r"\s*[:：(（]", name, maxsplit=1)[0].strip() or name


def places(result: CandidateResult) -> str:
    """``2–6``, the places that the ranking leaves open; one figure where there is no interval."""
    if result.rank is None:
        return wording.DASH
    if result.rank_low is None or result.rank_high is None:
        return str(result.rank)
    return wording.span(result.rank_low, result.rank_high)


def in_words(
    pack: Pack, module: ModuleResult, result: CandidateResult, *, names: bool = True
) -> str:
    """A row of the ranking read aloud."""
    who = result.candidate
    if names and result.name:
        who = f"{result.name} ({result.candidate})"
    if result.score is None:
        return _("{who}: no score yet").format(who=who)
    said = [f"{who}: {wording.score(result)}"]
    if result.rank is None:
        said.append(_("not ranked, {status}").format(status=status_words(pack, result)))
        low, high = result.bounds
        if result.coverage < 100 - 1e-9:
            said.append(
                _("between {low} and {high} with what is missing").format(
                    low=wording.number(low), high=wording.number(high)
                )
            )
        return " · ".join(said)
    said.append(_("place {places}").format(places=places(result)))
    if result.p_top is not None:
        said.append(_("top {k}: {p}").format(k=module.k, p=wording.percent(result.p_top)))
    return " · ".join([*said, status_words(pack, result)])


def remarks(module: ModuleResult, result: CandidateResult, *, short: bool = True) -> list[str]:
    """What a reader must know beside the figures, the weightiest first.

    Without ``short`` gates and minimums are left to the places that tell them at length.
    """
    found: list[str] = []
    if result.release_open:
        found.append(_("release open: time and cover are not settled"))
    if short:
        found += [
            (_("{gate} says no") if answer is False else _("{gate} open")).format(gate=gate)
            for gate, answer in result.gates.items()
            if answer is not True
        ]
    if result.coverage < 100 - 1e-9:
        found.append(
            _("{share} of the weight counted").format(share=wording.coverage(result.coverage))
        )
    if result.open_interviews:
        found.append(
            ngettext(
                "{n} interview not submitted",
                "{n} interviews not submitted",
                result.open_interviews,
            ).format(n=result.open_interviews)
        )
    if result.severity == "assumed":
        found.append(_("severity assumed, not estimated"))
    if module.blocks > 1 and result.block is not None:
        found.append(
            _("rated in group {n} of {all}, compare within it").format(
                n=result.block, all=module.blocks
            )
        )
    if result.score is not None and not 0 <= result.score <= 100:
        found.append(_("drawn within 0-100"))
    if short:  # most minimums are on the edge with few raters, so they come last
        found += [edge_words(minimum) for minimum in result.minimums if on_edge(minimum)]
    return found


def needs_look(result: CandidateResult) -> bool:
    """Whether something stands in the way of an appointment that the figures do not show."""
    return result.release_open or any(answer is not True for answer in result.gates.values())


def on_edge(minimum: MinimumResult) -> bool:
    """Whether a minimum of the person is met or missed so closely that it may be the other way."""
    return minimum.borderline and minimum.state != "not_established" and not minimum.arrangement


def edge_words(minimum: MinimumResult) -> str:
    """``BPM 3.7 of 3.5, met with 71 %``."""
    return _("{competency} {value} of {at}, met with {p}").format(
        competency=minimum.competency,
        value=wording.value(minimum.value),
        at=f"{minimum.at:g}",
        p=wording.percent(minimum.p_met),
    )


def missed(result: CandidateResult) -> list[MinimumResult]:
    """The minimums that keep a person out of the order."""
    return result.missed


def missed_words(minimum: MinimumResult) -> str:
    """``BPM 2.9 of 3.5, 0.6 short (met with 4 %)``."""
    return _("{competency} {value} of {at}, {short} short (met with {p})").format(
        competency=minimum.competency,
        value=wording.value(minimum.value),
        at=f"{minimum.at:g}",
        short=f"{max(0.0, minimum.at - (minimum.value or 0.0)):.1f}",
        p=wording.percent(minimum.p_met),
    )


def missing_words(missing: Missing) -> str:
    """``MDM (1 of 2)``; only the code where nothing was answered."""
    if not missing.items:
        return missing.competency
    return _("{competency} ({n} of {needed})").format(
        competency=missing.competency, n=missing.items, needed=missing.needed
    )
