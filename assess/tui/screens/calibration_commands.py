"""What can be done while sample answers are scored."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui.commands import Command

COMMANDS = (
    Command(
        "calibration.rate",
        "rate_sample",
        "",
        N_("rate it"),
        N_("Rate the sample answer by the digit of a level; then the master rating is shown."),
        footer=2,
        shown="1-9",
        palette=False,
    ),
    Command(
        "calibration.next",
        "show_next",
        "enter,right",
        N_("next sample"),
        N_("Confirm what was typed; else the next sample, behind the last one the result."),
        footer=2,
    ),
    Command(
        "calibration.previous",
        "show_previous",
        "p,left",
        N_("back"),
        N_("The sample before."),
        footer=4,
    ),
    Command(
        "calibration.spoken",
        "switch_questions",
        "l",
        N_("language of the questions"),
        N_("Show the samples in the pack's next language; the screen keeps its own."),
        footer=6,
    ),
    Command(
        "calibration.cursor_down",
        "move_cursor_down",
        "down",
        N_("next level"),
        N_("Move among the levels; ↵ then chooses."),
        shown="↑ ↓",
        palette=False,
    ),
    Command(
        "calibration.cursor_up",
        "move_cursor_up",
        "up",
        N_("level before"),
        N_("Move among the levels; ↵ then chooses."),
        palette=False,
    ),
    Command(
        "calibration.scroll_down",
        "scroll_sample(1)",
        "pagedown,space",
        N_("scroll"),
        N_("Scroll a sample that is longer than the screen."),
        palette=False,
    ),
    Command(
        "calibration.scroll_up",
        "scroll_sample(-1)",
        "pageup",
        N_("scroll back"),
        N_("Scroll back."),
        palette=False,
    ),
    Command(
        "calibration.leave",
        "leave_calibration",
        "escape,q",
        N_("leave"),
        N_("Leave; what was rated is kept, and the rest can be rated later."),
        footer=3,
    ),
)
