"""What can be done on a ranking."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui.commands import Command

COMMANDS = (
    Command(
        "ranking.why",
        "explain",
        "enter,w",
        N_("why"),
        N_("Where each point of the score comes from, down to the answers and notes."),
        footer=1,
    ),
    Command(
        "ranking.mark",
        "mark_candidate",
        "space",
        N_("mark"),
        N_("Mark two to five candidates to compare."),
        footer=3,
    ),
    Command(
        "ranking.compare",
        "compare_marked",
        "c",
        N_("compare"),
        N_("Put the marked candidates side by side."),
        footer=4,
    ),
    Command(
        "ranking.module",
        "next_module(1)",
        "right",
        N_("module"),
        N_("The next module; ← the one before, 1-9 the module of that number."),
        footer=2,
        shown="1-9",
    ),
    Command(
        "ranking.sort",
        "change_order",
        "s",
        N_("sort"),
        N_("Sort by score, by name or by department."),
        footer=5,
    ),
    Command(
        "ranking.names",
        "hide_names",
        "h",
        N_("names"),
        N_("Hide the names or show them again: codes only, for a fair look."),
        footer=6,
    ),
    Command(
        "ranking.find",
        "find_candidate",
        "slash",
        N_("find"),
        N_("Find a candidate by code, name or department."),
        footer=5,
    ),
    Command(
        "ranking.moment",
        "choose_moment",
        "v",
        N_("wave, day"),
        N_("Read at another wave, or as the records stood on a day."),
    ),
    Command(
        "ranking.decide",
        "decide_module",
        "d",
        N_("decide"),
        N_("Appoint role A and role B of this module; the question begins with the cursor."),
        footer=5,
    ),
    Command(
        "ranking.decisions",
        "open_decisions",
        "e",
        N_("decisions"),
        N_("Who is decided or proposed in each module, and what was decided before."),
    ),
    Command(
        "ranking.grid",
        "open_grid",
        "t",
        N_("grid"),
        N_("Every candidate in every module, side by side."),
        footer=6,
    ),
    Command(
        "ranking.raters",
        "open_raters",
        "r",
        N_("raters"),
        N_("How the raters rate: severity, spread, agreement, evidence; feedback to each."),
    ),
    Command(
        "ranking.fairness",
        "ask_fairness",
        "",
        N_("fairness report"),
        N_("Selection rates by group, from a file that is read for the moment and not stored."),
    ),
    Command(
        "ranking.export",
        "export_module",
        "x",
        N_("export"),
        N_("Write the shortlist, all scores or the ratings to a file."),
        footer=3,
    ),
    Command("ranking.back", "app.pop_screen", "escape,q", N_("back"), N_("Go back."), footer=4),
)
