"""The engagement at a glance as lines: modules with their best two, what to do, candidates."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assess.i18n import _, language
from assess.tui.widgets.cells import Spans, cell_len, columns, fit, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row, prose_rows, text_row
from assess.tui.widgets.statuses import short_name
from assess.workspace import wording
from assess.workspace.overview import Overview, Progress, Roles, Standing

if TYPE_CHECKING:
    from assess.workspace.glance import Glance, Person

_WIDE = 110
_DOTS_MOST = 6
_NAME_LEAST = 16
_NAME_MOST = 40


def module_rows(now: Glance, found: Overview | None, waiting: str) -> list[Row]:
    """A line for each module: who holds or is proposed for A and B, and what is open.

    ``waiting`` stands where nothing is known.
    """
    known = {one.module: one for one in found.roles} if found else {}
    slots = [_Slot(now, known.values(), role) for role in ("a", "b")]
    code = widest(now.modules, most=10)
    said = {module: _state_words(one) for module, one in known.items()}
    states = widest([words for words, _urgent in said.values()])
    names = {module: now.face.module(module, language()) for module in now.modules}
    longest = widest(list(names.values()), most=_NAME_MOST)

    def draw(module: str) -> Callable[[int], Spans]:
        name = names[module]

        def line(width: int) -> Spans:
            wide = width >= _WIDE
            room = width - 3 - code - 1 - 2
            taken = sum(slot.width(wide) for slot in slots)
            # the names of modules give way to what stands open
            name_cells = min(longest, max(_NAME_LEAST, room - taken - states - 1))
            urgent = module in said and said[module][1]
            spans: Spans = [(" ! " if urgent else "   ", "warning")]
            spans += columns([(module, code, "strong"), (name, name_cells, "")])
            spans.append(("  ", ""))
            if module not in known:
                return [*spans, (waiting, "muted")]
            for slot in slots:
                spans += slot.draw(known[module], wide)
            spans.append((said[module][0], "warning" if urgent else "muted"))
            return spans

        return line

    return [Row(draw(module), f"module:{module}", module) for module in now.modules]


def _state_words(one: Roles) -> tuple[str, bool]:
    """``proposed · hand-over 63 d``, and whether it presses."""
    said = [_("decided") if one.decided else _("proposed")]
    if one.a is None and one.b is None:
        said = [_("nobody for A or B")]
    elif one.a is None:
        said.append(_("no role A"))
    elif one.b is None:
        said.append(_("no role B"))
    if one.refused:
        said.append(_("release open"))
    return " · ".join(dict.fromkeys([*said, *one.flags])), not one.covered or one.red


class _Slot:
    """Role A or B beside a module, as wide as the widest that stands in it."""

    def __init__(self, now: Glance, modules: Iterable[Roles], role: str) -> None:
        self._now = now
        self._role = role
        there = [held for held in map(self._held, modules) if held is not None]
        self._who = widest([held.candidate for held in there], least=2, most=10)
        self._name = widest([self._called(held) for held in there], most=14)
        self._score = widest([_score(held) for held in there], least=2)
        self._status = widest([self._band(held) for held in there], most=18)

    def _held(self, one: Roles) -> Standing | None:
        return one.a if self._role == "a" else one.b

    def _called(self, held: Standing) -> str:
        person = self._now.people.get(held.candidate)
        return person.name if person else ""

    def _band(self, held: Standing) -> str:
        if not held.band:
            return wording.DASH
        return short_name(self._now.face.band(held.band, language()))

    def width(self, wide: bool) -> int:
        """The cells it takes, with the gap behind it."""
        cells = (1, self._who, self._name if wide else 0, self._score, self._status if wide else 0)
        return sum(cell + 1 for cell in cells if cell) + 1

    def draw(self, one: Roles, wide: bool) -> Spans:
        """The role's letter and who holds it: code, score with error, band in words."""
        held = self._held(one)
        letter = (self._role.upper(), "accent")
        if held is None:
            return [letter, (fit(" " + wording.DASH, self.width(wide) - 1), "muted")]
        cells = [
            (held.candidate, self._who, "strong"),
            (self._called(held), self._name if wide else 0, ""),
            (_score(held), -self._score, ""),
            (self._band(held), self._status if wide else 0, "" if held.stands else "muted"),
        ]
        return [letter, (" ", ""), *columns(cells), ("  ", "")]


def _score(held: Standing) -> str:
    half = "" if held.half is None else f" ±{held.half:.0f}"
    return f"{held.score:.0f}{half}"


def todo_row(key: str, count: int, words: str, leads_to: str, by: str) -> Row:
    """How many of what wait, where that leads, and the key that goes there from any line."""

    def draw(width: int) -> Spans:
        aside = f"  {leads_to} {by or glyphs().above}"
        room = width - 6 - cell_len(aside) - 1
        return [
            (f"{count:>4}  ", "strong"),
            (fit(words, room), ""),
            (aside, "accent"),
            (" ", ""),
        ]

    # found are candidates; a line of what waits may name them too
    return Row(draw, f"todo:{key}", "")


def candidate_rows(now: Glance, found: Overview | None) -> list[Row]:
    """A line for each candidate: how far the interviews are, and for which modules."""
    people = list(now.people.values())
    code = widest([person.id for person in people], least=2, most=12)
    name = widest([person.name for person in people], most=20)
    department = widest([person.department for person in people], most=26)
    progress = found.progress if found else {}
    dots = [progress_words(progress.get(person.id, Progress()), now.raters) for person in people]
    steps = widest(dots)

    def draw(person: Person, done: str) -> Callable[[int], Spans]:
        def line(width: int) -> Spans:
            stands_for = " ".join(
                module for module in now.modules if not person.modules or module in person.modules
            )
            wide = width >= 60
            cells = columns(
                [
                    (person.id, code, "strong"),
                    (person.name, name, ""),
                    (person.department, department if wide else min(department, 10), "muted"),
                    (done, steps, "accent"),
                    (stands_for, cell_len(stands_for), "muted"),
                ],
                2,
            )
            return fit_spans([("   ", ""), *cells], width)

        return line

    return [
        Row(
            draw(person, done),
            f"candidate:{person.id}",
            f"{person.id} {person.name} {person.department} {person.team}",
        )
        for person, done in zip(people, dots, strict=True)
    ]


def progress_words(progress: Progress, raters: int) -> str:
    """A dot for each rater: submitted, half done, not begun; figures where there are many."""
    begun = progress.submitted + progress.begun
    if max(raters, begun) > _DOTS_MOST:
        return f"{progress.submitted}/{begun}"
    letters = glyphs()
    dots = letters.full * progress.submitted + letters.half * progress.begun
    return dots + letters.empty * max(0, raters - begun)


def moment(at: str) -> str:
    """The date and minute of an ISO 8601 time, in the local time zone."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def without_engagement(place: str, width: int) -> list[Row]:
    """What to do first where nothing was started."""
    steps = (
        _("There is no engagement in {place} yet. Leave with q, then start one:"),
        "assess init --name NAME --pack key-user --modules COST,PLAN --workspace {quoted}",
        _("Take in what a colleague recorded instead:"),
        "assess merge FOLDER --workspace {quoted}",
        _("Or look around first:"),
        "assess demo",
    )
    # said with the place, or the commands would start it elsewhere
    quoted = shlex.quote(place)
    return _steps([step.format(place=place, quoted=quoted) for step in steps], width)


def without_candidates(width: int) -> list[Row]:
    """What to do first where nobody stands for a module."""
    steps = (
        _("Nobody stands for a module yet. Add the first candidate with the key"),
        "a",
        _("or take in a list of people, from the command line:"),
        "assess import roster FILE",
    )
    return _steps(steps, width)


def _steps(steps: Sequence[str], width: int) -> list[Row]:
    """Words and, under each, the key or command that does it."""
    rows = [text_row("")]
    for words, how in zip(steps[::2], steps[1::2], strict=True):
        rows += prose_rows(words, width)
        rows += prose_rows(how, width, "accent", indent=5)
        rows.append(text_row(""))
    return rows
