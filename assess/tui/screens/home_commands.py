"""What can be done at home."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui.commands import Command

COMMANDS = (
    Command(
        "home.open",
        "open_line",
        "enter",
        N_("open"),
        N_("Go where this line is done."),
        footer=3,
    ),
    Command(
        "home.interview",
        "choose_interview",
        "i",
        N_("interview"),
        N_("Interview the candidate under the cursor, or choose one; resumes where it stopped."),
        footer=1,
    ),
    Command(
        "home.ranking",
        "open_ranking",
        "m",
        N_("ranking"),
        N_("The order of each module: scores, intervals, places, status."),
        footer=1,
    ),
    Command(
        "home.panel",
        "open_panel",
        "d",
        N_("panel"),
        N_("Where ratings differ so much that they are talked over; record what was agreed."),
    ),
    Command(
        "home.export",
        "open_export",
        "x",
        N_("export"),
        N_("Write the shortlist, all scores or the ratings to a file."),
        footer=3,
    ),
    Command(
        "home.add",
        "add_candidate",
        "a",
        N_("add"),
        N_("Add a candidate; rosters come in with: assess import roster FILE"),
        footer=4,
    ),
    Command(
        "home.find",
        "find_line",
        "slash",
        N_("find"),
        N_("Find a candidate by code, name or department."),
        footer=5,
    ),
    Command("home.quit", "app.quit", "q", N_("quit"), N_("Quit; everything is kept."), footer=2),
)
