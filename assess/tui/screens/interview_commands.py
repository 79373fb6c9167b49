"""What can be done in an interview."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui.commands import Command

COMMANDS = (
    Command(
        "interview.answer",
        "answer_item",
        "",
        N_("answer, go on"),
        N_("A level or option by its digit; a longer number is typed and confirmed with ↵."),
        footer=2,
        shown="1-9",
        palette=False,
    ),
    Command(
        "interview.next",
        "show_next",
        "enter",
        N_("skip"),
        N_("Confirm what was typed or chosen; with nothing to confirm, go on and leave it open."),
        footer=2,
    ),
    Command(
        "interview.previous",
        "show_previous",
        "p,left",
        N_("back"),
        N_("The item before."),
        footer=3,
    ),
    Command(
        "interview.skip",
        "skip_item",
        "right",
        N_("next item"),
        N_("The next item, whatever was chosen here."),
    ),
    Command(
        "interview.find",
        "find_item",
        "slash,g",
        N_("find"),
        N_("Find an item by its words, its code or its number, and go to it."),
        footer=4,
    ),
    Command(
        "interview.flag",
        "flag_item",
        "f",
        N_("flag"),
        N_("Mark the item to come back to, or take the mark away."),
        footer=5,
    ),
    Command(
        "interview.note",
        "edit_note",
        "e",
        N_("note"),
        N_("Write the note beside the answer; esc leaves it."),
        footer=3,
    ),
    Command(
        "interview.review",
        "review_answers",
        "r",
        N_("review"),
        N_("What is open, what must be answered, where evidence is missing; submit from there."),
        footer=3,
    ),
    Command(
        "interview.not_asked",
        "mark_not_asked",
        "n",
        N_("not asked"),
        N_("There is no value: the question was not asked. Go on."),
    ),
    Command(
        "interview.not_observed",
        "mark_not_observed",
        "o",
        N_("not observed"),
        N_("There is no value: nothing was seen or heard that would tell. Go on."),
    ),
    Command(
        "interview.declined",
        "mark_declined",
        "d",
        N_("declined"),
        N_("There is no value: the candidate did not want to answer. Go on."),
    ),
    Command(
        "interview.clear",
        "clear_answer",
        "x",
        N_("take the answer back"),
        N_("Open the item again; its note stays."),
    ),
    Command(
        "interview.cursor_down",
        "move_cursor_down",
        "down",
        N_("next level"),
        N_("Move among the levels; ↵ then chooses."),
        shown="↑ ↓",
        palette=False,
    ),
    Command(
        "interview.cursor_up",
        "move_cursor_up",
        "up",
        N_("level before"),
        N_("Move among the levels; ↵ then chooses."),
        palette=False,
    ),
    Command(
        "interview.scroll_down",
        "scroll_item_down",
        "pagedown,space",
        N_("scroll"),
        N_("Scroll an item that is longer than the screen."),
        palette=False,
    ),
    Command(
        "interview.scroll_up",
        "scroll_item_up",
        "pageup",
        N_("scroll back"),
        N_("Scroll back."),
        palette=False,
    ),
    Command(
        "interview.retry",
        "retry_saving",
        "ctrl+s",
        N_("save again"),
        N_("Try again to bring to disk what could not be saved."),
        footer=1,
    ),
    Command(
        "interview.reopen",
        "reopen_interview",
        "u",
        N_("open again"),
        N_("Open the submitted interview again; this takes a reason."),
        footer=2,
    ),
    Command(
        "interview.leave",
        "leave_interview",
        "escape,q",
        N_("leave"),
        N_("Leave; everything is kept, and next time it opens at the first open item."),
        footer=6,
    ),
)

WRITING = frozenset(
    {
        "answer_item",
        "flag_item",
        "edit_note",
        "mark_not_asked",
        "mark_not_observed",
        "mark_declined",
        "clear_answer",
    }
)
"""Actions that a submitted interview does not take."""
