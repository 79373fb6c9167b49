"""The people of a workspace: candidates and raters, and what codes are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.ids import ID_RULE, as_id
from assess.workspace.engaged import Engaged
from assess.workspace.moment import once
from assess.workspace.standing import united
from assess.workspace.team import only_manages, says_who

if TYPE_CHECKING:
    from assess.model.pack_file import Module
    from assess.model.people import Candidate, Rater

T = TypeVar("T")
P = TypeVar("P", bound="Candidate | Rater")


class People(Engaged):
    """Candidates and raters by their codes."""

    def candidates(self) -> dict[str, Candidate]:
        """The candidates by code, in the order of their codes."""
        from assess.model.people import Candidate

        return self._by_code(Candidate, "candidate")

    def raters(self) -> dict[str, Rater]:
        """The raters by code, in the order of their codes."""
        from assess.model.people import Rater

        return self._by_code(Rater, "rater")

    def _by_code(self, model: type[P], kind: str) -> dict[str, P]:
        standing = self.standing
        if kind not in standing.people:
            found = {code: _person(model, record) for code, record in self.said_of(kind).items()}
            standing.people[kind] = dict(sorted(found.items()))
        return standing.people[kind]

    def said_of(self, kind: str) -> dict[str, dict[str, Any]]:
        """What stands on each person of a kind, ``candidate`` or ``rater``, by code."""
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

    def known_rater(self, code: str) -> Rater:
        """The rater of that code, added where nobody has it. Raises BadInput for no code at all."""
        if code not in self.raters():
            try:
                from assess.model.people import Rater

                self.put_people([Rater(id=as_id(code))])
            except ValueError:
                message = _("{code} cannot be the code of a rater")
                raise BadInput(message.format(code=code), hint=_(ID_RULE)) from None
        return self.rater(code)

    def check_own(self, rater: str) -> None:
        """Raise BadInput for the work of another rater than the one that somebody works as.

        A manager of a team server rates nobody, which is said before anything is asked.
        """
        if only_manages(self.store):
            raise BadInput(
                _("a manager records no ratings on a team server"),
                title=_("Not allowed"),
                hint=_("{rater} logs in and rates").format(rater=rater),
            )
        if self.me not in (None, rater):
            hint = _("say --as {rater} before, or: assess as manager")
            if says_who(self.store):
                hint = _("the login says who one is: {rater} logs in")
            raise BadInput(
                _("you work as {me}; what {rater} rates is opened by {rater} alone").format(
                    me=self.me, rater=rater
                ),
                hint=hint.format(rater=rater),
            )

    def module(self, code: str) -> Module:
        """The module of the engagement with that code. Raises BadInput naming the others."""
        return self._known(code, {module.id: module for module in self.modules}, _("module"))

    @staticmethod
    def _known(code: str, known: Mapping[str, T], what: str) -> T:
        if code in known:
            return known[code]
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), known, n=3, cutoff=0.5)
        hint = (
            _("did you mean: {known}").format(known=listed(near))
            if near
            else _("known are: {known}").format(known=listed(list(known)[:12]) or _("none yet"))
        )
        raise BadInput(
            _("there is no {what} {code}").format(what=what, code=code),
            hint=hint,
        )

    def put_people(self, people: Iterable[Candidate | Rater]) -> int:
        """Add candidates and raters, or the fields that changed; gives how many records it took."""
        from assess.model.people import Candidate, Rater

        kinds = {Candidate: "candidate", Rater: "rater"}
        known = {kind: self.said_of(kind) for kind in kinds.values()}
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

    def not_standing(self, candidate: Candidate, module: str) -> BadInput:
        """The error for a module that a candidate does not stand for, naming those there are."""
        return BadInput(
            _("{candidate} does not stand for {module}").format(
                candidate=candidate.id, module=module
            ),
            hint=_("modules of {candidate}: {modules}").format(
                candidate=candidate.id, modules=listed(self.modules_of(candidate)) or "–"
            ),
        )

    def withdrawn(self) -> set[str]:
        """The candidates who withdrew: nothing is asked of them, and no result is worked out."""
        return once(
            self, "withdrawn", lambda: {record["candidate"] for record in self.heads("withdrawn")}
        )


def _person(kind: type[P], record: Mapping[str, Any]) -> P:
    fields = {k: v for k, v in record.items() if k in kind.model_fields and k != "id"}
    person: P = kind.model_validate({"id": record["code"], **fields})  # type: ignore[assignment]
    return person
