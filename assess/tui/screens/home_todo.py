"""What is to be done next in an engagement, and where each thing is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from assess.i18n import _, listed, ngettext
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.workspace.glance import Glance
    from assess.workspace.overview import HalfDone, Overview

_LISTED = 20
"""How many a line names at most; narrow windows cut it earlier."""

Place = Literal["interview", "why", "ranking", "candidates", "decisions"]


@dataclass(frozen=True, slots=True)
class Target:
    """One place to go to: ``words`` name it in a list, the rest says where it is."""

    place: Place
    words: str
    candidate: str = ""
    module: str = ""
    competency: str = ""
    rater: str = ""
    questionnaire: str = ""
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: how many, of what, and where it is done.

    That is a command, or one of ``targets``.
    """

    key: str
    count: int
    words: str
    leads_to: str
    targets: tuple[Target, ...] = ()
    by: str = ""
    """The key that leads there from anywhere on home; Enter on the line does too."""
    command: str = ""


def todos(now: Glance, found: Overview) -> list[Todo]:
    """What waits, the most pressing first."""
    known = [
        *_first_interview(len(now.people), found),
        *_conflicts(found),
        *_disputes(found),
        *_half_done([one for one in found.half_done if one.candidate in now.people]),
        *_edges(found),
        *_overdue(found),
        *_refused(found),
        *_uncovered(found),
        *_gaps(found),
        *_past(found),
    ]
    return [todo for todo in known if todo.count]


def _half_done(interviews: Iterable[HalfDone]) -> Iterable[Todo]:
    by_rater = sorted(interviews, key=lambda one: one.rater)
    targets = tuple(
        Target(
            "interview",
            _("{rater} · {candidate}: {n} of {all}").format(
                rater=one.rater, candidate=one.candidate, n=one.answered, all=one.asked
            ),
            one.candidate,
            rater=one.rater,
            questionnaire=one.questionnaire,
            wave=one.wave,
        )
        for one in by_rater
    )
    words = ngettext("interview half done", "interviews half done", len(targets))
    told = [
        f"{rater}: " + listed(f"{one.candidate} {one.answered}/{one.asked}" for one in group)
        for rater, group in groupby(by_rater, key=lambda one: one.rater)
    ]
    yield Todo("half", len(targets), f"{words} · {' · '.join(told)}", _("resume"), targets)


def _first_interview(people: int, found: Overview) -> Iterable[Todo]:
    if people and not found.progress:
        words = _("no interview yet: begin with the first")
        yield Todo("first", people, words, _("interview"), (Target("candidates", words),))


def _conflicts(found: Overview) -> Iterable[Todo]:
    words = ngettext(
        "thing recorded differently on two laptops",
        "things recorded differently on two laptops",
        found.conflicts,
    )
    yield Todo("conflicts", found.conflicts, words, _("conflicts"), command="app.conflicts")


def _disputes(found: Overview) -> Iterable[Todo]:
    words = ngettext("disagreement to talk over", "disagreements to talk over", found.disputed)
    told = listed(f"{one.candidate} {one.item}" for one in found.disputes)
    yield Todo(
        "disputes",
        found.disputed,
        f"{words} · {told}",
        _("panel"),
        by="d",
        command="home.panel",
    )


def _overdue(found: Overview) -> Iterable[Todo]:
    words = ngettext("action overdue", "actions overdue", len(found.overdue))
    told = listed(f"{one.candidate} {one.action}" for one in found.overdue[:_LISTED])
    yield Todo(
        "overdue",
        len(found.overdue),
        f"{words} · {told}",
        _("growth"),
        by="g",
        command="home.growth",
    )


def _refused(found: Overview) -> Iterable[Todo]:
    targets = tuple(
        Target(
            "decisions",
            _("{candidate} in {module}").format(candidate=code, module=one.module),
            code,
            one.module,
        )
        for one in found.roles
        for code in one.refused
    )
    words = ngettext(
        "release or gate open before an appointment",
        "releases or gates open before an appointment",
        len(targets),
    )
    told = listed(target.words for target in targets[:_LISTED])
    yield Todo("refused", len(targets), f"{words} · {told}", _("decisions"), targets)


def _past(found: Overview) -> Iterable[Todo]:
    words = ngettext(
        "record past its date, to be erased", "records past their date, to be erased",
        len(found.past),
    )  # fmt: skip
    yield Todo(
        "past",
        len(found.past),
        f"{words} · {listed(found.past[:_LISTED])}",
        _("past their date"),
        command="app.past",
    )


def _uncovered(found: Overview) -> Iterable[Todo]:
    targets = tuple(
        Target(
            "ranking",
            _("{module}: {n} of {all} could be appointed").format(
                module=one.module, n=one.standing, all=one.candidates
            ),
            module=one.module,
        )
        for one in found.modules
        if one.standing < 2
    )
    words = ngettext(
        "module with fewer than two people to appoint",
        "modules with fewer than two people to appoint",
        len(targets),
    )
    told = listed(target.module for target in targets)
    yield Todo("uncovered", len(targets), f"{words} · {told}", _("ranking"), targets)


def _gaps(found: Overview) -> Iterable[Todo]:
    targets = tuple(
        Target(
            "why",
            _("{candidate} · {module}: {share}, ask {competencies}").format(
                candidate=gap.candidate,
                module=gap.module,
                share=wording.coverage(gap.coverage),
                competencies=listed(gap.missing),
            ),
            gap.candidate,
            gap.module,
        )
        for gap in found.gaps
        if gap.coverage > 0
    )
    people = list(dict.fromkeys(target.candidate for target in targets))
    words = ngettext("candidate incomplete", "candidates incomplete", len(people))
    yield Todo("gaps", len(people), f"{words} · {listed(people)}", _("why"), targets)


def _edges(found: Overview) -> Iterable[Todo]:
    targets = tuple(
        Target(
            "why",
            _("{candidate} · {module}: {competency} {value} of {at}, met with {p}").format(
                candidate=edge.candidate,
                module=edge.module,
                competency=edge.competency,
                value=wording.value(edge.value),
                at=f"{edge.at:g}",
                p=wording.percent(edge.p_met),
            ),
            edge.candidate,
            edge.module,
            edge.competency,
        )
        for edge in found.deciding_edges
    )
    words = ngettext("minimum on the edge", "minimums on the edge", len(targets))
    nearest = f"{targets[0].words}" if targets else ""
    yield Todo("edges", len(targets), f"{words} · {nearest}", _("why"), targets)
