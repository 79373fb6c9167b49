"""The departure kit: who takes over the same day, what is handed over by when, what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.cover.continuity import CALENDAR_PER_WORKING_DAY, NOTICE_DAYS
from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.forms import sheet_of
from assess.workspace.days import day_of
from assess.workspace.developing import AsB, as_b
from assess.workspace.facts import facts_of, number_of, text_of
from assess.workspace.results import CandidateResult
from assess.workspace.wording import value

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.departing import ModuleLoss
    from assess.workspace.roles import Question
    from assess.workspace.workspace import Workspace

MOST_TOPICS = 5
"""Competencies that the hand-over list names."""
MOST_TRAINED = 2
"""People whom a kit names to be trained for role B."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One line of the hand-over list: by when, what, from whom to whom."""

    by: str
    what: str


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Whom to ask next for a module, with which items, and the command that opens it."""

    candidate: str
    items: tuple[str, ...]
    command: str
    why: str


@dataclass(frozen=True, slots=True)
class Impact:
    """A question on what the departure changes, with its answer where one was recorded."""

    about: str
    """scope, cost or time."""
    ask: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Train:
    """Who could become role B where nobody stands any more, with which gaps closed by when."""

    candidate: str
    closes: tuple[tuple[str, float | None, float | None], ...]
    """(competency, value now, value to reach); None where it has to be established first."""
    by: str


@dataclass(frozen=True, slots=True)
class Kit:
    """What to do for one module."""

    module: str
    leaves: tuple[str, ...]
    takes_over: str | None
    """Who takes role A, the same day; None where nobody stands behind."""
    from_day: str
    last_day: str
    notice_days: float
    handover_days: float | None
    """Working days of a full hand-over, where known."""
    handover: tuple[HandOver, ...]
    short_forms: tuple[ShortForm, ...]
    impact: tuple[Impact, ...]
    remarks: tuple[str, ...] = ()
    train: tuple[Train, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """One kit of ``plan --without … --json``."""
        return asdict(self)


def kits(
    workspace: Workspace,
    whole: Question,
    gone: Collection[str],
    losses: Sequence[ModuleLoss],
    plan: CoverPlan,
    *,
    told_on: str | None = None,
) -> Iterator[Kit]:
    """A kit for each module that loses role A or B."""
    start = day_of(told_on or workspace.clock()[:10])
    for loss in losses:
        facts = facts_of(workspace, loss.module)
        known = number_of(facts, "notice_days")
        notice = NOTICE_DAYS if known is None else known
        end = _last_day(start, notice)
        days = number_of(facts, "handover_days")
        leaves = tuple(code for code in (loss.lost_a, loss.lost_b) if code)
        receiver = loss.a if loss.lost_a else _new(plan, loss.module, "b")
        lacks_b = plan.seat(loss.module, "b") is None
        train = _to_train(whole, gone, loss.module, workspace.pack) if lacks_b else []
        yield Kit(
            module=loss.module,
            leaves=leaves,
            takes_over=loss.steps_in,
            from_day=start.isoformat(),
            last_day=end.isoformat(),
            notice_days=notice,
            handover_days=days,
            handover=tuple(_handover(workspace, whole, loss, receiver, (start, end))),
            short_forms=tuple(_short_forms(workspace, whole, gone, loss, plan)),
            impact=tuple(_impact(workspace, loss.module)),
            remarks=tuple(_remarks(loss, notice, days)),
            train=tuple(Train(one.candidate, one.closes, end.isoformat()) for one in train),
        )


def _last_day(start: date, notice: float) -> date:
    """The end of the notice. Raises BadInput where no calendar holds it."""
    try:
        return start + timedelta(days=int(notice))
    except OverflowError:
        raise BadInput(
            _("{day} is too late: {notice} days of notice end after the year 9999").format(
                day=start.isoformat(), notice=int(notice)
            )
        ) from None


def _new(plan: CoverPlan, module: str, role: str) -> str | None:
    seat = plan.seat(module, role)
    return seat.candidate if seat else None


def _handover(
    workspace: Workspace,
    whole: Question,
    loss: ModuleLoss,
    receiver: str | None,
    period: tuple[date, date],
) -> Iterator[HandOver]:
    """The list, its dates spread over the working days of the notice period."""
    leaver = loss.lost_a or loss.lost_b or ""
    to = receiver or _("whoever is named")
    lines = [
        _("{to} is introduced to the team and the consultants as the one to turn to").format(to=to),
        _(
            "{leaver} lists what is only in the head: decisions, data rules, contacts, open points"
        ).format(leaver=leaver),
        *_topics(workspace, whole, loss.module, leaver, receiver),
        _("{to} does the work from the notes alone, {leaver} watches").format(to=to, leaver=leaver),
        _("rights, files and standing meetings go over to {to}").format(to=to),
        _("{to} signs what was handed over and what stays open").format(to=to),
    ]
    start, end = period
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    working = [day for day in days if day.weekday() < 5] or [end]
    for at, line in enumerate(lines):
        place = round(at * (len(working) - 1) / max(1, len(lines) - 1))
        yield HandOver(working[place].isoformat(), line)


def _topics(
    workspace: Workspace, whole: Question, module: str, leaver: str, receiver: str | None
) -> Iterator[str]:
    """Competencies to hand over: where the receiver stands farthest below the leaver."""
    pack, language = workspace.pack, i18n.language()
    theirs = _values(whole.results.get((leaver, module)))
    mine = _values(whole.results.get((receiver or "", module)))
    low = pack.file.scale.low
    kinds = {code for code, one in pack.competencies.items() if one.kind == "person"}
    gaps = sorted(
        ((theirs[g] - mine.get(g, low), g) for g in theirs if g in kinds),
        key=lambda x: (-x[0], x[1]),
    )
    for gap, code in gaps[:MOST_TOPICS]:
        if gap <= 0:
            continue
        name = pack.say(pack.competencies[code].name, language)
        words = (
            _("{competency} {name}: {leaver} {theirs}, {to} {mine}; one real case together")
            if receiver
            else _("{competency} {name}: {leaver} {theirs}; one real case together")
        )
        yield words.format(
            competency=code,
            name=name,
            leaver=leaver,
            theirs=value(theirs[code]),
            to=receiver,
            mine=value(mine.get(code)),
        )


def _values(result: CandidateResult | None) -> dict[str, float]:
    return {line.competency: line.value for line in result.lines} if result else {}


def _short_forms(
    workspace: Workspace,
    whole: Question,
    gone: Collection[str],
    loss: ModuleLoss,
    plan: CoverPlan,
) -> Iterator[ShortForm]:
    """Successors of the new plan, and who is not assessed enough for the module."""
    pack = workspace.pack
    questionnaire = workspace.questionnaire()
    sheet = sheet_of(pack, questionnaire, "short", [loss.module])
    asked = [i for i in sheet.items if i.modules is None or loss.module in i.modules]
    items = tuple(item.id for item in asked)
    seen = {loss.a, loss.b, None, *gone}
    for role in ("a", "b"):
        code = _new(plan, loss.module, role)
        if code not in seen and code is not None:
            seen.add(code)
            yield ShortForm(code, items, _command(code), _("successor in the new plan"))
    for (code, module), result in sorted(whole.results.items()):
        if module != loss.module or code in seen or result.status != "incomplete":
            continue
        missing = {gap.competency for gap in result.missing}
        mine = tuple(item.id for item in asked if item.competency in missing) or items
        why = _("not assessed enough yet: {missing}").format(missing=listed(sorted(missing)))
        yield ShortForm(code, mine, _command(code), why)


def _to_train(whole: Question, gone: Collection[str], module: str, pack: Pack) -> list[AsB]:
    """Who comes nearest to role B of a module."""
    could = [
        as_b(pack, module, one)
        for (code, m), one in whole.results.items()
        if m == module and code not in gone
    ]

    def far(one: AsB) -> tuple[int, float, str]:
        steps = sum((to or 0.0) - (now or 0.0) for _g, now, to in one.closes)
        return len(one.closes), steps, one.candidate

    return sorted((one for one in could if one.closes), key=far)[:MOST_TRAINED]


def _command(code: str) -> str:
    return f"assess interview {code} --rater R --form short"


def _impact(workspace: Workspace, module: str) -> Iterator[Impact]:
    facts = facts_of(workspace, module)
    asks = {
        "scope": _("Which new or changed wishes does the new key user of {module} bring?"),
        "cost": _("What do familiarising, retraining and overlap in {module} cost?"),
        "time": _("Which milestones of {module} move, and by how many days?"),
    }
    for about, ask in asks.items():
        yield Impact(about, ask.format(module=module), text_of(facts, f"impact_{about}"))


def _remarks(loss: ModuleLoss, notice: float, days: float | None) -> Iterator[str]:
    if loss.lost_a and loss.steps_in is None:
        yield _("nobody stands behind role A: name somebody today, even for a few weeks")
    if loss.overloaded:
        yield _(
            "{candidate} carries more than allowed by stepping in: free time, or move another role"
        ).format(candidate=loss.steps_in)
    if days is not None and days * CALENDAR_PER_WORKING_DAY > notice:
        yield _(
            "a full hand-over takes {days} calendar days, the notice is {notice}: what is not "
            "written down comes first, {fits} of {working} working days fit"
        ).format(
            days=f"{days * CALENDAR_PER_WORKING_DAY:g}",
            notice=f"{notice:g}",
            fits=int(notice / CALENDAR_PER_WORKING_DAY),
            working=f"{days:g}",
        )
