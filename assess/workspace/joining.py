"""One person entered under two codes, and interviews recorded under the wrong candidate.

A record ``joined`` says that the candidate ``old`` is the candidate ``new``, or, with
``interview``, that this one interview was with ``new``. Nothing is copied or renamed: streams keep
the names and records that they have, so that copies of any age can still be united with them, and
reading asks :class:`Joins` whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, listed
from assess.model.ids import interview_id

if TYPE_CHECKING:
    from assess.workspace.reading import InterviewRecords
    from assess.workspace.workspace import Workspace


class Joins:
    """Whom a code and an interview mean, by the ``joined`` records that stand."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = ()) -> None:
        self._to: dict[str, str] = {}
        self._moved: dict[str, Mapping[str, Any]] = {}
        for record in sorted(records, key=lambda r: r["id"]):
            if record.get("interview"):
                self._moved[record["interview"]] = record
            else:
                self._point(record["old"], record["new"])
        self._codes: dict[str, set[str]] = {}
        for code in self._to:
            self._codes.setdefault(self.person(code), set()).add(code)

    def _point(self, old: str, new: str) -> None:
        before = self._to.pop(old, None)
        if self.person(new) != old:
            self._to[old] = new
        elif before is not None:  # two laptops joined both ways: no circle
            self._to[old] = before

    def __bool__(self) -> bool:
        return bool(self._to or self._moved)

    def person(self, code: str) -> str:
        """The code that a candidate is known by now."""
        while code in self._to:
            code = self._to[code]
        return code

    def codes(self, person: str) -> set[str]:
        """Every code that means the person, its own included."""
        return {person} | self._codes.get(person, set())

    def whose(self, stream: str, candidate: str) -> str:
        """Whom an interview was with, of which its opening says ``candidate``."""
        if stream in self._moved:
            candidate = self._moved[stream]["new"]
        return self.person(candidate)

    def stream(self, candidate: str, rater: str, questionnaire: str, wave: str) -> str:
        """Where the interview that these four name is written."""
        return next(
            name
            for name in self._names(candidate, rater, questionnaire, wave)
            if self.whose(name, candidate) == candidate
        )

    def taken(self, candidate: str, rater: str, questionnaire: str, wave: str) -> str:
        """The stream that this interview would have, had that not been moved to somebody else."""
        names = self._names(candidate, rater, questionnaire, wave)
        at = names.index(self.stream(candidate, rater, questionnaire, wave))
        return names[at - 1] if at else ""

    def sources(self, candidate: str, rater: str, questionnaire: str, wave: str) -> list[str]:
        """All streams that may hold records of that interview, where it is written first."""
        found = [self.stream(candidate, rater, questionnaire, wave)]
        for code in sorted(self.codes(candidate)):
            names = self._names(code, rater, questionnaire, wave)
            found += [name for name in names if self.whose(name, code) == candidate]
        for name, record in sorted(self._moved.items()):
            same = (record["rater"], record["questionnaire"], record["wave"])
            if same == (rater, questionnaire, wave) and self.person(record["new"]) == candidate:
                found.append(name)
        return list(dict.fromkeys(found))

    def _names(self, code: str, rater: str, questionnaire: str, wave: str) -> list[str]:
        """The stream of these four; where it was moved to somebody else, the ones after it."""
        names = [interview_id(code, rater, questionnaire, wave)]
        while names[-1] in self._moved:
            names.append(next_stream(code, rater, questionnaire, wave, names[-1]))
        return names


def next_stream(candidate: str, rater: str, questionnaire: str, wave: str, taken: str) -> str:
    """The stream of an interview whose own one, ``taken``, holds an interview with another."""
    return interview_id(candidate, rater, questionnaire, f"{wave}\x1f{taken}")


def join(workspace: Workspace, old: str, new: str, reason: str = "") -> None:
    """Record that the candidate ``old`` is the candidate ``new``.

    Raises BadInput for codes that are unknown or one and the same, AssessError where an
    interviewer would come to see others' ratings by it.
    """
    _check(workspace, old, new)
    content = {"kind": "joined", "old": old, "new": new, "reason": reason.strip()}
    workspace.add(content | {"revises": workspace.head_ids("joined", old=old, interview="")})
    workspace.log("joined", candidate=[old, new])


def move(
    workspace: Workspace, old: str, new: str, interviews: Iterable[str], reason: str = ""
) -> None:
    """Record that interviews filed under ``old`` were with ``new``.

    Raises BadInput for unknown codes and interviews that are not with ``old``, AssessError as
    :func:`join` does.
    """
    _check(workspace, old, new)
    known = {reading.id: reading for reading in workspace.readings() if reading.candidate == old}
    chosen = list(dict.fromkeys(interviews))
    unknown = [interview for interview in chosen if interview not in known]
    if unknown or not chosen:
        raise BadInput(
            _("{candidate} has no such interview: {interview}").format(
                candidate=old, interview=listed(unknown) or "–"
            ),
            findings=[described(reading) for reading in known.values()],
            hint=_("name one of the interviews listed"),
        )
    contents = [
        {
            "kind": "joined",
            "old": old,
            "new": new,
            "interview": stream,
            "rater": known[interview].rater,
            "questionnaire": known[interview].questionnaire.id,
            "wave": known[interview].wave,
            "reason": reason.strip(),
            "revises": workspace.head_ids("joined", interview=stream),
        }
        for interview in chosen
        for stream in known[interview].streams
    ]
    workspace.add(*contents)
    workspace.log("moved", candidate=[old, new], interview=chosen)


def described(reading: InterviewRecords) -> str:
    """An interview in a line, its id first."""
    return _("{id}  by {rater}, {questionnaire}, wave {wave}, {count} answers").format(
        id=reading.id,
        rater=reading.rater,
        questionnaire=reading.questionnaire.id,
        wave=reading.wave,
        count=len(reading.answers),
    )


def _check(workspace: Workspace, old: str, new: str) -> None:
    workspace.candidate(old)
    workspace.candidate(new)
    if old == new:
        raise BadInput(_("{code} cannot be joined with itself").format(code=old))
    seen = {reading.id for reading in workspace.visible()}
    hidden = [
        reading
        for reading in workspace.readings()
        if reading.candidate in (old, new) and reading.form != "self" and reading.id not in seen
    ]
    if workspace.me is not None and hidden:
        raise AssessError(
            _("{me} may not see all ratings of {old} and {new} yet, and joining would show them")
            .format(me=workspace.me, old=old, new=new),
            hint=_("who joins them works as manager: assess as manager, or --as manager"),
        )  # fmt: skip
