"""A workspace: one engagement, its people, its interviews, and the store that keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.i18n import _
from assess.workspace.moment import forget, once, one_moment
from assess.workspace.people import People

if TYPE_CHECKING:
    from assess.model.forms import Form
    from assess.model.pack import Questionnaire
    from assess.model.records import Record
    from assess.workspace.evidence import Evidence
    from assess.workspace.interviewing import Interview
    from assess.workspace.reading import InterviewRecords, Readings
    from assess.workspace.results import Explanation, InterviewSummary, Ranking
    from assess.workspace.scoring import Scoring


class Workspace(People):
    """What the command line and the app work with.

    ``me`` is the rater that somebody works as: others' ratings of a candidate stay hidden until
    one's own interview with that candidate is submitted. Without it everything is shown.
    """

    _scoring: Scoring | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._readings: Readings | None = None

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, me: str | None = None) -> Workspace:
        """The workspace in a folder, or on the team server that a ``postgresql://`` URL names.

        ``create`` makes an empty folder where there is none. On a server the login says who works
        there; raises BadInput where ``me`` is somebody else.
        """
        from assess.store import open_store
        from assess.workspace.team import works_as

        store = open_store(path, create=create)
        workspace = cls(store, place=str(path), me=works_as(store, me))
        if workspace.standing.erased:
            from assess.workspace.erasing import finish

            finish(workspace)
        return workspace

    def work_as(self, me: str | None) -> None:
        """Go on as another: what may be seen follows at once. None: as manager."""
        self.me = me
        self._scoring = None
        forget(self)

    def close(self) -> None:
        """Let go of files; everything confirmed is on disk without it."""
        self.store.close()

    # -- interviews

    def interview(
        self,
        candidate: str,
        rater: str,
        questionnaire: str | None = None,
        wave: str | None = None,
        *,
        form: Form | None = None,
    ) -> Interview:
        """The interview that these four name, new or as far as it got; adds an unknown rater.

        ``form`` is chosen when it is opened, by default the whole questionnaire. Raises BadInput
        for an unknown candidate, questionnaire or wave, for one opened in another form, and for
        that of another rater than the one that somebody works as.
        """
        from assess.workspace.interviewing import Interview

        self.check_own(rater)
        person = self.candidate(candidate)
        chosen = self.questionnaire(questionnaire)
        at = self.wave(wave)
        return Interview(self, person, self.known_rater(rater), chosen, at, form=form)

    def records_of(self, candidate: str, rater: str, questionnaire: str, wave: str) -> list[Record]:
        """The records of the interview that these four name, ordered by id."""
        sources = self.standing.joins.sources(candidate, rater, questionnaire, wave)
        if len(sources) == 1:
            return self.store.read(sources[0])
        records = [record for stream in sources for record in self.store.read(stream)]
        return sorted(records, key=lambda record: record["id"])

    def questionnaire(self, questionnaire: str | None = None) -> Questionnaire:
        """The questionnaire of that id, by default the first one for interviewers."""
        if questionnaire is None:
            return self.pack.main_questionnaire
        return self._known(questionnaire, self.pack.questionnaires, _("questionnaire"))

    def readings(self) -> list[InterviewRecords]:
        """All interviews as read, whoever asks; only what changed is read again."""
        return once(self, "readings", self._readings_now)

    def _readings_now(self) -> list[InterviewRecords]:
        if self._readings is None:
            from assess.workspace.reading import Readings

            self._readings = Readings(self)
        return self._readings.now()

    def visible(self) -> list[InterviewRecords]:
        """The interviews whose answers may be shown to whoever works here.

        Who works as an interviewer sees others' ratings of a candidate in a wave only after
        submitting an own one, and never what candidates answered alone.
        """
        return once(self, "visible", self._visible)

    def _visible(self) -> list[InterviewRecords]:
        with one_moment():
            return self._visible_now()

    def _visible_now(self) -> list[InterviewRecords]:
        withdrawn = self.withdrawn()
        readings = [r for r in self.readings() if r.candidate not in withdrawn]
        if self.me is None:
            return readings
        readings = [r for r in readings if r.form != "self"]
        return [r for r in readings if r.rater == self.me or self.may_see(r.candidate, r.wave)]

    def may_see(self, candidate: str, wave: str) -> bool:
        """Whether whoever works here may see what others rated of a candidate in a wave."""
        return self.me is None or (candidate, wave) in once(self, "rated", self._rated)

    def _rated(self) -> set[tuple[str, str]]:
        """The candidates and waves of the own submitted interviews that hold a rating."""
        from assess.workspace.reading import rates

        return {
            (r.candidate, r.wave)
            for r in self.readings()
            if r.rater == self.me and r.submitted and r.form != "self" and rates(self.pack, r)
        }

    def interviews(self) -> list[InterviewSummary]:
        """All interviews with how far they are, by candidate, wave, questionnaire, rater."""
        from assess.workspace.results import InterviewSummary

        visible = {reading.id for reading in self.visible()}
        return sorted(
            (
                InterviewSummary(
                    id=r.id,
                    candidate=r.candidate,
                    rater=r.rater,
                    questionnaire=r.questionnaire.id,
                    wave=r.wave,
                    submitted=r.submitted,
                    answered=r.answers.decided(r.sheet.ids),
                    asked=len(r.asked),
                    last=r.newest,
                    hidden=r.id not in visible,
                    form=r.form,
                )
                for r in self.readings()
            ),
            key=lambda s: (s.candidate, s.wave, s.questionnaire, s.rater),
        )

    def agreed_values(self) -> dict[tuple[str, str, str], float]:
        """The values that panels agreed on, by candidate, item and wave, in units of the scale.

        Without those that whoever works here may not see.
        """
        return once(self, "agreed", self._agreed)

    def _agreed(self) -> dict[tuple[str, str, str], float]:
        present = self.pack.present_id
        with one_moment():
            return {
                (r["candidate"], present.get(r["item"], r["item"]), r["wave"]): float(r["value"])
                for r in self.heads("agreed")
                if self.may_see(r["candidate"], r["wave"])
            }

    def agree(
        self,
        candidate: str,
        item: str,
        value: float,
        reason: str,
        *,
        wave: str | None = None,
        by: str = "",
    ) -> None:
        """Record the value that the panel agreed on; the original ratings stay.

        Raises BadInput as :func:`assess.workspace.agreed_values.agree` does.
        """
        from assess.workspace.agreed_values import agree

        agree(self, candidate, item, value, reason, wave=wave, by=by)

    # -- results

    @property
    def scoring(self) -> Scoring:
        """The measurement of this workspace (loads NumPy at its first use)."""
        if self._scoring is None:
            from assess.workspace.scoring import Scoring

            self._scoring = Scoring(self)
        return self._scoring

    def evidence(
        self, candidate: str, competency: str | None = None, module: str | None = None
    ) -> list[Evidence]:
        """All answers on a candidate that may be shown, with their notes."""
        from assess.workspace.evidence import evidence

        return evidence(self, candidate, competency, module)

    def rank(self, modules: Iterable[str] = (), wave: str | None = None) -> Ranking:
        """The order of each module (all of the engagement by default) at a wave."""
        with one_moment():
            return self.scoring.rank(modules, wave)

    def explain(self, candidate: str, module: str, wave: str | None = None) -> Explanation:
        """Where a candidate's score in a module comes from, and what would change it.

        Raises BadInput for an unknown candidate or module, or one who does not stand for it.
        """
        with one_moment():
            return self.scoring.explain(candidate, module, wave)
