"""Answers as tables: all ratings, as an import reads them back, and the evidence under scores."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.exchange.report import Column, Report, Sheet
from assess.i18n import _
from assess.model.asking import Answer
from assess.model.items import ChoiceItem, ChoicesItem, Item, TextItem
from assess.workspace import wording
from assess.workspace.reading import InterviewRecords
from assess.workspace.report_facts import facts_of

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

_RATINGS = (
    "candidate", "name", "rater", "rater_name", "item", "question", "value", "value_name",
    "questionnaire", "wave", "note", "at", "submitted",
)  # fmt: skip
_EVIDENCE = (
    "candidate", "name", "competency", "item", "question", "rater", "rater_name", "value",
    "value_name", "agreed", "note", "wave", "submitted",
)  # fmt: skip
_TOLD_EVERY = 50


def _columns(codes: tuple[str, ...]) -> list[Column]:
    columns = (
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        Column("rater", _("Rater")),
        Column("rater_name", _("Rater's name"), personal=True),
        Column("item", _("Item")),
        Column("question", _("Question")),
        Column("competency", _("Competency")),
        Column("value", _("Value")),
        Column("value_name", _("Answer")),
        Column("agreed", _("Agreed by the panel")),
        Column("questionnaire", _("Questionnaire")),
        Column("wave", _("Wave")),
        Column("note", _("Note"), personal=True),
        Column("at", _("Time")),
        Column("submitted", _("Submitted")),
    )
    known = {column.code: column for column in columns}
    return [known[code] for code in codes]


def ratings(workspace: Workspace, wanted: Wanted) -> Report:
    """Every answer that may be shown, in the columns that a rating import reads back."""
    kept = None if wanted.wave is None else workspace.wave(wanted.wave).id
    # self-tests are the candidates' own, and knowledge answered alone must not come back to count
    readings = [r for r in workspace.visible() if kept in (None, r.wave) and r.form != "self"]
    sheet = Sheet(_("Ratings"), _columns(_RATINGS), _rows(workspace, readings, _RATINGS, wanted))
    waves = {reading.wave for reading in readings}
    seen = ", ".join(wave for wave in workspace.pack.waves if wave in waves)
    newest = max((reading.newest for reading in readings), default="")
    return Report(
        _("Ratings: {engagement}").format(engagement=workspace.engagement.name),
        facts_of(workspace, kept or seen or workspace.engagement.wave, newest),
        [sheet],
    )


def evidence_sheet(
    workspace: Workspace, wave: str, candidates: Collection[str], wanted: Wanted
) -> Sheet:
    """What was answered and noted on candidates up to a wave, where it may count."""
    waves = list(workspace.pack.waves)
    upto = set(waves[: waves.index(wave) + 1])
    readings = [
        reading
        for reading in workspace.visible()
        if reading.wave in upto
        and reading.candidate in candidates
        and reading.questionnaire.counting
    ]
    columns = _columns(_EVIDENCE)
    rows = _rows(workspace, readings, _EVIDENCE, wanted, hidden=False)
    return Sheet(_("Evidence"), columns, rows, frozenset({"xlsx", "json"}))


def _rows(
    workspace: Workspace,
    readings: list[InterviewRecords],
    codes: tuple[str, ...],
    wanted: Wanted,
    *,
    hidden: bool = True,
) -> list[list[Any]]:
    """Answers by candidate, wave, questionnaire, rater and item, those to hidden items at will."""
    pack = workspace.pack
    waves = {wave: at for at, wave in enumerate(pack.waves)}
    order = {item: at for at, item in enumerate(pack.items)}
    row = _row_maker(workspace, codes, wanted.pseudonyms)
    readings = sorted(
        readings, key=lambda r: (r.candidate, waves[r.wave], r.questionnaire.id, r.rater)
    )
    rows = []
    for done, reading in enumerate(readings, 1):
        answers = sorted(reading.answers.values(), key=lambda answer: order[answer.item])
        rows += [
            row(reading, answer)
            for answer in answers
            if (answer.given or answer.note) and (hidden or answer.item in reading.shown)
        ]
        if done % _TOLD_EVERY == 0 or done == len(readings):
            wanted.progress(done, len(readings))
    return rows


def _row_maker(
    workspace: Workspace, codes: tuple[str, ...], pseudonyms: bool
) -> Callable[[InterviewRecords, Answer], list[Any]]:
    """Makes rows of answers; what people wrote in their own words is no part of coded ones."""
    pack, language = workspace.pack, i18n.language()
    people, raters, agreed = workspace.candidates(), workspace.raters(), workspace.agreed_values()
    asks = {item.id: pack.say(item.ask, language) for item in pack.items.values()}

    def row(reading: InterviewRecords, answer: Answer) -> list[Any]:
        item: Any = pack.items[answer.item]
        written = pseudonyms and isinstance(item, TextItem) and answer.state == "answered"
        cells = {
            "candidate": reading.candidate,
            "name": people[reading.candidate].name,
            "rater": reading.rater,
            "rater_name": raters[reading.rater].name if reading.rater in raters else "",
            "item": answer.item,
            "question": asks[answer.item],
            "competency": item.competency or "",
            "value": None if written else _as_given(answer),
            "value_name": _("(left out)") if written else in_words(workspace, item, answer),
            "agreed": agreed.get((reading.candidate, answer.item, reading.wave)),
            "questionnaire": reading.questionnaire.id,
            "wave": reading.wave,
            "note": answer.note,
            "at": answer.at,
            "submitted": reading.submitted,
        }
        return [cells[code] for code in codes]

    return row


def _as_given(answer: Answer) -> Any:
    """A value as a rating file carries it."""
    if answer.state != "answered":
        return "" if answer.state == "open" else answer.state
    return "|".join(answer.value) if isinstance(answer.value, list) else answer.value


def in_words(workspace: Workspace, item: Item, answer: Answer) -> str:
    """A state, an option's text or yes and no in words; empty for numbers and texts."""
    pack, language = workspace.pack, i18n.language()
    if answer.state != "answered":
        return wording.state_words().get(answer.state, "")
    if isinstance(item, ChoiceItem | ChoicesItem):
        chosen = answer.value if isinstance(answer.value, list) else [answer.value]
        return "; ".join(pack.say(o.text, language) for o in item.options if o.id in chosen)
    if isinstance(answer.value, bool):
        return _("yes") if answer.value else _("no")
    return ""
