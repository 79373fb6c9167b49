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
        "home.cover",
        "open_cover",
        "c",
        N_("cover"),
        N_("Role A and role B for each module, and what if they leave."),
        footer=1,
    ),
    Command(
        "home.growth",
        "open_growth",
        "g",
        N_("growth"),
        N_("Which actions lift the cover most, who could become role B, what was agreed."),
        footer=4,
    ),
    Command(
        "home.grid",
        "open_grid",
        "t",
        N_("grid"),
        N_("Every candidate in every module, side by side."),
        footer=5,
    ),
    Command(
        "home.decisions",
        "open_decisions",
        "e",
        N_("decisions"),
        N_("Who is decided or proposed in each module, and what was decided before."),
        footer=4,
    ),
    Command(
        "home.raters",
        "open_raters",
        "r",
        N_("raters"),
        N_("How the raters rate: severity, spread, agreement, evidence; feedback to each."),
        footer=6,
    ),
    Command(
        "home.fairness",
        "ask_fairness",
        "",
        N_("fairness report"),
        N_("Selection rates by group, from a file that is read for the moment and not stored."),
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
