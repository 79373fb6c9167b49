"""What can be done on every screen."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui import working
from assess.tui.commands import Command

COMMANDS = (
    Command(
        "app.palette",
        "show_palette",
        "ctrl+p",
        N_("all actions"),
        N_("Search everything that can be done here."),
        footer=6,
        palette=False,
        priority=True,
    ),
    Command(
        "app.help",
        "show_help",
        "question_mark,f1",
        N_("help"),
        N_("Show what every key does on this screen (F1 while typing)."),
        footer=1,
    ),
    Command(
        "app.language",
        "switch_language",
        "ctrl+l",
        "en | 中文",
        N_("Switch between English and Chinese; a click on “en | 中文” does the same."),
        priority=True,
    ),
    Command(
        "app.theme",
        "switch_theme",
        "",
        N_("colours"),
        N_("Dark, light, for the colour-blind, or the terminal's own; remembered here."),
    ),
    Command(
        "app.plain",
        "switch_signs",
        "",
        N_("plain letters"),
        N_("Draw lines and signs with ASCII letters, or with the terminal's own; remembered."),
    ),
    Command(
        "app.mouse",
        "switch_mouse",
        "",
        N_("mouse"),
        N_("Leave the mouse to the terminal from the next start on, or take it back."),
    ),
    Command(
        "app.copy",
        "copy_row",
        "ctrl+y",
        N_("copy"),
        N_("Copy the row under the cursor; where there is none, all that the screen shows."),
    ),
    Command(
        "app.copy_screen",
        "copy_screen",
        "f2",
        N_("copy the screen"),
        N_("Copy all that the screen shows, as text."),
    ),
    *working.COMMANDS,
    Command(
        "app.quit",
        "quit",
        "ctrl+q",
        N_("quit"),
        N_("Quit; everything is kept."),
        priority=True,
    ),
)
