"""One definition per action: its key, its footer entry, its palette entry and its help text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingType

from assess.i18n import _

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
    palette: bool = True
    priority: bool = False

    @property
    def key(self) -> str:
        """The key as people read it."""
        return self.shown or key_words(self.keys.split(",")[0])

    def binding(self) -> Binding:
        """The Textual binding. Words are looked up where they are shown, not here."""
        return Binding(
            self.keys, self.action, self.label, show=False, id=self.id, priority=self.priority
        )


def key_words(key: str) -> str:
    """A key's Textual name as people read it: ``ctrl+p`` is ``^p``."""
    if key.startswith("ctrl+"):
        return "^" + key_words(key.removeprefix("ctrl+"))
    return _SHOWN.get(key, key)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of commands, for a class's ``BINDINGS``; commands without a key have none."""
    return [command.binding() for command in commands if command.keys]


@dataclass(frozen=True)
class Active:
    """A command that applies now, and the node that carries it out."""

    node: DOMNode
    command: Command
    key: str
    label: str
    reachable: bool
    """Whether its key reaches it, or the focused field takes the key as text."""


def active_commands(screen: Screen[Any]) -> list[Active]:
    """What applies now on a screen: the focused widget's commands, the screen's, the app's."""
    focused = screen.focused
    nodes: list[DOMNode] = list((focused or screen).ancestors_with_self)
    found: dict[str, Active] = {}
    for node in nodes:
        if screen.is_modal and node is screen.app:
            continue
        for command in getattr(node, "ACTIONS", ()):
            if command.id in found or node.check_action(command.action, ()) is not True:
                continue
            wording = getattr(node, "command_words", None)
            key, label = (wording(command) if wording else None) or (command.key, command.label)
            found[command.id] = Active(node, command, key, _(label), _reachable(screen, command))
    return list(found.values())


def _reachable(screen: Screen[Any], command: Command) -> bool:
    focused = screen.focused
    if focused is None or command.priority:
        return True
    for key in command.keys.split(","):
        text = _TYPED.get(key, key if len(key) == 1 else None)
        if not focused.check_consume_key(key, text):
            return True
    return not command.keys


_TYPED = {"slash": "/", "question_mark": "?", "space": " ", "plus": "+", "minus": "-"}
