"""A self-test's profile in words: what was said, what it means, where one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Told:
    """One competency or module of the profile: its name, what was given, what that means."""

    name: str
    value: str
    means: tuple[str, ...] = ()
    next_step: str = ""


def profile_groups(session: SelfTest, profile: Profile) -> list[tuple[str, list[Told]]]:
    """What the profile says, under the titles of its groups; a group without answers is left out.

    Nothing at all where nothing was answered.
    """
    groups = [
        (_("How you see yourself"), list(_ratings(session, profile))),
        (_("What you know"), list(_knowledge(session, profile))),
    ]
    return [(title, told) for title, told in groups if told]


def closing_lines(session: SelfTest, profile: Profile) -> list[str]:
    """What stands under the profile: that it counts nowhere, and where one stands from when on."""
    lines = [
        _(
            "None of this counts in any ranking. The knowledge check that counts is taken under "
            "supervision; it may ask the same questions, so which answers were right is told there."
        )
    ]
    if profile.takers < ENOUGH:
        lines.append(
            _(
                "Where you stand among the others is told once {n} people have taken the test."
            ).format(n=ENOUGH)
        )
    if not session.kept:
        lines.append(_("Nothing of this was stored."))
    return lines


def nothing_words() -> str:
    """What is said instead of a profile where nothing was answered."""
    return _("Nothing was answered, so there is nothing to show.")


def profile_lines(session: SelfTest, profile: Profile) -> list[str]:
    """The profile as paragraphs; an empty one stands between groups, titles end in no stop."""
    lines: list[str] = []
    for title, told in profile_groups(session, profile):
        lines.append(title)
        for one in told:
            head = _("{label}: {value}").format(label=one.name, value=one.value)
            lines.append(" · ".join((head, *one.means)))
            lines += ["  " + one.next_step] if one.next_step else []
        lines.append("")
    return [*(lines or [nothing_words(), ""]), *closing_lines(session, profile)]


def _ratings(session: SelfTest, profile: Profile) -> Iterator[Told]:
    pack, scale = session.pack, session.pack.file.scale
    for one in profile.ratings:
        level = scale.levels.get(float(round(one.value)))
        words = pack.say(level, language()) if level else ""
        short = any(one.value < at for at in one.minimums.values())
        yield Told(
            pack.say(pack.competencies[one.competency].name, language()),
            _("{value} of {high}").format(value=f"{one.value:.1f}", high=f"{scale.high:g}"),
            tuple(part for part in (words, *_against(one), _place(one.place)) if part),
            _next_step(session, one) if short else "",
        )


def _against(one: SelfRating) -> Iterator[str]:
    for module, at in one.minimums.items():
        words = (
            _("{module} asks for {at}: reached, as you see it")
            if one.value >= at
            else _("{module} asks for {at}: still to go, as you see it")
        )
        yield words.format(module=module, at=f"{at:g}")


def _next_step(session: SelfTest, one: SelfRating) -> str:
    for action in session.pack.actions_at(one.competency, one.value):
        text = session.pack.say(action.text, language())
        return _("What helps next: {action}").format(action=text)
    return ""


def _knowledge(session: SelfTest, profile: Profile) -> Iterator[Told]:
    for one in profile.knowledge:
        points = _("{earned} of {possible} points").format(
            earned=f"{one.earned:g}", possible=f"{one.possible:g}"
        )
        given = ngettext("{n} of {all} answered", "{n} of {all} answered", one.asked).format(
            n=one.answered, all=one.asked
        )
        yield Told(
            session.pack.say(session.pack.modules[one.module].name, language()),
            points,
            tuple(part for part in (given, _meaning(one), _place(one.place)) if part),
        )


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
