"""A rating form: what is asked, what may be answered, and room for the answer; never a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assess.exchange.report import Report

Words = Sequence[str]
"""One text in each language of the form, the first one first."""

COLUMNS: Mapping[str, str] = {
    "candidate": "候选人",
    "rater": "评分人",
    "item": "题号",
    "section": "部分",
    "question text": "题目内容",
    "possible answers": "可选答案",
    "value": "评分",
    "note": "备注",
    "at": "时间",
    "questionnaire": "问卷",
    "wave": "轮次",
}
"""The columns of a form's workbook, in English and in Chinese; a rating import knows them."""
SHOWN = ("section", "question text", "possible answers")
"""Columns that are there to be read by people."""
FILLED_ONCE = ("candidate", "rater", "at")
"""Columns that may be filled in the first row alone."""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What may be answered: the code that is written down, and what it means."""

    code: str
    words: Words = ()


@dataclass(frozen=True, slots=True)
class FormItem:
    """A question with its answers; ``lines`` are left to write on, ``when`` says when it is asked.

    ``choices`` are the codes of a drop-down list, ``hint`` says how else to answer.
    """

    id: str
    kind: Literal["rating", "choice", "choices", "yes_no", "number", "text"]
    about: str
    ask: Words
    probes: Sequence[Words]
    answers: Sequence[FormAnswer]
    states: Sequence[FormAnswer]
    evidence: Words
    when: str
    hint: str
    lines: int
    choices: Sequence[str]


@dataclass(frozen=True, slots=True)
class FormSection:
    """Items under one title."""

    title: Words
    items: Sequence[FormItem]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form for one candidate, or a blank one (empty ids)."""

    title: Words
    intro: Words
    candidate: str
    called: str
    rater: str
    questionnaire: str
    wave: str
    sections: Sequence[FormSection]
    candidates: Sequence[str]
    raters: Sequence[str]
    """Codes to choose from."""
    help: Sequence[str]
    heads: Sequence[tuple[str, str]]
    """What is written above the questions, with what is known of it."""
    note_words: str
    """What stands before what a note should hold."""

    def items(self) -> list[tuple[FormSection, FormItem]]:
        """Every item with its section."""
        return [(section, item) for section in self.sections for item in section.items]


@dataclass(frozen=True, slots=True)
class FormReport(Report):
    """A form as a report: programs read its sheet, people get a page or a workbook of its own."""

    form: PaperForm | None = None

    def renderer(self, format: str) -> str | None:
        own = {"html": "assess.exchange.form_html", "xlsx": "assess.exchange.form_xlsx"}
        return own.get(format)


def header(language: str) -> list[str]:
    """The names of the workbook's columns in a language."""
    return list(COLUMNS.values() if language == "zh" else COLUMNS)
