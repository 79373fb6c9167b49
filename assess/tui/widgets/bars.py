"""The line at the top, what one looks at and the language, and the line of keys at the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from assess import i18n
from assess.i18n import _
from assess.tui.commands import Active, active_commands
from assess.tui.widgets.drawn import Drawn, DrawnWidget
from assess.tui.widgets.wrapping import shorten
from assess.workspace.moment import one_moment

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

    from assess.tui.app import AssessApp

LANGUAGE_NAMES = {"en": "en", "zh": "中文"}


class TitleBar(DrawnWidget):
    """``left`` words, ``right`` words, and the languages, of which the one in use is underlined."""

    def __init__(self) -> None:
        super().__init__()
        self._left = ""
        self._right: tuple[str, ...] = ()

    def show(self, left: str, *right: str) -> None:
        """Set the words. Of ``right`` the first ones give way where there is no room."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    @property
    def room(self) -> int:
        """Cells for the words of both sides, beside the languages."""
        return self.app.size.width - 2 - _languages().cell_length - 2

    def render(self) -> Drawn:
        """One line: the left words give way before the last of the right ones."""
        return Drawn(self._line)

    def _line(self, width: int) -> Content:
        languages = _languages()
        room = width - languages.cell_length - 2
        right = list(self._right)
        while right and room - cell_len("   ".join(right)) < min(cell_len(self._left) + 2, 24):
            right.pop(0)
        shown = "   ".join(right)
        left = shorten(self._left, room - cell_len(shown) - 2)
        gap = max(1, room - cell_len(left) - cell_len(shown))
        return Content.assemble((left, "bold"), " " * gap, (shown, "$muted"), "  ", languages)

    async def on_click(self, event: events.Click) -> None:
        """A click on a language switches to it."""
        language = event.style.meta.get("language")
        if language and language != i18n.language():
            await self.app.run_action("app.switch_language")


def _languages() -> Content:
    return _languages_beside(i18n.language())


@cache
def _languages_beside(spoken: str) -> Content:
    parts: list[str | Content | tuple[str, str | Style]] = []
    for code, name in LANGUAGE_NAMES.items():
        if parts:
            parts.append((" | ", "$muted"))
        style = "bold underline" if code == spoken else "$muted"
        parts.append(Content.styled(name, style).stylize(Style.from_meta({"language": code})))
    return Content.assemble(*parts)


class KeyBar(DrawnWidget):
    """The commands that apply now, in one line; those of least weight give way first."""

    app: AssessApp

    def on_mount(self) -> None:
        """Follow the focus and whatever changes which commands apply."""
        self.screen.bindings_updated_signal.subscribe(self, self.follow, immediate=True)
        self.watch(self.screen, "focused", self.follow, init=False)

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Active] = []

    def follow(self, _changed: object = None) -> None:
        """Show what applies now."""
        now = _offered(self.screen)
        if _words(now) != _words(self._shown):
            self._shown = now
            self.refresh()

    def render(self) -> Drawn:
        """``i interview  m rank …`` cut to what fits, help always among it."""
        return Drawn(self._line)

    def _line(self, width: int) -> Content:
        # before the first change there is nothing to follow
        self._shown = self._shown or _offered(self.screen)
        parts: list[Content | str] = []
        for active in _fitting(self._shown, width):
            parts += [_entry(active.key, active.label, active.command.id), "  "]
        return Content.assemble(*parts[:-1])

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry runs its command."""
        if command := event.style.meta.get("command"):
            await self.app.run_command(command)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the entry under the mouse does."""
        command = event.style.meta.get("command")
        found = [a for a in active_commands(self.screen) if a.command.id == command]
        self.tooltip = _(found[0].command.help) if found else None


def _offered(screen: Screen[Any]) -> list[Active]:
    with one_moment():
        return [a for a in active_commands(screen, footer=True) if a.command.footer and a.reachable]


def _words(entries: Iterable[Active]) -> list[tuple[str, str]]:
    return [(active.key, active.label) for active in entries]


def _fitting(entries: Sequence[Active], width: int) -> list[Active]:
    kept = list(entries)
    room = width + 2 - sum(_length(active) + 2 for active in kept)
    while kept and room < 0:
        # the last of the lightest gives way
        weight = max(active.command.footer for active in kept)
        gone = next(active for active in reversed(kept) if active.command.footer == weight)
        kept.remove(gone)
        room += _length(gone) + 2
    return kept


def _length(active: Active) -> int:
    return cell_len(active.key) + 1 + cell_len(active.label)


@lru_cache(maxsize=256)
def _entry(key: str, label: str, command: str) -> Content:
    words = Content.assemble((key, "bold $accent"), " ", label)
    return words.stylize(Style.from_meta({"command": command}))
