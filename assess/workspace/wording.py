"""Results in words and digits, the same on every screen, in every command and export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess import i18n
from assess.i18n import _, clauses, listed, ngettext

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.results import (
        CandidateResult,
        Explanation,
        MinimumResult,
        ModuleResult,
        Ranking,
        WouldChange,
    )

DASH = "–"
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """``text`` without what would steer a terminal or turn the words around it."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub("", text)


def number(value: float | None, digits: int = 1) -> str:
    """A figure in points; a dash where it is undefined."""
    if value is None:
        return DASH
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def signed(value: float | None, digits: int = 1) -> str:
    """A correction with its sign; a dash where nothing was corrected."""
    if value is None:
        return DASH
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text


def value(units: float | None) -> str:
    """A competency's value in units of the scale."""
    return number(units, 2)


def half_width(result: CandidateResult) -> str:
    """Half the width of the score's confidence interval."""
    if result.score is None or result.high is None:
        return DASH
    return number(result.high - result.score)


def score(result: CandidateResult) -> str:
    """A score with its error: ``66.3 ±7.1``."""
    if result.score is None:
        return DASH
    if result.high is None:
        return number(result.score)
    return f"{number(result.score)} ±{half_width(result)}"


def value_with_error(units: float | None, error: float | None) -> str:
    """A competency's value with half its confidence interval, in units of the scale."""
    if units is None:
        return DASH
    return value(units) if error is None else f"{value(units)} ±{value(error)}"


def percent(share: float | None) -> str:
    """A probability as a percentage; never 0 or 100 where it is neither."""
    if share is None:
        return DASH
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 <= share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def coverage(share: float) -> str:
    """Coverage, 0-100, as a percentage; 100 only where nothing is missing."""
    if 99.5 <= share < 100 - 1e-9:
        return ">99 %"
    return f"{share:.0f} %"


def span(low: float, high: float) -> str:
    """A rank interval: ``1–3``, or one place."""
    first, last = round(low), round(high)
    return str(first) if first == last else f"{first}–{last}"


def band(pack: Pack, band_id: str | None) -> str:
    """A band's name in the language in use."""
    for one in pack.file.bands:
        if one.id == band_id:
            return pack.say(one.name, i18n.language())
    return DASH


def status(pack: Pack, result: CandidateResult) -> str:
    """The status in words, with what keeps it from being more."""
    if result.status == "incomplete":
        words = _("incomplete")
        missing = [
            m.competency
            for m in result.minimums
            if m.state == "not_established" and not m.arrangement
        ]
        if missing:
            words = _("incomplete: {competencies} not established").format(
                competencies=listed(missing)
            )
    elif result.status == "below_minimum":
        words = _("below a minimum: {minimums}").format(minimums=missed_minimums(result))
    else:
        words = band(pack, result.status)
    notes = [words]
    if result.release_open:
        notes.append(_("release open"))
    notes += [
        _("{gate} says no").format(gate=gate) for gate, yes in result.gates.items() if yes is False
    ]
    if any(m.borderline for m in result.minimums if m.state == "met"):
        notes.append(_("a minimum on the edge"))
    if result.open_interviews:
        notes.append(_("interview open"))
    return " · ".join(notes)


def state_words() -> dict[str, str]:
    """Why there may be no value: states of an answer, and the words for them."""
    return {
        "not_asked": _("not asked"),
        "not_observed": _("not observed"),
        "declined": _("declined"),
    }


def missed_minimums(result: CandidateResult) -> str:
    """The minimums of the person that are missed: ``BPM 2.90 of 3.5``."""
    return listed(
        _("{competency} {value} of {at}").format(
            competency=m.competency, value=value(m.value), at=f"{m.at:g}"
        )
        for m in result.missed
    )


def severity(module: ModuleResult) -> str:
    """In words, whether raters' severities are estimated."""
    if not module.raters:
        return _("no ratings yet")
    raters = ngettext("{n} rater", "{n} raters", module.raters).format(n=module.raters)
    if module.severity == "estimated":
        told = _("severity estimated over {raters}").format(raters=raters)
    else:
        told = _(
            "severity assumed, not estimated, for raters who share no candidate with others "
            "({raters})"
        ).format(raters=raters)
    if module.blocks < 2:
        return told
    apart = _("the raters form {n} groups without a candidate in common, compare within a group")
    return clauses([told, apart.format(n=module.blocks)])


def severity_of(result: CandidateResult) -> str:
    """In words, whether the severities in one score are estimated."""
    if not result.raters:
        return _("no ratings yet")
    if result.severity == "estimated":
        return _("the raters' severity is estimated from candidates whom others rated too")
    return _(
        "the raters' severity is assumed, not estimated: "
        "a rater here shares no candidate with others"
    )


def minimum(result: MinimumResult) -> str:
    """One minimum in words: ``BPM 3.5: 3.71 met (71 %)``."""
    if result.state == "not_established":
        return _("{competency} {at}: not established").format(
            competency=result.competency, at=f"{result.at:g}"
        )
    verdict = _("met") if result.state == "met" else _("missed")
    if result.p_met is None:
        return f"{result.competency} {result.at:g}: {value(result.value)} {verdict}"
    line = _("{competency} {at}: {value} {verdict} (met with {p})").format(
        competency=result.competency,
        at=f"{result.at:g}",
        value=value(result.value),
        verdict=verdict,
        p=percent(result.p_met),
    )
    return _("{minimum}, not sure").format(minimum=line) if result.borderline else line


def minimum_lines(result: CandidateResult) -> Iterator[str]:
    """All minimums, the least sure first."""
    if result.minimums:
        ordered = sorted(result.minimums, key=lambda m: -1 if m.p_met is None else m.p_met)
        yield _("minimums") + "   " + "   ".join(minimum(one) for one in ordered)
    if result.release_open:
        yield _("release open: to be settled with the line manager before an appointment")


def missing_lines(pack: Pack, result: CandidateResult) -> Iterator[str]:
    """What is not counted, and why."""
    for gap in result.missing:
        name = pack.say(pack.competencies[gap.competency].name, i18n.language())
        yield _(
            "not counted: {competency} {name}, {items} of {needed} items, {weight} % of the weight"
        ).format(
            competency=gap.competency,
            name=name,
            items=gap.items,
            needed=gap.needed,
            weight=f"{gap.weight:g}",
        )


def knowledge_notes(result: CandidateResult) -> Iterator[str]:
    """Where keyed items were answered too few to count."""
    for line in result.lines:
        if line.knowledge_short:
            yield ngettext(
                "{competency}: {n} knowledge item answered; fewer than four do not count",
                "{competency}: {n} knowledge items answered; fewer than four do not count",
                line.knowledge_items,
            ).format(competency=line.competency, n=line.knowledge_items)


def gate_lines(pack: Pack, result: CandidateResult) -> Iterator[str]:
    """Gates that refuse an appointment until they are yes."""
    for gate, given in result.gates.items():
        if given is not True:
            ask = pack.say(pack.items[gate].ask, i18n.language())
            answer = _("no") if given is False else _("not known")
            yield _("gate {gate}: {answer} ({ask})").format(gate=gate, answer=answer, ask=ask)


def change_lines(pack: Pack, found: Explanation) -> Iterator[str]:
    """What would change the result, a line each."""
    language = i18n.language()
    for change in found.would_change:
        if change.effect == "another_rater":
            yield _("another interviewer would narrow ±{now} to about ±{then}").format(
                now=half_width(found.result), then=_then(found, change.se)
            )
        elif change.effect == "more_items":
            yield _("twice as many questions by the same interviewers: to about ±{then}").format(
                then=_then(found, change.se)
            )
        else:
            name = pack.say(pack.competencies[change.what].name, language)
            outcome = _outcome(pack, change)
            if change.to is None:
                yield f"{change.what} {name} → {outcome}"
            else:
                yield _("{competency} {name} at {to} → {score}, {outcome}").format(
                    competency=change.what,
                    name=name,
                    to=value(change.to),
                    score=number(change.score),
                    outcome=outcome,
                )


def _outcome(pack: Pack, change: WouldChange) -> str:
    if change.effect == "minimum":
        return _("minimum met, {band}").format(band=band(pack, change.status))
    if change.effect == "order":
        return _("level with {candidate}").format(candidate=change.status)
    if change.effect == "counted":
        return _("asked next; it would count")
    return band(pack, change.status)


def _then(found: Explanation, error: float | None) -> str:
    now = found.result
    if error is None or now.se is None or now.high is None or now.score is None or not now.se:
        return DASH
    return number((now.high - now.score) * error / now.se)


def method(pack: Pack, ranking: Ranking) -> str:
    """How the figures come about, in one short paragraph."""
    priors = ranking.priors
    policy = pack.file.policy
    return _(
        "Method: each rating becomes points of 0-100 on its scale. Differences between items and "
        "the raters' severity are estimated from candidates that several raters rated, and taken "
        "out; a competency counts from {items} rating items on and is the mean over raters; "
        "knowledge items are corrected for guessing. The score is the weighted mean of the counted "
        "competencies, shown with its {confidence} interval from the variances between raters, "
        "items and answers (prior standard deviations rater {rater:g}, halo {halo:g}, within a "
        "cell {cell:g}, candidates {candidate:g} points, strength {strength:g}). Ranks and chances "
        "of the top {k} come from simulated draws with a fixed seed ({seed}). Minimums never enter "
        "the score. Pack {pack} {version}."
    ).format(
        items=policy.min_items,
        confidence=f"{100 * policy.confidence:g} %",
        k=policy.top,
        seed=ranking.seed,
        pack=ranking.pack["id"],
        version=ranking.pack["version"],
        **priors,
    )
