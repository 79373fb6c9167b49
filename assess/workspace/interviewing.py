"""One interview: what is asked, what was answered, what is open; every answer durable at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, listed
from assess.model.asking import (
    Answer,
    Value,
    asked_items,
    fits,
    note_due,
    standing_answers,
    values,
)
from assess.model.forms import Form, sheet_of
from assess.model.items import Item
from assess.model.pack import Pack, Questionnaire
from assess.model.pack_file import Wave
from assess.model.people import Candidate, Rater
from assess.model.records import Record, State, current
from assess.workspace.privacy import give_notice, notice_due, notice_gaps, notice_text
from assess.workspace.reviewing import Review, resume_at, review_of
from assess.workspace.team import waiting_words

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


class Interview:
    """One rater's interview with one candidate, on one questionnaire, in one wave.

    Nothing is stored before the first answer. Each writing method returns after the answer is on
    disk; it raises StoreError where that failed, and the answer then does not stand.
    """

    def __init__(
        self,
        workspace: Workspace,
        candidate: Candidate,
        rater: Rater,
        questionnaire: Questionnaire,
        wave: Wave,
        *,
        form: Form | None = None,
    ) -> None:
        self._workspace = workspace
        self.pack: Pack = workspace.pack
        """The pack whose words are asked, the same for the whole sitting."""
        self.candidate = candidate
        self.rater = rater
        self.wave = wave
        self._four = (candidate.id, rater.id, questionnaire.id, wave.id)
        self.id = workspace.standing.joins.stream(*self._four)
        self.modules = workspace.modules_of(candidate)
        self._records: list[Record] = []
        self.answers: dict[str, Answer] = {}
        self.flags: set[str] = set()
        self.submitted = False
        self.refresh()
        self.form = self._form(form)
        self.questionnaire = sheet_of(self.pack, questionnaire, self.form, self.modules)

    @property
    def kept(self) -> bool:
        """Whether what is answered is stored."""
        return True

    @property
    def waiting(self) -> str:
        """In words what waits on this machine for the team server; empty where nothing does."""
        return waiting_words(self._workspace.store)

    @property
    def waiting_brief(self) -> str:
        """The same in as few words as will do."""
        return waiting_words(self._workspace.store, brief=True)

    @property
    def wants_evidence(self) -> bool:
        """Whether answers may want a note; who rates himself need not prove it."""
        return self.form != "self"

    @property
    def no_values(self) -> tuple[State, ...]:
        """Which reasons for no value are offered; one's own test is asked in full, by nobody."""
        return ("declined",) if self.form == "self" else ("not_asked", "not_observed", "declined")

    def _form(self, wanted: Form | None) -> Form:
        """The form it was opened with, else the one wanted. Raises BadInput where they differ."""
        opening = next((r for r in self._records if r["kind"] == "opened"), None)
        if opening is None:
            return wanted or "full"
        found: Form = opening.get("form", "full")  # type: ignore[assignment]
        if found == "self" and wanted != "self":
            raise BadInput(
                _("this is the self-test of {candidate}, which nobody else takes").format(
                    candidate=self.candidate.id
                ),
                hint=_("the candidate opens it with: assess self {candidate}").format(
                    candidate=self.candidate.id
                ),
            )
        if wanted not in (None, found):
            raise BadInput(
                _(
                    "this interview was opened in another form, and the form stays as it is: {form}"
                ).format(form=found),
                hint=_("leave --form out to go on with it"),
            )
        return found

    def refresh(self) -> None:
        """Read the interview again, with what another process may have added."""
        self._records = self._workspace.records_of(*self._four)
        self._begun = bool(self._workspace.store.read(self.id))
        self._fold()

    def _fold(self) -> None:
        self.answers = standing_answers(self._records, self.pack)
        heads = current(self._records)
        self.flags = {r["item"] for r in heads if r["kind"] == "flag" and r["on"]}
        self.submitted = any(r["kind"] == "submitted" for r in heads)

    @property
    def items(self) -> list[Item]:
        """The items asked now, in order; an answer may show or hide later ones."""
        return asked_items(self.questionnaire, self.wave, values(self.answers), self.modules)

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises BadInput for one that this questionnaire does not have."""
        for item in self.questionnaire.items:
            if item.id == item_id:
                return item
        raise BadInput(
            _("item {item} is not in the questionnaire {questionnaire}").format(
                item=item_id, questionnaire=self.questionnaire.id
            )
        )

    # -- the notice

    @property
    def notice_due(self) -> bool:
        """Whether the pack has a notice and the candidate has not been given it yet."""
        return notice_due(self._workspace, self.candidate.id)

    @property
    def withdrawn(self) -> bool:
        """Whether the candidate has withdrawn; a notice given anew ends that."""
        return self.candidate.id in self._workspace.withdrawn()

    @property
    def notice(self) -> str:
        """What the candidate is told before the first answer, in the language in use."""
        return notice_text(self._workspace)

    @property
    def notice_gaps(self) -> list[str]:
        """What the notice leaves in brackets, each with what to say or to set."""
        return notice_gaps(self._workspace)

    def record_notice(self, basis: str) -> None:
        """Record that the candidate was given the notice, and on which basis one asks."""
        give_notice(self._workspace, self.candidate.id, basis, by=self.rater.id)

    # -- answering

    def answer(self, item_id: str, value: Value) -> Answer:
        """Record a value, keeping the item's note. Raises BadInput for one that does not fit."""
        if not fits(self.pack, self.item(item_id), value):
            raise BadInput(_("{value} is no answer to {item}").format(value=value, item=item_id))
        return self._record_answer(item_id, "answered", value, self._note(item_id))

    def mark(self, item_id: str, state: State) -> Answer:
        """Record why there is no value: not_asked, not_observed, declined, or open again."""
        self.item(item_id)
        return self._record_answer(item_id, state, None, self._note(item_id))

    def note(self, item_id: str, text: str) -> Answer:
        """Record the note beside an answer (or beside an item still open)."""
        self.item(item_id)
        before = self.answers.get(item_id, Answer(item_id, "open"))
        if text == before.note:
            return before
        return self._record_answer(item_id, before.state, before.value, text)

    def put_back(self, before: Answer) -> Answer:
        """Record an answer as it stood before a change, its note included."""
        self.item(before.item)
        return self._record_answer(before.item, before.state, before.value, before.note)

    def flag(self, item_id: str, on: bool) -> None:
        """Mark an item to come back to, or take the mark away."""
        if on == (item_id in self.flags):
            return
        earlier = [
            r["id"] for r in current(self._records) if r["kind"] == "flag" and r["item"] == item_id
        ]
        self._put({"kind": "flag", "item": item_id, "on": on, "revises": earlier})

    def submit(self) -> None:
        """Close the interview. Raises BadInput while an item that must be answered is open."""
        required = self.review().required
        if required:
            raise BadInput(
                _("these items must be answered before submitting: {items}").format(
                    items=listed(required)
                )
            )
        if not self.submitted:
            self._put({"kind": "submitted"})
            self._log("submitted")

    def reopen(self, reason: str) -> None:
        """Open a submitted interview again; the reason and the submission stay on record."""
        if not reason.strip():
            raise BadInput(_("reopening a submitted interview takes a reason"))
        closing = [r["id"] for r in current(self._records) if r["kind"] == "submitted"]
        if closing:
            self._put({"kind": "reopened", "reason": reason, "revises": closing})
            self._log("reopened")

    # -- where one stands

    def is_open(self, item_id: str) -> bool:
        """Whether neither a value nor a state was given."""
        answer = self.answers.get(item_id)
        return answer is None or not answer.given

    def resume_at(self) -> str | None:
        """The item at which the interview goes on; None where nothing is asked."""
        return resume_at(self)

    def prepare(self) -> None:
        """Load what the first answer needs to be stored, so that it is as quick as the others."""
        if self.kept:
            self._workspace.store.prepare()

    def note_due(self, item_id: str) -> bool:
        """Whether the pack wants evidence for the item's answer and none is noted."""
        answer = self.answers.get(item_id)
        return self.wants_evidence and note_due(self.pack, self.item(item_id), answer)

    def review(self) -> Review:
        """What is open, what must be answered, where evidence is missing, what was flagged."""
        return review_of(self)

    # -- writing

    def _note(self, item_id: str) -> str:
        return self.answers[item_id].note if item_id in self.answers else ""

    def _record_answer(self, item_id: str, state: State, value: Value, note: str) -> Answer:
        if self.submitted:
            raise AssessError(
                _("this interview is submitted; reopen it with a reason to change an answer")
            )
        before = self.answers.get(item_id)
        unchanged = before and (before.state, before.value, before.note) == (state, value, note)
        if before and unchanged and len(before.heads) == 1:
            return before
        record: dict[str, Any] = {"kind": "answer", "item": item_id, "state": state}
        if value is not None:
            record["value"] = value
        if note:
            record["note"] = note
        record["pack"] = self.pack.hash
        record["revises"] = list(before.heads) if before else []
        self._put(record)
        return self.answers[item_id]

    def _put(self, content: dict[str, Any]) -> None:
        self._check_may_ask()
        fresh: list[dict[str, Any]] = []
        if not self._begun:
            fresh.append(self._opening())
        fresh.append(content)
        records = [self._workspace.record(one, by=self.rater.id) for one in fresh]
        self._keep(records)
        self._records += records
        self._begun = True
        self._fold()
        if len(fresh) > 1:
            self._log("opened", by=self.rater.id)

    def _keep(self, records: list[Record]) -> None:
        self._workspace.store.put(self.id, records)

    def _log(self, what: str, **codes: str) -> None:
        self._workspace.log(what, interview=self.id, **codes)

    def _check_may_ask(self) -> None:
        """Raise AssessError for a candidate who has withdrawn or is no longer here."""
        candidate = self.candidate.id
        if candidate in self._workspace.withdrawn():
            raise AssessError(
                _("{candidate} has withdrawn, so nothing more is asked or stored").format(
                    candidate=candidate
                ),
                title=_("The interview has ended"),
                hint=_("what is stored is removed with: assess erase {candidate}").format(
                    candidate=candidate
                ),
            )
        if candidate not in self._workspace.candidates():
            raise AssessError(
                _("{candidate} is no longer a candidate here, so nothing was stored").format(
                    candidate=candidate
                ),
                title=_("The interview has ended"),
            )

    def _opening(self) -> dict[str, Any]:
        taken = self._workspace.standing.joins.taken(*self._four)
        return {
            "kind": "opened",
            **({"instead_of": taken} if taken else {}),
            "candidate": self.candidate.id,
            "rater": self.rater.id,
            "questionnaire": self.questionnaire.id,
            "wave": self.wave.id,
            **({} if self.form == "full" else {"form": self.form}),
            "pack": self.pack.ref.model_dump(),
        }
