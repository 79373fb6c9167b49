"""Choosing a person: as whom one works, and who withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from assess.i18n import _
from assess.model.ids import as_id
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.widgets.wrapping import pad


@dataclass(frozen=True)
class Who:
    """As whom one works: an interviewer's code, empty for the manager."""

    code: str


class WhoScreen(Chooser[Who]):
    """The manager and the raters; a code typed that nobody has is one's own."""

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("As whom do you work on this machine?"), _("name or code; a new one may be typed")

    def keys_line(self) -> str:
        """The keys, and what the choice means."""
        return (
            _(
                "Interviewers see others' ratings of a candidate once their own are submitted. "
                "This is an agreement, not a lock: the files can be read."
            )
            + "\n"
            + super().keys_line()
        )

    def start_row(self) -> int:
        """As whom one works now."""
        codes = [row.value.code for row in self.rows()]
        me = self.workspace.me or ""
        return codes.index(me) if me in codes else 0

    def rows(self) -> list[Row[Who]]:
        """The manager first, then every rater."""
        me = self.workspace.me
        found = [self._row("", _("manager"), _("everything is shown"), me is None)]
        people = {code: rater.name for code, rater in self.workspace.raters().items()}
        if me is not None:
            people.setdefault(me, "")
        for code, name in people.items():
            found.append(self._row(code, code, name, me == code))
        return found

    @staticmethod
    def _row(code: str, head: str, words: str, now: bool) -> Row[Who]:
        mark = "  " + _("now") if now else ""
        line = Content.assemble((pad(head, 12), "bold"), " ", words, (mark, "$accent"))
        return Row(Who(code), f"{head} {words}", line)

    def narrow(self, rows: Sequence[Row[Who]], typed: str) -> list[Row[Who]]:
        """Who matches, and the code typed as one's own where it can be a code."""
        found = super().narrow(rows, typed)
        try:
            code = as_id(typed.strip())
        except ValueError:
            return found
        if any(row.value.code == code for row in rows):
            return found
        return [*found, Row(Who(code), code, Content(_("work as {code}").format(code=code)))]


class WithdrawScreen(Chooser[str]):
    """The candidates who have not withdrawn, and those who have, who cannot be chosen."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("Who withdraws?"), _("name, code or department")

    def start_row(self) -> int:
        """Whom the screen below was about."""
        codes = list(self.workspace.candidates())
        return codes.index(self._at) if self._at in codes else 0

    def rows(self) -> list[Row[str]]:
        """Code, name, department."""
        gone = self.workspace.withdrawn()
        return [
            Row(
                code,
                f"{code} {person.name} {person.department}",
                Content.assemble(
                    (pad(code, 9), "bold"),
                    " ",
                    pad(person.name, 18),
                    " ",
                    (pad(person.department, 22), "$muted"),
                    ("  " + _("withdrawn") if code in gone else "", "$accent"),
                ),
                disabled=code in gone,
            )
            for code, person in self.workspace.candidates().items()
        ]
