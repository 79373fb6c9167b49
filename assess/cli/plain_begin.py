"""What is said and asked before the first item of an interview in lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from assess.cli.common import say
from assess.cli.plain_words import whom_and_what
from assess.errors import AssessError
from assess.exchange.cells import halfwidth
from assess.i18n import _
from assess.workspace.interviewing import Interview

if TYPE_CHECKING:
    from assess.workspace.calibration import Calibration
    from assess.workspace.workspace import Workspace


class Beginning:
    """Reads lines: is it opened again, was the notice given, do sample answers come first."""

    def __init__(self, session: Interview, lines: TextIO) -> None:
        self.session = session
        self._lines = lines
        self.samples: Calibration | None = None
        """The sample answers on offer until the first answer."""
        self.unsaved: dict[str, None] = {}
        """The items whose answer or note (``+ ITEM``) could not be saved, in order."""

    def read_line(self) -> str | None:
        """The next line without its end; None where there is no more."""
        line = self._lines.readline()
        return line.rstrip("\r\n").lstrip("\ufeff") if line else None

    @staticmethod
    def typed(line: str) -> str:
        """The line as a command would be typed: an input method may give ？ for ? and ＋ for +."""
        line = line.strip()
        return halfwidth(line[:1]) + line[1:] if len(line) == 1 or line[:1] == "＋" else line

    def open_again(self) -> None:
        """Ask for the reason to open a submitted interview again.

        Raises AssessError where none is given, BadInput for an empty one.
        """
        if not self.session.submitted:
            return
        say(_("this interview is submitted"))
        say(_("u REASON: open it again, the reason stays on record   anything else: stop"))
        line = (self.read_line() or "").strip()
        if line != "u" and not line.startswith("u "):
            raise AssessError(_("this interview is submitted already"))
        self.session.reopen(line[1:].strip())
        say(_("open again"))

    def give_notice(self, *, given: bool) -> bool:
        """Tell the notice and record that it was given; False where the answer is not ``y``."""
        session = self.session
        if session.withdrawn:
            say(
                _("{candidate} has withdrawn; going on takes a new agreement").format(
                    candidate=session.candidate.id
                )
            )
        if not given:
            for told in (*whom_and_what(session), session.notice, *session.notice_gaps):
                say(told)
            say(_("y: told, and the candidate agrees to be interviewed   anything else: stop"))
            line = self.read_line()
            if line is not None and self.took_samples(line.strip()):
                say(_("y: told, and the candidate agrees to be interviewed   anything else: stop"))
                line = self.read_line()
            if (line or "").strip().lower() != "y":
                say(_("nothing was asked: the notice must be given first"))
                return False
        session.record_notice("consent")
        return True

    def offer_calibration(self, workspace: Workspace) -> None:
        """Before a rater's first interview: ``c`` scores the sample answers; nothing must be said.

        A pipe that answers the first item goes on undisturbed.
        """
        from assess.workspace.calibration import calibration, due

        if due(workspace, self.session.rater.id):
            self.samples = calibration(workspace, self.session.rater.id)
            say(
                _(
                    "Sample answers wait to be scored before the first interview: c scores them "
                    "now; later: assess calibrate {rater}"
                ).format(rater=self.session.rater.id)
            )

    def took_samples(self, line: str) -> bool:
        """Score the sample answers where they are on offer and ``line`` asks for them."""
        if self.samples is None or line != "c":
            return False
        from assess.cli.calibrate import SampleTalk

        talk = SampleTalk(self.samples, self._lines)
        talk.run()
        self.unsaved |= talk.unsaved
        self.samples = None
        say(_("back to the interview"))
        return True
