"""``assess calibrate``: a rater scores the sample answers, in the app or as lines of text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from assess import i18n
from assess.cli.common import need_terminal, open_workspace, print_json, say
from assess.cli.plain_item import anchors
from assess.cli.plain_words import ended, not_saved, stopped
from assess.errors import AssessError, BadInput, StoreError
from assess.exchange.answers import read_answer
from assess.exchange.cells import CellError
from assess.i18n import _, ngettext
from assess.model.calibration import Sample
from assess.workspace.calibration import Calibration, calibration
from assess.workspace.calibration_words import distance_words, verdict_words


def run_calibrate(arguments: argparse.Namespace) -> int:
    """``assess calibrate RATER``."""
    workspace = open_workspace(arguments)
    talk: SampleTalk | None = None
    try:
        if arguments.json:
            known = workspace.rater(arguments.rater)
            print_json(as_json(calibration(workspace, known.id)))
            return 0
        if arguments.plain:
            talk = SampleTalk(calibration(workspace, arguments.rater), sys.stdin)
            talk.run()
            if talk.unsaved:
                raise not_saved(talk.unsaved)
            return 0
        need_terminal()
        mine = calibration(workspace, arguments.rater)
        from assess.terminal import prepare

        prepare()
        from assess.tui.app import AssessApp
        from assess.tui.starts import CalibrationStart

        app = AssessApp(workspace, start=CalibrationStart(mine.rater))
        app.run()
        return app.return_code or 0
    except KeyboardInterrupt:
        if talk is not None and talk.unsaved:
            raise not_saved(talk.unsaved) from None
        say(stopped())
        return 130


def as_json(mine: Calibration) -> dict[str, Any]:
    """``calibrate --json``: the own ratings; the master's only beside those."""
    found = []
    for sample in mine.samples:
        verdict = mine.verdict(sample.id)
        found.append(
            {
                "sample": sample.id,
                "item": sample.item,
                "competency": mine.item(sample).competency,
                "value": verdict.value if verdict else None,
                "master": verdict.master if verdict else None,
                "distance": verdict.distance if verdict else None,
            }
        )
    return {"rater": mine.rater, **mine.distance.as_json(), "samples": found}


class SampleTalk:
    """Reads a line, does what it says, shows the next sample."""

    def __init__(self, mine: Calibration, lines: TextIO) -> None:
        self.mine = mine
        self._lines = lines
        self._at: Sample | None = None
        self._asked_in = ""
        """The language of the samples; empty: that of the program."""
        self.unsaved: dict[str, None] = {}
        """The samples whose rating could not be saved, in order."""

    def run(self) -> None:
        """Ask until all are rated, stopped, or out of lines."""
        say(_("? explains   q stops, everything is kept"))
        self._show(self.mine.next_open())
        while self._at is not None:
            line = self._lines.readline()
            if not line:
                if not self.unsaved:
                    say(ended())
                return
            try:
                if not self._obey(said := line.strip().lstrip("\ufeff")):
                    if said == "q" and not self.unsaved:
                        say(stopped())
                    return
            except (AssessError, CellError) as error:
                if isinstance(error, StoreError):
                    self.unsaved[self._at.id] = None
                say(str(error))
            if waiting := self.mine.waiting:
                say(waiting)

    def _obey(self, line: str) -> bool:
        if line == "q":
            return False
        if line == "?":
            self._explain()
        elif line == "r":
            self._tell_open()
        elif line == "l":
            known = self.mine.pack.file.languages
            at = known.index(self._spoken) if self._spoken in known else -1
            self._asked_in = known[(at + 1) % len(known)]
            self._show(self._at)
        elif line == "b":
            self._show(self._beside(-1))
        elif line.startswith("g "):
            self._show(self.mine.sample(line[2:].strip()))
        elif not line:
            self._show(self._beside(1))
        else:
            self._rate(line)
        return True

    @property
    def _spoken(self) -> str:
        return self._asked_in or i18n.language()

    def _rate(self, line: str) -> None:
        assert self._at is not None
        sample = self._at
        if self.mine.verdict(sample.id) is not None:
            raise BadInput(_("this sample is rated; the first rating stands"))
        state, value = read_answer(self.mine.pack, self.mine.item(sample), line, states=())
        if state != "answered" or not isinstance(value, int | float):
            raise BadInput(_("a sample is rated with a number"))
        verdict = self.mine.rate(sample.id, value)
        self.unsaved.pop(sample.id, None)
        print(f"{sample.id}\t{verdict.value:g}", flush=True)
        for told in verdict_words(self.mine, verdict, self._spoken):
            say(told)
        self._show(self._beside(1, open_only=True) or self.mine.next_open())

    def _beside(self, by: int, *, open_only: bool = False) -> Sample | None:
        """The sample before or behind, the same one at an end; None where no open one is behind."""
        samples = self.mine.samples
        at = samples.index(self._at) if self._at in samples else 0
        if open_only:
            behind = samples[at + 1 :]
            return next((one for one in behind if self.mine.verdict(one.id) is None), None)
        return samples[max(0, min(len(samples) - 1, at + by))]

    def _show(self, sample: Sample | None) -> None:
        self._at = sample
        lines = distance_words(self.mine.distance) if sample is None else self._sample(sample)
        for line in lines:
            say(line)

    def _sample(self, sample: Sample) -> Iterator[str]:
        pack, spoken, item = self.mine.pack, self._spoken, self.mine.item(sample)
        samples = self.mine.samples
        yield ""
        yield _("{item}, {place} of {count}").format(
            item=sample.id, place=samples.index(sample) + 1, count=len(samples)
        )
        yield pack.say(item.ask, spoken)
        yield _("Sample answer: {answer}").format(answer=pack.say(sample.answer, spoken))
        yield from anchors(pack, item, spoken)
        verdict = self.mine.verdict(sample.id)
        if verdict is not None:
            yield from verdict_words(self.mine, verdict, spoken)

    def _tell_open(self) -> None:
        left = [one.id for one in self.mine.samples if self.mine.verdict(one.id) is None]
        say(
            ngettext("{n} sample open: {items}", "{n} samples open: {items}", len(left)).format(
                n=len(left), items=" ".join(left) or "–"
            )
        )

    def _explain(self) -> None:
        say(_("a number rates the sample answer; then the master rating and its reason are told"))
        say(_("empty line: leave open and go on   b back   g SAMPLE goes to a sample answer"))
        say(_("l asks in the pack's next language   r lists what is open"))
        say(_("q stops, everything is kept; assess calibrate goes on with what is left"))
