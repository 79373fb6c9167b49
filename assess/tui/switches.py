"""What a user switches while the app runs: language, colours, plain letters, mouse."""

from __future__ import annotations

import os
from typing import Any

from textual.app import App

from assess import i18n
from assess.i18n import _
from assess.terminal import few_colours
from assess.tui.looks import Looks, remember
from assess.tui.output import fitting
from assess.tui.screens.base import AppModal, AppScreen
from assess.tui.styles.themes import DARK, PLAIN, THEMES
from assess.tui.widgets.interval import draw_plainly


class SwitchedApp(App[None]):
    """Begins as this machine remembers it, and remembers what is switched."""

    def __init__(self) -> None:
        self.looks = Looks.load()
        # without it Textual turns the terminal's own colours, which it does not know, into black
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.driver_class = fitting(self.driver_class, lambda: self.looks.ascii)
        for theme in THEMES:
            self.register_theme(theme)
        named = {theme.name: theme.name for theme in THEMES}
        chosen = named.get(self.looks.theme, DARK.name)
        self.theme = PLAIN.name if self.no_color or few_colours() else chosen
        draw_plainly(self.looks.ascii)

    def run(self, *arguments: Any, **options: Any) -> None:
        """Run, with the mouse left to the terminal where that was chosen."""
        super().run(*arguments, **{"mouse": self.looks.mouse, **options})

    def action_switch_language(self) -> None:
        """Say everything in the other language; what is typed, chosen and scrolled stays."""
        languages = i18n.LANGUAGES
        i18n.use(languages[(languages.index(i18n.language()) + 1) % len(languages)])
        self._say_anew()

    def action_switch_theme(self) -> None:
        """The next of dark, light, for the colour-blind, and the terminal's own colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self._remember(theme=self.theme)

    def action_switch_signs(self) -> None:
        """Letters in place of lines and signs, or the other way round."""
        self.looks.ascii = not self.looks.ascii
        draw_plainly(self.looks.ascii)
        self._remember(ascii=self.looks.ascii)
        self._say_anew()
        self.refresh(layout=True)

    def action_switch_mouse(self) -> None:
        """Take the mouse or leave it to the terminal; a terminal is asked for it at the start."""
        self.looks.mouse = not self.looks.mouse
        self._remember(mouse=self.looks.mouse)
        self.notify(
            _("The mouse works here from the next start on.")
            if self.looks.mouse
            else _("The mouse is the terminal's own from the next start on.")
        )

    def _say_anew(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.language_switched()

    def _remember(self, **chosen: object) -> None:
        try:
            remember(**chosen)
        except OSError as error:
            self.notify(_("It holds until the end: {reason}").format(reason=error.strerror))
