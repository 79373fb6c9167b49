"""Whom to interview, as whom, with which questionnaire at which wave; resumes where it stopped.

Who has asked already is shown, and how far; never how anybody was rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from assess.errors import AssessError
from assess.i18n import N_, _, language, ngettext
from assess.model.asking import asked_items
from assess.model.forms import Form, sheet_of
from assess.model.ids import as_id
from assess.model.pack import Questionnaire
from assess.model.pack_file import Wave
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.interview_opening import open_interview
from assess.tui.widgets.row_list import RowList
from assess.tui.widgets.wrapping import pad
from assess.workspace.results import InterviewSummary

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.workspace import Workspace

AUDIENCES = {
    "interviewer": N_("interviewer"),
    "candidate": N_("candidate"),
    "manager": N_("line manager"),
}


class CandidatesScreen(Chooser[str]):
    """The candidates, with who has asked them; the one chosen is interviewed."""

    def __init__(self, *, wave: str | None = None) -> None:
        super().__init__()
        self._wave = wave
        self._interviews: list[InterviewSummary] | None = None

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("Whom do you interview?"), _("name, code or department")

    def rows(self) -> list[Row[str]]:
        """Code, name, department and interviews of each candidate."""
        if self._interviews is None:
            self._interviews = self.workspace.interviews()
        wave = self.workspace.wave(self._wave).id
        people = list(self.workspace.candidates().values())
        code, name, department = (
            min(most, max(map(cell_len, texts), default=0))
            for most, texts in (
                (9, [one.id for one in people]),
                (18, [one.name for one in people]),
                (22, [one.department for one in people]),
            )
        )
        found = []
        for person in people:
            own = [i for i in self._interviews if i.candidate == person.id and i.wave == wave]
            line = Content.assemble(
                (pad(person.id, code), "bold"),
                "  ",
                pad(person.name, name),
                "  ",
                (pad(person.department, department), "$muted"),
                "  ",
                asked_words(self.workspace, own),
            )
            words = f"{person.id} {person.name} {person.department} {person.team}"
            found.append(Row(person.id, words, line))
        return found

    def choose(self, value: str) -> None:
        """Ask for the rest, then open the interview."""
        asked_by = [one for one in self._interviews or () if one.form != "self"]
        newest = max(asked_by, key=lambda one: one.last, default=None)
        self.dismiss(None)
        asked = ask_further(self.app, value, self._wave, newest.rater if newest else "")
        # the app's worker: this screen is gone before it ends
        self.app.run_worker(asked, group="opening", exclusive=True)


async def ask_further(app: AssessApp, candidate: str, wave: str | None, last_rater: str) -> None:
    """Ask who interviews and with what, where there is a choice, and open the interview."""
    workspace = app.workspace
    try:
        rater = workspace.me or await app.push_screen_wait(RaterScreen(last_rater, candidate))
        if rater is None:
            return
        sheets = SheetsScreen(candidate, rater, wave)
        rows = sheets.rows_of(workspace)
        chosen = rows[0].value if len(rows) == 1 else await app.push_screen_wait(sheets)
        if chosen is not None:
            await open_interview(
                app, candidate, rater, chosen.questionnaire, chosen.wave, form=chosen.form
            )
    except AssessError as error:
        app.show_error(error)


def asked_words(workspace: Workspace, own: Sequence[InterviewSummary]) -> str:
    """Who asks and how far it is: ``R2 18/36 R4 ✓``; other questionnaires behind their titles."""
    pack = workspace.pack
    first = workspace.questionnaire(None).id
    parts = [" ".join(_progress_words(one) for one in own if one.questionnaire == first)]
    for sheet in pack.questionnaires.values():
        asked = [one for one in own if one.questionnaire == sheet.id != first]
        title = [pack.say(sheet.title, language())] if any(o.form != "self" for o in asked) else []
        parts.append(" ".join([*title, *map(_progress_words, asked)]))
    return " · ".join(filter(None, parts)) or _("not yet asked")


def _progress_words(one: InterviewSummary) -> str:
    who = _("self-test") if one.form == "self" else one.rater
    return f"{who} ✓" if one.submitted else f"{who} {one.answered}/{one.asked}"


def _code_and_name(workspace: Workspace, candidate: str) -> str:
    person = workspace.candidate(candidate)
    return f"{person.id} {person.name}" if person.name else person.id


class RaterScreen(Chooser[str]):
    """The raters; a code typed that nobody has adds one."""

    def __init__(self, last: str, candidate: str = "") -> None:
        super().__init__()
        self._last = last
        self._candidate = candidate

    def words(self) -> tuple[str, str]:
        """Title, which names the candidate where it is about one, and hint."""
        title = _("Who asks?")
        if self._candidate:
            who = _code_and_name(self.workspace, self._candidate)
            title = _("Who asks {candidate}?").format(candidate=who)
        return title, _("your code; a new one is added")

    def start_row(self) -> int:
        """Who asked last."""
        codes = list(self.workspace.raters())
        return codes.index(self._last) if self._last in codes else 0

    def rows(self) -> list[Row[str]]:
        """Code and name."""
        return [
            Row(
                rater.id,
                f"{rater.id} {rater.name}",
                Content.assemble((pad(rater.id, 9), "bold"), " ", rater.name),
            )
            for rater in self.workspace.raters().values()
        ]

    def narrow(self, rows: Sequence[Row[str]], typed: str) -> list[Row[str]]:
        """Who matches, and the code typed as a new one where it can be a code."""
        found = super().narrow(rows, typed)
        try:
            code = as_id(typed.strip())
        except ValueError:
            return found
        if any(row.value == code for row in rows):
            return found
        words = _("{code}  add as a new rater").format(code=code)
        return [*found, Row(code, code, Content(words))]


@dataclass(frozen=True)
class Sheet:
    """A questionnaire at a wave; the form of an interview that is still to be opened."""

    questionnaire: str
    wave: str
    form: Form | None = None


_OTHERS = Sheet("", "")
"""The row that unfolds the other waves."""


class SheetsScreen(Chooser[Sheet]):
    """The questionnaires at the current wave, and what is half done; the other waves unfold."""

    def __init__(self, candidate: str, rater: str, wave: str | None) -> None:
        super().__init__()
        self._candidate = candidate
        self._rater = rater
        self._wave = wave
        self._unfolded = False
        self._begun: set[Sheet] = set()

    def words(self) -> tuple[str, str]:
        """Title, which names candidate and rater, and hint."""
        title = _("Which questionnaire for {candidate}, asked by {rater}?").format(
            candidate=_code_and_name(self.workspace, self._candidate), rater=self._rater
        )
        return title, _("type to find, other waves too")

    def rows(self) -> list[Row[Sheet]]:
        """Title, wave, who answers, how far it is."""
        return self.rows_of(self.workspace)

    def narrow(self, rows: Sequence[Row[Sheet]], typed: str) -> list[Row[Sheet]]:
        """All that match what is typed; without it the current wave, unless all are unfolded."""
        if typed.strip() or self._unfolded:
            return super().narrow(rows, typed)
        now = self.workspace.wave(self._wave).id
        shown = [row for row in rows if row.value.wave == now or row.value in self._begun]
        waves = {row.value.wave for row in rows} - {now}
        if len(shown) == len(rows):
            return shown
        words = ngettext("{n} other wave …", "{n} other waves …", len(waves)).format(n=len(waves))
        return [*shown, Row(_OTHERS, words, Content.styled(words, "$muted"))]

    def choose(self, value: Sheet) -> None:
        """Give the questionnaire back, or show those of the other waves."""
        if value != _OTHERS:
            super().choose(value)
            return
        self._unfolded = True
        self._fill("", self.query_one(RowList).highlighted or 0)

    def rows_of(self, workspace: Workspace) -> list[Row[Sheet]]:
        """The rows, before the screen is shown."""
        pack = workspace.pack
        now = workspace.wave(self._wave)
        first = workspace.questionnaire(None)
        sheets = [first, *(q for q in pack.questionnaires.values() if q.id != first.id)]
        done = {
            (one.questionnaire, one.wave): one
            for one in workspace.interviews()
            if (one.candidate, one.rater) == (self._candidate, self._rater)
        }
        self._begun = {
            Sheet(one.questionnaire, one.wave) for one in done.values() if not one.submitted
        }
        found = []
        for wave in [now, *(w for w in pack.file.waves if w.id != now.id)]:
            for sheet in sheets:
                one = done.get((sheet.id, wave.id))
                title, at = pack.say(sheet.title, language()), pack.say(wave.name, language())
                line = Content.assemble(
                    (pad(title, 22), "bold"),
                    " ",
                    pad(at, 20),
                    " ",
                    (pad(_(AUDIENCES[sheet.audience]), 13), "$muted"),
                    " ",
                    _standing(one),
                )
                found.append(Row(Sheet(sheet.id, wave.id), f"{title} {at} {sheet.id}", line))
                found += self._short(workspace, sheet, wave) if one is None else []
        return found

    def _short(self, workspace: Workspace, sheet: Questionnaire, wave: Wave) -> list[Row[Sheet]]:
        """The short form as a row of its own, where it is shorter."""
        pack = workspace.pack
        modules = workspace.modules_of(workspace.candidate(self._candidate))
        form = sheet_of(pack, sheet, "short", modules)
        whole = len(asked_items(sheet, wave, {}, modules))
        short = len(asked_items(form, wave, {}, modules))
        if sheet.audience != "interviewer" or not 0 < short < whole:
            return []
        title, at = pack.say(sheet.title, language()), pack.say(wave.name, language())
        said = ngettext("short form: {n} of {all} items", "short form: {n} of {all} items", whole)
        words = said.format(n=short, all=whole)
        line = Content.assemble((pad(title, 22), "bold"), " ", pad(at, 20), " ", (words, "$muted"))
        return [Row(Sheet(sheet.id, wave.id, "short"), f"{title} {at} {sheet.id} {words}", line)]


def _standing(one: InterviewSummary | None) -> str:
    if one is None:
        return _("new")
    if one.submitted:
        return _("submitted")
    return _("{n} of {all}").format(n=one.answered, all=one.asked)
