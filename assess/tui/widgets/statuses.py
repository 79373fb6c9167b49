"""What a result means, in words: its status, what to look at, what a minimum or a gap says."""

from __future__ import annotations

from assess.i18n import _, language, ngettext
from assess.model.pack import Pack
from assess.tui.widgets import figures
from assess.workspace.results import CandidateResult, MinimumResult, Missing, ModuleResult


def status_words(pack: Pack, result: CandidateResult) -> str:
    """The status of a result: the name of its band, or why it has none."""
    if result.status == "incomplete":
        return _("incomplete")
    if result.status == "below_minimum":
        return _("below a minimum")
    return band_words(pack, result.band or result.status)


def band_words(pack: Pack, band_id: str) -> str:
    """The name that the pack gives a band."""
    band = next((band for band in pack.file.bands if band.id == band_id), None)
    return pack.say(band.name, language()) if band else band_id


def stands(pack: Pack, result: CandidateResult) -> bool:
    """Whether somebody may be appointed on this result: ranked, in the upper half of the bands."""
    if result.rank is None:
        return False
    bands = sorted(pack.file.bands, key=lambda band: -band.start)
    return result.band in {band.id for band in bands[: max(1, len(bands) // 2)]}


def remarks(module: ModuleResult, result: CandidateResult) -> list[str]:
    """What a reader must know beside the figures, the weightiest first."""
    found = []
    if result.release_open:
        found.append(_("release open: time and cover are not settled"))
    found += [
        _("{gate} says no").format(gate=gate)
        if answer is False
        else _("{gate} open").format(gate=gate)
        for gate, answer in result.gates.items()
        if answer is not True
    ]
    found += [edge_words(minimum) for minimum in result.minimums if on_edge(minimum)]
    if result.coverage < 100 - 1e-9:
        found.append(
            _("{share} of the weight counted").format(share=figures.share(result.coverage))
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
        found.append(_("rated in block {n} of {all}").format(n=result.block, all=module.blocks))
    if figures.beyond_scale(result):
        found.append(_("score {score:.1f}, drawn within 0-100").format(score=result.score))
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
        value=figures.value(minimum.value),
        at=f"{minimum.at:g}",
        p=figures.percent(minimum.p_met),
    )


def missed(result: CandidateResult) -> list[MinimumResult]:
    """The minimums that keep a person out of the order."""
    return [m for m in result.minimums if m.state == "missed" and not m.arrangement]


def missed_words(minimum: MinimumResult) -> str:
    """``BPM 2.9 of 3.5, 0.6 short (met with 4 %)``."""
    return _("{competency} {value} of {at}, {short} short (met with {p})").format(
        competency=minimum.competency,
        value=figures.value(minimum.value),
        at=f"{minimum.at:g}",
        short=f"{max(0.0, minimum.at - (minimum.value or 0.0)):.1f}",
        p=figures.percent(minimum.p_met),
    )


def missing_words(missing: Missing) -> str:
    """``MDM (1 of 2 items)``; only the code where nothing was answered."""
    if not missing.items:
        return missing.competency
    return _("{competency} ({n} of {needed} items)").format(
        competency=missing.competency, n=missing.items, needed=missing.needed
    )


def severity_words(module: ModuleResult) -> str:
    """How far the strictness of raters is known."""
    if module.severity == "assumed":
        return _("severity assumed, not estimated: the raters share no candidates")
    over = ngettext("over {n} rater", "over {n} raters", module.raters).format(n=module.raters)
    blocks = ngettext("{n} block", "{n} blocks", module.blocks).format(n=module.blocks)
    return _("severity estimated {over}, {blocks}").format(over=over, blocks=blocks)
