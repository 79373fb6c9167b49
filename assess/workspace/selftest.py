"""The self-test: what a candidate answers alone, and the profile that comes of it.

It counts in no ranking. It is stored only where the candidate agrees; without that it is asked all
the same and forgotten at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, language
from assess.model.asking import Answer
from assess.model.forms import self_questionnaire
from assess.model.items import ChoiceItem, ChoicesItem, Item, NumberItem, RatingItem
from assess.model.people import Rater
from assess.model.records import Record
from assess.workspace.interviewing import Interview

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

ENOUGH = 10
"""Takers from whom on it is told where one stands among them."""


class SelfTest(Interview):
    """A candidate's interview with himself; until :meth:`agree` nothing is stored."""

    _agreed = ""
    _told = ""

    @property
    def consent_due(self) -> bool:
        """Whether the candidate has not been asked yet whether the answers may be stored."""
        return not (self._begun or self._agreed)

    @property
    def kept(self) -> bool:
        """Whether what is answered is stored."""
        return self._on_disk or bool(self._agreed)

    def refresh(self) -> None:
        """Read the test again."""
        super().refresh()
        self._on_disk = self._begun

    def agree(self) -> None:
        """The candidate agrees that the answers are stored."""
        self._agreed, self._told = self._workspace.clock(), language()

    def _keep(self, records: list[Record]) -> None:
        if self.kept:
            super()._keep(records)

    def _log(self, what: str, **codes: str) -> None:
        if self.kept:
            super()._log(what, **codes)

    def _opening(self) -> dict[str, Any]:
        consent = {"at": self._agreed, "language": self._told}
        return super()._opening() | ({"consent": consent} if self._agreed else {})


def self_test(workspace: Workspace, candidate: str, wave: str | None = None) -> SelfTest:
    """The self-test of a candidate, new or as far as it got.

    Raises BadInput for an unknown candidate or wave, and where the pack has no questionnaire that
    candidates answer for themselves, and for a test begun by another than the one that somebody
    works as; AssessError for a candidate who has withdrawn.
    """
    person, at = workspace.candidate(candidate), workspace.wave(wave)
    if person.id in workspace.withdrawn():
        raise AssessError(
            _("{candidate} has withdrawn, so nothing more is asked or stored").format(
                candidate=person.id
            )
        )
    questionnaire = self_questionnaire(workspace.pack)
    if questionnaire is None:
        raise BadInput(
            _("the pack has no questionnaire that candidates answer for themselves"),
            hint=_("add one with 'for: candidate' and 'counts: false'"),
        )
    session = SelfTest(workspace, person, Rater(id=person.id), questionnaire, at, form="self")
    if not session.consent_due:
        workspace.check_own(person.id)
    if not session.items:
        raise BadInput(
            _("{questionnaire} asks nothing of {candidate} at {wave}").format(
                questionnaire=questionnaire.id, candidate=person.id, wave=at.id
            )
        )
    return session


# -- the profile


@dataclass(frozen=True)
class Place:
    """Where one stands among others who took the test: how many are lower, equal, higher."""

    lower: int
    equal: int
    higher: int


@dataclass(frozen=True)
class SelfRating:
    """A competency as the candidate sees it: ``value`` in units of the pack's scale."""

    competency: str
    value: float
    minimums: Mapping[str, float]
    """What the candidate's modules ask for at least, by module, in units of the scale."""
    place: Place | None


@dataclass(frozen=True)
class Known:
    """The knowledge items of a module: points earned of those possible; open items earn none."""

    module: str
    earned: float
    possible: float
    answered: int
    asked: int
    place: Place | None


@dataclass(frozen=True)
class Profile:
    """What a self-test says; ``takers`` counts the stored tests of the wave, with one's own."""

    ratings: list[SelfRating]
    knowledge: list[Known]
    takers: int


def profile(workspace: Workspace, session: SelfTest) -> Profile:
    """The profile of a self-test, and where one stands once ten have taken it."""
    pack = session.pack
    others = [
        (reading.answers, reading.asked)
        for reading in workspace.readings()
        if reading.form == "self"
        and reading.submitted
        and reading.wave == session.wave.id
        and reading.candidate != session.candidate.id
        and reading.candidate not in workspace.withdrawn()
    ]
    takers = len(others) + (session.kept and session.submitted)

    def rated(competency: str) -> Callable[[Mapping[str, Answer], Iterable[Item]], float | None]:
        return lambda answers, items: _rating(session, competency, answers, items)

    def known(module: str) -> Callable[[Mapping[str, Answer], Iterable[Item]], float | None]:
        def share(answers: Mapping[str, Answer], items: Iterable[Item]) -> float | None:
            earned, possible, answered, _asked = _knowledge(module, answers, items)
            return earned / possible if possible and answered else None

        return share

    def place(of: Callable[[Mapping[str, Answer], Iterable[Item]], float | None]) -> Place | None:
        own = of(session.answers, session.items)
        values = [value for answers, items in others if (value := of(answers, items)) is not None]
        if own is None or len(values) + (session.kept and session.submitted) < ENOUGH:
            return None
        lower = sum(value < own - 1e-9 for value in values)
        higher = sum(value > own + 1e-9 for value in values)
        return Place(lower, len(values) - lower - higher, higher)

    ratings = []
    for competency in pack.competencies:
        value = rated(competency)(session.answers, session.items)
        if value is not None:
            minimums = {
                module: at
                for module in session.modules
                if (at := pack.modules[module].minimums.get(competency)) is not None
            }
            ratings.append(SelfRating(competency, value, minimums, place(rated(competency))))
    knowledge = []
    for module in session.modules:
        figures = _knowledge(module, session.answers, session.items)
        if figures[1]:
            knowledge.append(Known(module, *figures, place(known(module))))
    return Profile(ratings, knowledge, takers)


def _rating(
    session: Interview, competency: str, answers: Mapping[str, Answer], items: Iterable[Item]
) -> float | None:
    """The mean of the ratings of a competency, in units of the pack's scale."""
    points = [
        session.pack.scale_of(item).points(float(answer.value))  # type: ignore[arg-type]
        for item in items
        if isinstance(item, RatingItem) and item.competency == competency
        for answer in [answers.get(item.id)]
        if answer is not None and answer.state == "answered"
    ]
    return session.pack.file.scale.units(sum(points) / len(points)) if points else None


def _knowledge(
    module: str, answers: Mapping[str, Answer], items: Iterable[Item]
) -> tuple[float, float, int, int]:
    """Points earned and possible, items answered and asked, of a module's knowledge items."""
    earned = possible = 0.0
    answered = asked = 0
    for item in items:
        if not (isinstance(item, ChoiceItem | ChoicesItem | NumberItem) and item.keyed):
            continue
        if item.modules is not None and module not in item.modules:
            continue
        asked += 1
        possible += item.possible
        answer = answers.get(item.id)
        if answer is not None and answer.state == "answered":
            answered += 1
            earned += item.earned(answer.value)
    return earned, possible, answered, asked
