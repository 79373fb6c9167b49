"""What the cover asks: whom to pin or bar, which team leaves, which phase, wave or day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.errors import BadInput
from assess.i18n import _, language, listed
from assess.tui.screens.choice import ChoiceScreen, Option
from assess.tui.screens.cover_choices import choices_of
from assess.tui.screens.message import LineScreen
from assess.tui.widgets.statuses import short_status
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.tui.screens.cover import CoverScreen
    from assess.tui.screens.ranking_measured import MeasuredScreen
    from assess.workspace.results import CandidateResult
    from assess.workspace.workspace import Workspace

NEWEST, PAST = "newest", "past"


def groups(view: Workspace) -> list[tuple[str, list[str]]]:
    """The teams and departments with those in them who stand for a module, the largest last."""
    found: dict[str, list[str]] = {}
    for person in view.candidates().values():
        if view.modules_of(person):
            for name in dict.fromkeys((person.team, person.department)):
                if name:
                    found.setdefault(name, []).append(person.id)
    return sorted(found.items(), key=lambda one: (len(one[1]), one[0]))


def team_to_mark(view: Workspace, person: str, marked: list[str]) -> list[str]:
    """The team of somebody; where all of it is marked, the department; then all of that again."""
    mine = [codes for _name, codes in groups(view) if person in codes] or [[person]]
    return next((codes for codes in mine if not set(codes) <= {*marked}), mine[-1])


async def mark_a_team(screen: CoverScreen) -> None:
    """Choose a team or department and mark it."""
    known = dict(groups(screen.view))
    options = [Option(name, name, listed(codes)) for name, codes in sorted(known.items())]
    chosen = await screen.app.push_screen_wait(ChoiceScreen(_("Which team leaves?"), options))
    if chosen is not None:
        screen.choices.mark_team(known[chosen])
        screen.show_words()
        screen.try_leaving()


async def pin(screen: CoverScreen) -> None:
    """Choose somebody and a role; where that is pinned, the pin goes."""
    choices = screen.choices
    module, person = screen.under_cursor("module"), screen.under_cursor("person")
    options = [
        Option(
            f"{m}.{role}={one.candidate}",
            f"{m} {role.upper()} {one.candidate}",
            _standing(screen, one),
            _("pinned") if f"{m}.{role}={one.candidate}" in choices.pins else "",
        )
        for m, one in _standing_for(screen, module, person)
        for role in ("a", "b")
    ]
    if module:
        options.sort(key=lambda option: option.value.partition("=")[0])
    title = _("Pin to a role, or take a pin away")
    chosen = await screen.app.push_screen_wait(ChoiceScreen(title, options))
    if chosen is not None:
        place, _equals, code = chosen.partition("=")
        _wish(screen, choices.pin(place, code), choices.bars)


async def bar(screen: CoverScreen) -> None:
    """Choose somebody and from what they are barred; where that is so, the bar is lifted."""
    choices = screen.choices
    module, person = screen.under_cursor("module"), screen.under_cursor("person")
    options = []
    for code in [person] if person else []:
        options.append(Option(code, code, _("from every role")))
    for m, one in _standing_for(screen, module, person):
        both = _("from both roles of {module}").format(module=m)
        options.append(Option(f"{m}={one.candidate}", one.candidate, both))
        options += [
            Option(
                f"{m}.{role}={one.candidate}",
                one.candidate,
                _("from role {role} of {module}").format(role=role.upper(), module=m),
            )
            for role in ("a", "b")
        ]
    marked = [
        Option(o.value, o.head, o.words, _("barred") if o.value in choices.bars else "")
        for o in options
    ]
    title = _("Bar from a role, or lift a bar")
    chosen = await screen.app.push_screen_wait(ChoiceScreen(title, marked))
    if chosen is not None:
        _wish(screen, choices.pins, choices.bar(chosen))


def _wish(screen: CoverScreen, pins: list[str], bars: list[str]) -> None:
    """Take pins and bars over where they can stand together, and plan with them."""
    from assess.workspace.wishes import read_wishes

    try:
        read_wishes(screen.view, pins, bars)
    except BadInput as error:
        screen.app.show_error(error)
        return
    screen.choices.pins, screen.choices.bars = pins, bars
    screen.measure_again()


def _standing_for(
    screen: CoverScreen, module: str, person: str
) -> list[tuple[str, CandidateResult]]:
    """(module, result) of a module's candidates, of a person's modules, or of all."""
    return [
        (found.module, one)
        for found in screen.view.rank(wave=screen.choices.wave).modules
        for one in found.candidates
        if module in ("", found.module) and person in ("", one.candidate)
    ]


def _standing(screen: CoverScreen, one: CandidateResult) -> str:
    return f"{wording.score(one)}  {short_status(screen.view.pack, one)}"


async def phase(screen: CoverScreen) -> None:
    """Choose the phase; the one of the engagement comes from it again."""
    pack, choices = screen.view.pack, screen.choices
    now = screen.view.engagement.phase
    options = [
        Option(
            one.id,
            pack.say(one.name, language()),
            _("release floor {floor} %").format(floor=f"{one.floor:g}"),
            _("now") if one.id == now else "",
        )
        for one in pack.file.phases
    ]
    if not options:
        screen.notify(_("the pack has no phases"))
        return
    at = choices.phase or now or ""
    chosen = await screen.app.push_screen_wait(ChoiceScreen(_("Plan for"), options, at=at))
    if chosen is not None:
        choices.phase = chosen
        screen.measure_again()


async def read_at_another(screen: MeasuredScreen) -> None:
    """Choose the wave, or a past day, that rankings, cover and growth are read at."""
    choices = choices_of(screen.app)
    chosen = await ask_moment(screen.app, choices.wave, choices.as_of)
    if chosen is not None:
        choices.wave, choices.as_of = chosen
        screen.measure_again()


async def ask_moment(
    app: AssessApp, wave: str | None, as_of: str | None
) -> tuple[str | None, str | None] | None:
    """The wave and the past day to read, None for the newest and for now; None where it was left.

    A day is asked for until it is one.
    """
    pack = app.workspace.pack
    options = [Option(NEWEST, _("now"), _("the newest wave with answers"))]
    options += [
        Option(
            f"wave:{one.id}",
            one.id,
            pack.say(one.name, language()),
            _("shown") if one.id == wave else "",
        )
        for one in pack.file.waves
    ]
    options.append(
        Option(PAST, _("as of a day"), _("as the records stood at the end of it"), as_of or "")
    )
    at = PAST if as_of else f"wave:{wave}" if wave else NEWEST
    title = _("Read at which wave or day?")
    chosen = await app.push_screen_wait(ChoiceScreen(title, options, at=at))
    if chosen is None or chosen == NEWEST:
        return None if chosen is None else (None, None)
    if chosen != PAST:
        return chosen.partition(":")[2], None
    asked = _("As of which day? Written like 2026-05-31")
    day = await app.push_screen_wait(LineScreen(_("As of a day"), asked))
    if day is None:
        return None
    from assess.workspace.past import as_of as view

    try:
        view(app.workspace, day)
    except BadInput as error:
        app.show_error(error)
        return None
    return wave, day


def export_plan(app: AssessApp, what: str) -> None:
    """Open the export with what was chosen on the cover."""
    from assess.tui.screens.export import ExportScreen

    choices = choices_of(app)
    view = choices.view(app.workspace)
    app.push_screen(ExportScreen(what=what, further=choices.wanted(), view=view))
