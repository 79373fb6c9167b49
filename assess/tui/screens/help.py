"""Help on the screen one is on and its keys, and the palette of what can be done now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from assess.i18n import LANGUAGES, _, speaking
from assess.tui.commands import Active, Command, spelled
from assess.tui.screens.base import AppModal, AppScreen
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.widgets.prose import Panel, Prose
from assess.tui.widgets.scrolled import ScrolledStack
from assess.tui.widgets.wrapping import pad


class HelpScreen(AppModal[None]):
    """What the screen below is for, and each of its commands with its keys and what it does."""

    BINDINGS = [
        Binding("escape,q,question_mark,f1,enter", "close_help", show=False, id="help.close"),
    ]
    AUTO_FOCUS = "ScrolledStack"

    def __init__(self, commands: Sequence[Active]) -> None:
        super().__init__()
        said = {active.command.help: active for active in reversed(commands)}
        once = [active for active in commands if said[active.command.help] is active]
        self._commands = [active for active in once if _has_key(active)]
        palette = any(active.command.id == "app.palette" for active in once)
        self._listed = [active for active in once if palette and not _has_key(active)]
        """Those without a key, which the list of all actions alone leads to, where there is one."""

    def compose(self) -> ComposeResult:
        """What the screen is for, then one paragraph per command, keys in front."""
        with Panel():
            yield Prose(classes="heading", id="title")
            with ScrolledStack():
                yield Prose(id="about")
                yield Prose(id="commands", hang=self._indent)
                yield Prose(id="listed", classes="hint", hang=2)
            yield Prose(classes="keys", id="keys")

    @property
    def _indent(self) -> int:
        return 2 + max((cell_len(active.key) for active in self._commands), default=0)

    def show_words(self) -> None:
        """The help texts, in the language in use."""
        below = self.app.screen_stack[-2]
        about = below.ABOUT if isinstance(below, AppScreen | AppModal) else ""
        self.query_one("#title", Prose).show(_("This screen and its keys"))
        self.query_one("#about", Prose).show(_(about) if about else "")
        self.query_one("#about", Prose).display = bool(about)
        width = self._indent
        lines = [
            pad(active.key, width) + spelled(_(active.command.help)) for active in self._commands
        ]
        self.query_one("#commands", Prose).show("\n".join(lines))
        self.query_one("#listed", Prose).show("\n".join(self._listed_words()))
        self.query_one("#keys", Prose).show(spelled(_("↑ ↓ scroll   esc close")))

    def _listed_words(self) -> list[str]:
        if not self._listed:
            return []
        lines = [
            _("{name}: {help}").format(name=_(active.label), help=spelled(_(active.command.help)))
            for active in self._listed
        ]
        return [_("Without a key, in the list of all actions (^p):"), *lines]

    def action_close_help(self) -> None:
        """Go back to the screen."""
        self.dismiss(None)


def _has_key(active: Active) -> bool:
    return bool(active.command.keys or active.command.shown)


def _in_every_language(command: Command) -> str:
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said += [_(command.label), _(command.help)]
    return " ".join(said)


class PaletteScreen(Chooser[str]):
    """What can be done on the screen below, found by typing; choosing does it."""

    def __init__(self, commands: Sequence[Active]) -> None:
        super().__init__()
        self._commands = [active for active in commands if active.command.palette]

    def words(self) -> tuple[str, str]:
        """Title and what is typed into the line."""
        return _("All actions here"), _("type to find")

    def rows(self) -> list[Row[str]]:
        """Label, help and key of each command; they are found by the words of every language."""
        found = []
        width = max(6, 1 + max((cell_len(active.key) for active in self._commands), default=0))
        for active in self._commands:
            label = _(active.label)
            help_text = spelled(_(active.command.help))
            line = Content.assemble(
                (pad(active.key if active.command.keys else "", width), "bold $accent"),
                (pad(label, 22), "bold"),
                " ",
                (help_text, "$muted"),
            )
            searched = f"{label} {active.command.id} {_in_every_language(active.command)}"
            found.append(Row(active.command.id, searched, line))
        return found

    def choose(self, value: str) -> None:
        """Close, then run the command where it was listed."""
        active = next(a for a in self._commands if a.command.id == value)
        self.dismiss(None)
        self.app.call_later(self.app.run_action, active.command.action, active.node)
