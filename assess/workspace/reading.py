"""Interviews as read from the store, with what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.model.forms import FORMS, Form, Sheet, asked_of
from assess.model.items import Item, RatingItem
from assess.model.pack import Pack, Questionnaire
from assess.model.records import ENGAGEMENT, Record, current
from assess.workspace.moment import one_moment
from assess.workspace.standing_answers import StandingAnswers, standing

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class InterviewRecords:
    """One interview as read from the store, with what stands in it."""

    id: str
    candidate: str
    rater: str
    questionnaire: Questionnaire
    wave: str
    submitted: bool
    newest: str
    answers: StandingAnswers
    sheet: Sheet
    streams: tuple[str, ...]
    """Where its records are; more than one where codes were joined."""
    form: str = "full"
    """full, short, or self: what a candidate answered alone, which counts nowhere."""

    @property
    def shown(self) -> frozenset[str]:
        """Items that no condition hides."""
        return self.sheet.shown

    @property
    def asked(self) -> tuple[Item, ...]:
        """Items asked of this candidate in this wave, in order."""
        return self.sheet.asked

    @property
    def four(self) -> tuple[str, str, str, str]:
        """What makes it this interview: candidate, rater, questionnaire and wave."""
        return self.candidate, self.rater, self.questionnaire.id, self.wave


def rates(pack: Pack, interview: InterviewRecords) -> bool:
    """Whether an interview holds a rating, and not only knowledge, notes or declarations."""
    return any(
        isinstance(pack.items[item], RatingItem) for item, _value in interview.answers.answered()
    )


class Readings:
    """The interviews of a workspace, each read again only when it or the people changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, tuple[str, InterviewRecords | None]] = {}
        self._people = ""

    def now(self) -> list[InterviewRecords]:
        """All interviews whose candidate, questionnaire and wave are known."""
        with one_moment():
            return self._now()

    def _now(self) -> list[InterviewRecords]:
        workspace, known = self._workspace, self._known
        digests = workspace.store.digests()
        people = digests.pop(ENGAGEMENT, "")
        if people != self._people:
            known = {}
        damaged = workspace.store.damaged()
        there = [stream for stream in digests if stream not in damaged]
        changed = {s for s in there if s not in known or known[s][0] != digests[s]}
        read = dict(_read(workspace, changed))
        fresh = {s: (digests[s], read[s]) if s in changed else known[s] for s in there}
        self._known, self._people = fresh, people
        found = [reading for _digest, reading in fresh.values() if reading is not None]
        return self._joined(found) if workspace.standing.joins else found

    def _joined(self, readings: list[InterviewRecords]) -> list[InterviewRecords]:
        """Interviews that joining made one are read as one."""
        workspace = self._workspace
        same: dict[tuple[str, str, str, str], list[InterviewRecords]] = {}
        for reading in readings:
            same.setdefault(reading.four, []).append(reading)
        found = []
        for parts in same.values():
            if len(parts) == 1:
                found += parts
                continue
            streams = tuple(sorted(part.streams[0] for part in parts))
            records = [r for stream in streams for r in workspace.store.read(stream)]
            one = read_interview(workspace, streams, sorted(records, key=lambda r: r["id"]))
            found += [one] if one else []
        return found


_SINGLY = 8
"""From so many streams on the store reads them together."""


def _read(workspace: Workspace, streams: set[str]) -> Iterator[tuple[str, InterviewRecords | None]]:
    """Each interview with what stands in it. Raises what reading a damaged stream raises."""
    store, reader = workspace.store, _Reader(workspace)
    left = set(streams)
    if len(streams) >= _SINGLY:
        for stream, records in store.read_all(streams):
            left.discard(stream)
            yield stream, reader.read((stream,), records)
    for stream in sorted(left):
        yield stream, reader.read((stream,), store.read(stream))


def read_interview(
    workspace: Workspace, streams: tuple[str, ...], records: list[Record]
) -> InterviewRecords | None:
    """An interview's records with what stands in them; None where it belongs to nobody known."""
    return _Reader(workspace).read(streams, records)


class _Reader:
    """Reads interviews of one moment."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._now, self._pack = workspace.standing, workspace.pack
        self._people = workspace.candidates()
        self._modules: dict[str, list[str]] = {}

    def read(self, streams: tuple[str, ...], records: list[Record]) -> InterviewRecords | None:
        """As :func:`read_interview`."""
        now, pack = self._now, self._pack
        opening: Mapping[str, Any] | None = next(
            (record for record in records if record["kind"] == "opened"), None
        )
        if opening is None or (now.erased and now.erased.has_stream(streams[0])):
            return None
        candidate = now.joins.whose(streams[0], opening["candidate"])
        if candidate not in self._people:
            return None
        questionnaire = pack.questionnaires.get(opening["questionnaire"])
        wave = pack.waves.get(opening["wave"])
        if questionnaire is None or wave is None:
            return None
        heads = current(records)
        # an interview under another version of the pack may hold items that this one lacks
        answers = standing(heads, pack, others=opening["pack"]["hash"] != pack.hash)
        form: Form = opening["form"] if opening.get("form") in FORMS else "full"
        given = dict(answers.answered()) if pack.read_by_conditions else {}
        if candidate not in self._modules:
            self._modules[candidate] = self._workspace.modules_of(self._people[candidate])
        modules = self._modules[candidate]
        return InterviewRecords(
            id=now.joins.stream(candidate, opening["rater"], questionnaire.id, wave.id),
            candidate=candidate,
            rater=opening["rater"],
            questionnaire=questionnaire,
            wave=wave.id,
            submitted="submitted" in [head["kind"] for head in heads],
            newest=max([record["at"] for record in records]),
            answers=answers,
            sheet=asked_of(pack, questionnaire, wave, form=form, modules=modules, given=given),
            streams=streams,
            form=form,
        )
