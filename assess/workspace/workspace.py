"""A workspace: one engagement, its people, its interviews, and the store that keeps them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assess.errors import BadInput
from assess.i18n import _
from assess.model.asking import fits
from assess.model.forms import Form
from assess.model.ids import as_id, new_ulid
from assess.model.pack import Module, Pack, PackRef, Questionnaire, Wave
from assess.model.people import Candidate, Engagement, Rater
from assess.model.records import ENGAGEMENT, Record
from assess.places import cache_folder
from assess.workspace.interviewing import Interview
from assess.workspace.machine import device
from assess.workspace.reading import InterviewRecords, Readings
from assess.workspace.results import InterviewSummary
from assess.workspace.standing import Standing, united

if TYPE_CHECKING:
    from assess.store.protocol import Store
    from assess.workspace.evidence import Evidence
    from assess.workspace.results import Explanation, Ranking
    from assess.workspace.scoring import Scoring


T = TypeVar("T")
P = TypeVar("P", bound=Candidate | Rater)


def utc_now() -> str:
    """The time now, UTC, ISO 8601 with offset and milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Workspace:
    """What the command line and the app work with.

    ``me`` is the rater that somebody works as: others' ratings of a candidate stay hidden until
    one's own interview with that candidate is submitted. Without it everything is shown.
    """

    def __init__(
        self,
        store: Store,
        *,
        place: str = "",
        me: str | None = None,
        clock: Callable[[], str] = utc_now,
        new_id: Callable[[], str] = new_ulid,
    ) -> None:
        self.store = store
        self.place = place
        self.me = me
        self.clock = clock
        self._new_id = new_id
        self._standing: tuple[str, Standing] = ("", Standing())
        self._readings = Readings(self)
        self._pack: Pack | None = None
        self._scoring: Scoring | None = None

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, me: str | None = None) -> Workspace:
        """The workspace in a folder; ``create`` makes an empty one where there is none."""
        from assess.store import open_store

        workspace = cls(open_store(path, create=create), place=str(path), me=me)
        if workspace.standing.erased:
            from assess.workspace.erasing import finish

            finish(workspace)
        return workspace

    def close(self) -> None:
        """Let go of files; everything confirmed is on disk without it."""
        self.store.close()

    # -- records

    def record(self, content: Mapping[str, Any], *, by: str = "", at: str | None = None) -> Record:
        """A new record with ``content``: its id, time, device and author added."""
        base = {"id": self._new_id(), "at": at or self.clock(), "device": device(), "by": by}
        return base | dict(content)  # type: ignore[return-value]

    def add(self, *contents: Mapping[str, Any], by: str = "") -> None:
        """Store records of the engagement stream, all or none."""
        self.store.put(ENGAGEMENT, [self.record(c, by=by or self.me or "") for c in contents])

    def log(self, what: str, **codes: Any) -> None:
        """Write to the audit log who did what (codes only, no answer texts).

        The code of a candidate goes under ``candidate`` under whatever key it comes, as the log
        keeps that as a salted hash: it cannot be changed when somebody is erased.
        """
        known = {record["code"] for record in self.heads("candidate")}
        event: dict[str, Any] = {"what": what, "by": self.me or "", "at": self.clock()}
        named: list[str] = []
        for key, value in (event | codes).items():
            values = list(value) if isinstance(value, list | tuple) else [value]
            people = [
                v for v in values if key == "candidate" or (isinstance(v, str) and v in known)
            ]
            named += people
            if not people:
                event[key] = value
            else:
                event.pop(key, None)
                if rest := [v for v in values if v not in people]:
                    event[key] = rest
        self.store.log([event | ({"candidate": named} if named else {})])

    @property
    def standing(self) -> Standing:
        """What stands in the engagement stream now."""
        records = self.store.read(ENGAGEMENT)
        digest = f"{len(records)} {records[-1]['id']}" if records else ""
        if digest != self._standing[0]:
            self._standing = digest, Standing(records)
        return self._standing[1]

    def heads(self, kind: str) -> list[Mapping[str, Any]]:
        """The current records of one kind in the engagement stream, oldest first."""
        return self.standing.heads(kind)

    # -- the engagement

    @property
    def has_engagement(self) -> bool:
        """Whether an engagement was started here."""
        return bool(self.heads("engagement"))

    @property
    def engagement(self) -> Engagement:
        """The engagement. Raises BadInput where none was started."""
        heads = self.heads("engagement")
        if not heads:
            raise BadInput(
                _("there is no engagement in {place}").format(place=self.place),
                hint=_(
                    "start one with: assess init --name NAME --pack key-user "
                    "--modules COST,PLAN --workspace {place}"
                ).format(place=shlex.quote(self.place)),
            )
        return Engagement.model_validate(
            {k: v for k, v in united(heads).items() if k in Engagement.model_fields}
        )

    def start(
        self,
        name: str,
        pack_files: Mapping[str, bytes],
        pack: Pack,
        modules: Iterable[str] | None = None,
        **fields: Any,
    ) -> Engagement:
        """Start the engagement of an empty workspace. Raises BadInput where there is one."""
        if self.has_engagement:
            raise BadInput(
                _("{place} already holds the engagement {name}").format(
                    place=self.place, name=self.engagement.name
                ),
                hint=_("one engagement per workspace: name another folder with --workspace"),
            )
        if not name.strip():
            raise BadInput(_("an engagement needs a name"))
        chosen = list(dict.fromkeys(modules or pack.modules))
        unknown = [module for module in chosen if module not in pack.modules]
        if unknown:
            raise BadInput(
                _("the pack has no module {unknown}; it has {known}").format(
                    unknown=", ".join(unknown), known=", ".join(pack.modules)
                )
            )
        engagement = Engagement(
            name=name.strip(),
            pack=pack.ref,
            modules=chosen,
            **{"wave": pack.file.waves[0].id, **fields},
        )
        self.store.put_pack(pack.ref, pack_files)
        self.add({"kind": "engagement", **engagement.model_dump(mode="json")})
        self.log("started")
        return engagement

    @property
    def pack(self) -> Pack:
        """The pack of the engagement, as it was when the engagement began to use it."""
        ref = self.engagement.pack
        if self._pack is None or self._pack.hash != ref.hash:
            self._pack = self._load(ref)
        return self._pack

    def _load(self, ref: PackRef) -> Pack:
        from assess.packs.cache import load_pack_cached

        kept = self.store.pack(ref)
        return load_pack_cached(kept, cache_folder() / "packs", name=f"{ref.id}-{ref.version}")

    @property
    def modules(self) -> list[Module]:
        """The modules of the engagement, in its order."""
        return [self.pack.modules[module] for module in self.engagement.modules]

    def wave(self, wave_id: str | None = None) -> Wave:
        """The wave of that id, by default the engagement's current one. Raises BadInput."""
        waves = self.pack.waves
        chosen = wave_id or self.engagement.wave
        if chosen not in waves:
            raise BadInput(
                _("the pack has no wave {wave}; it has {known}").format(
                    wave=chosen, known=", ".join(waves)
                )
            )
        return waves[chosen]

    # -- people

    def candidates(self) -> dict[str, Candidate]:
        """The candidates by code, in the order of their codes."""
        return self._by_code(Candidate, "candidate")

    def raters(self) -> dict[str, Rater]:
        """The raters by code, in the order of their codes."""
        return self._by_code(Rater, "rater")

    def _by_code(self, model: type[P], kind: str) -> dict[str, P]:
        standing = self.standing
        if kind not in standing.people:
            found = {code: _person(model, record) for code, record in self._said(kind).items()}
            standing.people[kind] = dict(sorted(found.items()))
        return standing.people[kind]

    def _said(self, kind: str) -> dict[str, dict[str, Any]]:
        """What stands on each person of a kind, by code."""
        heads: dict[str, list[Mapping[str, Any]]] = {}
        for record in self.heads(kind):
            heads.setdefault(record["code"], []).append(record)
        return {code: united(same) for code, same in heads.items()}

    def candidate(self, code: str) -> Candidate:
        """The candidate of that code. Raises BadInput naming the nearest codes."""
        if (now := self.standing.joins.person(code)) != code:
            raise BadInput(
                _("{code} was joined with {now}: use that code").format(code=code, now=now)
            )
        return self._known(code, self.candidates(), _("candidate"))

    def rater(self, code: str) -> Rater:
        """The rater of that code. Raises BadInput naming the nearest codes."""
        return self._known(code, self.raters(), _("rater"))

    def module(self, code: str) -> Module:
        """The module of the engagement with that code. Raises BadInput naming the others."""
        return self._known(code, {module.id: module for module in self.modules}, _("module"))

    @staticmethod
    def _known(code: str, known: Mapping[str, T], what: str) -> T:
        if code in known:
            return known[code]
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), known, n=3, cutoff=0.5) or list(known)[:12]
        raise BadInput(
            _("there is no {what} {code}").format(what=what, code=code),
            hint=_("known are: {known}").format(known=", ".join(near) or _("none yet")),
        )

    def put_people(self, people: Iterable[Candidate | Rater]) -> int:
        """Add candidates and raters, or the fields that changed; gives how many records it took."""
        kinds = {Candidate: "candidate", Rater: "rater"}
        known = {kind: self._said(kind) for kind in kinds.values()}
        fresh = []
        for person in people:
            kind = kinds[type(person)]
            content = person.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
            if kind == "candidate" and self.standing.erased.has_code(person.id):
                raise BadInput(
                    _("the candidate {code} was erased, and that code is not used again").format(
                        code=person.id
                    ),
                    hint=_("give the person another code"),
                )
            before = known[kind].get(person.id)
            if before is not None and _person(type(person), before) == person:
                continue
            fresh.append(
                {
                    "kind": kind,
                    "code": person.id,
                    **content,
                    "revises": before["heads"] if before else [],
                }
            )
        if fresh:
            self.add(*fresh)
        return len(fresh)

    def modules_of(self, candidate: Candidate) -> list[str]:
        """The modules that a candidate stands for: those named, by default all.

        Who withdrew stands for none.
        """
        if candidate.id in self.withdrawn():
            return []
        modules = self.engagement.modules
        return [
            module for module in modules if not candidate.modules or module in candidate.modules
        ]

    def withdrawn(self) -> set[str]:
        """The candidates who withdrew: nothing is asked of them, and no result is worked out."""
        return {record["candidate"] for record in self.heads("withdrawn")}

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
        for an unknown candidate, questionnaire or wave, and for one opened in another form.
        """
        person = self.candidate(candidate)
        chosen = self.questionnaire(questionnaire)
        at = self.wave(wave)
        if rater not in self.raters():
            try:
                self.put_people([Rater(id=as_id(rater))])
            except ValueError:
                raise BadInput(
                    _("{code} cannot be the code of a rater").format(code=rater)
                ) from None
        return Interview(self, person, self.rater(rater), chosen, at, form=form)

    def records_of(self, candidate: str, rater: str, questionnaire: str, wave: str) -> list[Record]:
        """The records of the interview that these four name, ordered by id."""
        sources = self.standing.joins.sources(candidate, rater, questionnaire, wave)
        if len(sources) == 1:
            return self.store.read(sources[0])
        records = [record for stream in sources for record in self.store.read(stream)]
        return sorted(records, key=lambda record: record["id"])

    def questionnaire(self, questionnaire: str | None = None) -> Questionnaire:
        """The questionnaire of that id, by default the first one for interviewers."""
        known = self.pack.questionnaires
        if questionnaire is None:
            return next(
                (q for q in known.values() if q.audience == "interviewer"),
                next(iter(known.values())),
            )
        return self._known(questionnaire, known, _("questionnaire"))

    def readings(self) -> list[InterviewRecords]:
        """All interviews as read, whoever asks; only what changed is read again."""
        return self._readings.now()

    def visible(self) -> list[InterviewRecords]:
        """The interviews whose answers may be shown to whoever works here.

        Who works as an interviewer sees others' ratings of a candidate in a wave only after
        submitting an own one, and never what candidates answered alone.
        """
        withdrawn = self.withdrawn()
        readings = [r for r in self.readings() if r.candidate not in withdrawn]
        if self.me is None:
            return readings
        readings = [r for r in readings if r.form != "self"]
        done = {(r.candidate, r.wave) for r in readings if r.rater == self.me and r.submitted}
        return [r for r in readings if r.rater == self.me or (r.candidate, r.wave) in done]

    def interviews(self) -> list[InterviewSummary]:
        """All interviews with how far they are, by candidate, wave, questionnaire, rater."""
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
                    answered=sum(i.id in r.answers and r.answers[i.id].given for i in r.asked),
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
        """The values that panels agreed on, by candidate, item and wave, in units of the scale."""
        present = self.pack.present_id
        return {
            (r["candidate"], present.get(r["item"], r["item"]), r["wave"]): float(r["value"])
            for r in self.heads("agreed")
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

        Raises BadInput for an unknown candidate, an item that is not rated, a value outside its
        scale, an item that nobody rated, or no reason.
        """
        from assess.model.items import RatingItem

        person, at = self.candidate(candidate), self.wave(wave)
        known = {i.id: i for _q, i in self.pack.each_item() if isinstance(i, RatingItem)}
        rated = self._known(self.pack.present_id.get(item, item), known, _("rating item"))
        if not fits(self.pack, rated, value):
            scale = self.pack.scale_of(rated)
            raise BadInput(
                _("{value} is outside the scale of {item}, {low} to {high}").format(
                    value=f"{value:g}", item=item, low=f"{scale.low:g}", high=f"{scale.high:g}"
                )
            )
        if not reason.strip():
            raise BadInput(_("an agreed value takes a reason"))
        if not any(
            reading.candidate == person.id
            and reading.wave == at.id
            and rated.id in reading.answers
            and reading.answers[rated.id].state == "answered"
            for reading in self.visible()
        ):
            raise BadInput(
                _("nobody rated {item} of {candidate} in wave {wave} yet").format(
                    item=rated.id, candidate=person.id, wave=at.id
                )
            )
        earlier = [
            r["id"]
            for r in self.heads("agreed")
            if (r["candidate"], r["item"], r["wave"]) == (person.id, rated.id, at.id)
        ]
        content = {
            "kind": "agreed",
            "candidate": person.id,
            "item": rated.id,
            "wave": at.id,
            "value": value,
            "reason": reason.strip(),
            "revises": earlier,
        }
        self.add(content, by=by)
        self.log("agreed", candidate=person.id, item=rated.id)

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
        return self.scoring.rank(modules, wave)

    def explain(self, candidate: str, module: str, wave: str | None = None) -> Explanation:
        """Where a candidate's score in a module comes from, and what would change it.

        Raises BadInput for an unknown candidate or module, or one who does not stand for it.
        """
        return self.scoring.explain(candidate, module, wave)


def _person(kind: type[P], record: Mapping[str, Any]) -> P:
    fields = {k: v for k, v in record.items() if k in kind.model_fields and k != "id"}
    person: P = kind.model_validate({"id": record["code"], **fields})  # type: ignore[assignment]
    return person
