"""One definition per action: its key, its footer entry, its palette entry and its help text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingType

from assess.i18n import N_, _
from assess.tui.widgets.interval import ASCII, glyphs

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

_SHOWN = {
    "enter": "↵",
    "escape": "esc",
    "space": "space",
    "slash": "/",
    "question_mark": "?",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "delete": "del",
    "plus": "+",
    "minus": "-",
}
_NAMES = str.maketrans({"↵": "Enter", "↑": "Up", "↓": "Down", "←": "Left", "→": "Right"})
_BETWEEN = re.compile("(?<=[↑←]) ?(?=[↓→])")


@dataclass(frozen=True)
class Command:
    """An action with everything that is said about it. Words are marked with ``N_``.

    ``keys`` are Textual's names, separated by commas; the first is the one shown. ``footer`` is how
    early the entry gives way in a narrow footer: 1 stays longest, 0 is never in the footer.
    """

    id: str
    """Such as ``interview.next``."""
    action: str
    """Name of the ``action_…`` method of the screen, widget or app that lists the command."""
    keys: str
    label: str
    help: str
    footer: int = 0
    shown: str = ""
    """How the key is written, where the first of ``keys`` does not say it."""
    before: str = ""
    """Keys that go the other way, for an action that ends in ``(1)``."""
    palette: bool = True
    priority: bool = False

    @property
    def key(self) -> str:
        """The key as people read it."""
        return self.shown or key_words(self.keys.split(",")[0])

    def bindings(self) -> Iterator[Binding]:
        """The Textual bindings. Words are looked up where they are shown, not here."""
        if self.keys:
            yield Binding(
                self.keys, self.action, self.label, show=False, id=self.id, priority=self.priority
            )
        if self.before:
            other_way = self.action.replace("(1)", "(-1)")
            yield Binding(self.before, other_way, show=False, id=f"{self.id}.before")


def back(screen: str, footer: int = 2) -> Command:
    """The command that closes a screen which keeps nothing in hand."""
    return Command(
        f"{screen}.back", "app.pop_screen", "escape,q", N_("back"), N_("Go back."), footer=footer
    )


def key_words(key: str) -> str:
    """A key's Textual name as people read it: ``ctrl+p`` is ``^p``."""
    if key.startswith("ctrl+"):
        return "^" + key_words(key.removeprefix("ctrl+"))
    return _SHOWN.get(key, key.upper() if key[1:].isdecimal() else key)


def spelled(words: str) -> str:
    """Words about keys; with plain letters the names of those whose sign no letter looks like."""
    return _BETWEEN.sub("/", words).translate(_NAMES) if glyphs() is ASCII else words


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of commands, for a class's ``BINDINGS``; commands without a key have none."""
    return [binding for command in commands for binding in command.bindings()]


@dataclass(frozen=True)
class Active:
    """A command that applies now, and the node that carries it out."""

    node: DOMNode
    command: Command
    key: str
    label: str
    reachable: bool
    """Whether its key reaches it, or the focused field takes the key as text."""


def active_commands(screen: Screen[Any], *, footer: bool = False) -> list[Active]:
    """What applies now on a screen: the focused widget's commands, the screen's, the app's.

    For the ``footer`` those without a key are not asked whether they apply.
    """
    focused = screen.focused
    typing = focused is not None and focused.check_consume_key("a", "a")
    found: dict[str, Active] = {}
    taken: set[str] = set()
    for node in (focused or screen).ancestors_with_self:
        if screen.is_modal and node is screen.app:
            continue
        for command in getattr(node, "ACTIONS", ()):
            if footer and not command.keys and not command.footer:
                continue
            if command.id in found or node.check_action(command.action, ()) is not True:
                continue
            keys = [key for key in command.keys.split(",") if key not in taken]
            if typing and not command.priority:
                keys = [key for key in keys if _passes(key)]
            taken.update(keys)
            wording = getattr(node, "command_words", None)
            shown, label = (wording(command) if wording else None) or (command.shown, command.label)
            key = shown or (key_words(keys[0]) if keys and keys[0] else command.key)
            reachable = bool(keys) and not (typing and not command.keys)
            found[command.id] = Active(node, command, spelled(key), _(label), reachable)
    return list(found.values())


def _passes(key: str) -> bool:
    """Whether a key gets past a field that is typed into."""
    return key.startswith("ctrl+") or key == "escape" or key[1:].isdecimal()
