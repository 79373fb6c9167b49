"""What can be exported, by the word that commands use for it; cheap to import.

A new export is a function from a workspace and a Wanted (``assess/workspace/exporting.py``) to a
Report, and a line here. It marks as ``personal`` the columns that pseudonymous exports leave out,
and puts names into titles through ``Wanted.called`` only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.i18n import N_


class Export(NamedTuple):
    """One kind of export: its name for people and where its report is built.

    ``build`` is ``module:function``, imported when it is asked for. ``subject`` says that it is on
    one candidate, who must be named, ``leaving`` that it is on those who leave, ``blank`` that a
    candidate may be named and need not be. ``takes`` are the options of the command that it heeds
    beside wave, day, format and file, which all of them do.
    """

    label: str
    build: str
    subject: bool = False
    leaving: bool = False
    blank: bool = False
    takes: tuple[str, ...] = ()


_PLAN = ("pseudonyms", "phase", "pin", "bar")

EXPORTS: Mapping[str, Export] = {
    "shortlist": Export(
        N_("Shortlist"),
        "assess.workspace.report_shortlist:shortlist",
        takes=("module", "top", "pseudonyms"),
    ),
    "scores": Export(
        N_("Scores"),
        "assess.workspace.report_shortlist:scores",
        takes=("module", "pseudonyms"),
    ),
    "ratings": Export(
        N_("Ratings"), "assess.workspace.report_ratings:ratings", takes=("pseudonyms",)
    ),
    "feedback": Export(
        N_("Feedback sheet"),
        "assess.workspace.report_feedback:feedback",
        subject=True,
        takes=("module", "pseudonyms", "contact"),
    ),
    "person": Export(
        N_("All on one person"),
        "assess.workspace.report_person:person",
        subject=True,
        takes=("pseudonyms",),
    ),
    "plan": Export(
        N_("Cover plan"), "assess.workspace.report_cover:plan", takes=(*_PLAN, "decided")
    ),
    "kit": Export(
        N_("Departure kit"),
        "assess.workspace.report_kit:kit",
        leaving=True,
        takes=(*_PLAN, "without", "without_team", "told_on"),
    ),
    "form": Export(
        N_("Rating form"),
        "assess.workspace.forms:form",
        blank=True,
        takes=("module", "pseudonyms", "questionnaire", "bilingual"),
    ),
    "method": Export(
        N_("Method statement"),
        "assess.workspace.report_method:method",
        takes=("module", "pseudonyms"),
    ),
}
"""What can be exported, by the word that commands use for it."""

WHATS: Mapping[str, str] = {
    name: export.label
    for name, export in EXPORTS.items()
    if not export.subject and not export.leaving
}
"""The names of the exports that are on nobody in particular."""
