"""A self-test's profile in words: what was said, what it means, where one stands."""

from __future__ import annotations

from collections.abc import Iterator

from assess.i18n import _, language, ngettext
from assess.workspace.selftest import ENOUGH, Known, Place, Profile, SelfRating, SelfTest

_SURE, _BASE = 0.8, 0.5
"""Shares of the points from which on knowledge is called sure, or a base to build on."""


def consent_words() -> str:
    """What a candidate is told before the self-test."""
    return _(
        "This is a self-test. It counts in no ranking and no decision. Interviewers do not see it; "
        "whoever runs the programme can, to prepare the talk with you. You may leave any question "
        "open, stop at any time, and have it removed."
    )


def profile_lines(session: SelfTest, profile: Profile) -> list[str]:
    """The profile as paragraphs; an empty one stands between groups, titles end in no stop."""
    lines: list[str] = []
    if profile.ratings:
        lines += [_("How you see yourself"), *_ratings(session, profile), ""]
    if profile.knowledge:
        lines += [_("What you know"), *_knowledge(session, profile), ""]
    if not lines:
        lines += [_("Nothing was answered, so there is nothing to show."), ""]
    lines.append(
        _(
            "None of this counts in any ranking. The knowledge check that counts is taken under "
            "supervision; it may ask the same questions, so which answers were right is told there."
        )
    )
    if profile.takers < ENOUGH:
        lines.append(
            _(
                "Where you stand among the others is told once {n} people have taken the test."
            ).format(n=ENOUGH)
        )
    if not session.kept:
        lines.append(_("Nothing of this was stored."))
    return lines


def _ratings(session: SelfTest, profile: Profile) -> Iterator[str]:
    pack, scale = session.pack, session.pack.file.scale
    for one in profile.ratings:
        name = pack.say(pack.competencies[one.competency].name, language())
        level = scale.levels.get(float(round(one.value)))
        words = pack.say(level, language()) if level else ""
        value = _("{value} of {high}").format(value=f"{one.value:.1f}", high=f"{scale.high:g}")
        head = f"{name}: {value}"
        yield " · ".join(part for part in (head, words, *_against(one), _place(one.place)) if part)
        if any(one.value < at for at in one.minimums.values()):
            yield from _next_step(session, one)


def _against(one: SelfRating) -> Iterator[str]:
    for module, at in one.minimums.items():
        words = (
            _("{module} asks for {at}: reached, as you see it")
            if one.value >= at
            else _("{module} asks for {at}: still to go, as you see it")
        )
        yield words.format(module=module, at=f"{at:g}")


def _next_step(session: SelfTest, one: SelfRating) -> Iterator[str]:
    development = session.pack.development
    if development is None:
        return
    level = development.level(one.value)
    for action in development.actions:
        if action.competency == one.competency and action.level == level:
            text = session.pack.say(action.text, language())
            yield "  " + _("What helps next: {action}").format(action=text)
            return


def _knowledge(session: SelfTest, profile: Profile) -> Iterator[str]:
    for one in profile.knowledge:
        name = session.pack.say(session.pack.modules[one.module].name, language())
        points = _("{earned} of {possible} points").format(
            earned=f"{one.earned:g}", possible=f"{one.possible:g}"
        )
        given = ngettext("{n} of {all} answered", "{n} of {all} answered", one.asked).format(
            n=one.answered, all=one.asked
        )
        parts = (f"{name}: {points}", given, _meaning(one), _place(one.place))
        yield " · ".join(part for part in parts if part)


def _meaning(one: Known) -> str:
    if not one.answered:
        return ""
    share = one.earned / one.possible
    if share >= _SURE:
        return _("you are sure of this; what is missing is a detail")
    if share >= _BASE:
        return _("a base to build on; go through the topics you guessed at")
    return _("begin here: read up on the module before the supervised check")


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    others = place.lower + place.equal + place.higher
    return _("of {others} others {lower} are lower, {equal} equal, {higher} higher").format(
        others=others, lower=place.lower, equal=place.equal, higher=place.higher
    )
