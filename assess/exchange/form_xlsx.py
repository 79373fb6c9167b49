"""A rating form as a workbook: a row per question, lists to choose from, room for notes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assess.exchange.form import COLUMNS, FormItem, FormReport, PaperForm, header
from assess.exchange.report import Progress, Report, silent
from assess.exchange.safe import clean, neutralise
from assess.exchange.words import fact_words
from assess.exchange.xlsx_cells import fitting, height
from assess.i18n import _, language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "candidate": 12, "rater": 12, "item": 11, "section": 16, "question text": 46,
    "possible answers": 46, "value": 11, "note": 44, "at": 12, "questionnaire": 13, "wave": 7,
}  # fmt: skip
_WRITTEN_IN = ("candidate", "rater", "value", "note", "at")
_LISTS = "lists"
_SHORT = 250


def render(report: Report, progress: Progress = silent) -> bytes:
    """The form as a workbook, behind it a sheet that says how to fill it in and what it is for."""
    from xlsxwriter import Workbook

    assert isinstance(report, FormReport) and report.form is not None
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": clean(report.title)[:200], "created": dt.datetime(2000, 1, 1)})
    _FormBook(book, report, report.form, progress).write()
    book.close()
    return out.getvalue()


class _FormBook:
    def __init__(
        self, book: Workbook, report: FormReport, form: PaperForm, progress: Progress
    ) -> None:
        self._book, self._report, self._form, self._progress = book, report, form, progress
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._lists: list[list[str]] = []

    def write(self) -> None:
        """All sheets."""
        page = self._book.add_worksheet(_("Form"))
        about = self._book.add_worksheet(self._report.about)
        self._head(page)
        items = self._form.items()
        for row, (section, item) in enumerate(items, 1):
            self._row(page, row, section.title, item)
            self._progress(row, len(items))
        self._choose(page, "candidate", len(items), self._form.candidates, firm=False)
        self._choose(page, "rater", len(items), self._form.raters, firm=False)
        self._about(about)
        self._hidden_lists()

    def _head(self, page: Worksheet) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.freeze_panes(1, 3)
        look = {"bold": True, "text_wrap": True, "bg_color": "#e4e7eb", "bottom": 1}
        for at, (code, name) in enumerate(zip(COLUMNS, header(language()), strict=True)):
            page.set_column(at, at, _WIDTHS[code])
            self._text(page, (0, at), name, look)

    def _row(self, page: Worksheet, row: int, title: Sequence[str], item: FormItem) -> None:
        form = self._form
        question = [*item.ask, *(f"– {one}" for probe in item.probes for one in probe)]
        if item.when:
            question.append(item.when)
        answers = [_answer(answer.code, answer.words) for answer in item.answers]
        answers += [item.hint] if item.hint else []
        cells = {
            "candidate": form.candidate,
            "rater": form.rater,
            "item": item.id,
            "section": "\n".join(title),
            "question text": "\n".join(question),
            "possible answers": "\n".join(answers),
            "questionnaire": form.questionnaire,
            "wave": form.wave,
        }
        points = height([(text, _WIDTHS[code]) for code, text in cells.items()])
        page.set_row(row, max(points or 15, 30))
        for at, code in enumerate(COLUMNS):
            look: dict[str, Any] = {"valign": "top", "text_wrap": True, "border": 1}
            look["border_color"] = "#cbd2d9"
            if code in _WRITTEN_IN:
                look["bg_color"] = "#fff9db"
            if cells.get(code):
                self._text(page, (row, at), cells[code], look)
            else:
                page.write_blank(row, at, None, self._look(look))
        self._list(page, (row, list(COLUMNS).index("value")), item)

    def _list(self, page: Worksheet, place: tuple[int, int], item: FormItem) -> None:
        """The drop-down list of an answer; anything else is warned of, not forbidden."""
        # a message of a cell holds 255 characters, its title 32
        message = (item.hint or " · ".join(item.choices))[:250]
        options: dict[str, Any] = {"input_title": item.id[:32], "input_message": message}
        if item.choices:
            options |= {
                "validate": "list",
                "source": self._source(item.choices),
                "error_type": "warning",
                "error_message": _("This is none of the answers of the question. Keep it?"),
            }
        else:
            options["validate"] = "any"
        page.data_validation(*place, *place, options)

    def _choose(
        self, page: Worksheet, code: str, rows: int, words: Sequence[str], *, firm: bool
    ) -> None:
        if words and rows:
            at = list(COLUMNS).index(code)
            source = self._source(words)
            options = {"validate": "list", "source": source, "show_error": firm}
            page.data_validation(1, at, rows, at, options)

    def _source(self, words: Sequence[str]) -> list[str] | str:
        """A few words as they are, many in a sheet of their own."""
        if sum(len(word) + 1 for word in words) <= _SHORT and not any("," in w for w in words):
            return list(words)
        if list(words) not in self._lists:
            self._lists.append(list(words))
        letter = _letter(self._lists.index(list(words)))
        return f"={_LISTS}!${letter}$1:${letter}${len(words)}"

    def _hidden_lists(self) -> None:
        if not self._lists:
            return
        page = self._book.add_worksheet(_LISTS)
        for at, words in enumerate(self._lists):
            for row, word in enumerate(words):
                if word.isascii() and word.isdigit():
                    page.write_number(row, at, int(word))
                else:
                    self._text(page, (row, at), word, {})
        page.hide()

    def _about(self, page: Worksheet) -> None:
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 90)
        page.hide_gridlines(2)
        self._text(page, (0, 0), self._report.title, {"bold": True, "font_size": 14})
        wrapped = {"valign": "top", "text_wrap": True}
        row = 2
        for line in (*self._form.help, *self._form.intro):
            page.set_row(row, height([(line, 90)]))
            self._text(page, (row, 1), line, wrapped)
            row += 1
        for fact in self._report.facts:
            self._text(page, (row + 1, 0), fact.label, {"valign": "top"})
            self._text(page, (row + 1, 1), fact_words(fact), wrapped)
            row += 1

    def _text(
        self, page: Worksheet, place: tuple[int, int], text: str, look: dict[str, Any]
    ) -> None:
        text = fitting(text)
        if neutralise(text) != text:
            look = look | {"quote_prefix": True}  # stays text when somebody edits the cell
        page.write_string(*place, text, self._look(look))

    def _look(self, look: dict[str, Any]) -> Any:
        key = tuple(look.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format(look)
        return self._looks[key]


def _answer(code: str, words: Sequence[str]) -> str:
    said = " / ".join(word for word in words if word != code)
    return f"{code}  {said}" if said else code


def _letter(at: int) -> str:
    from assess.exchange.tables import letter

    return letter(at)
