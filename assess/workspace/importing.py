"""Taking rosters and rating files in: the whole file or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _
from assess.model.asking import standing_answers
from assess.model.people import Candidate, Rater
from assess.model.records import Record, current
from assess.workspace.halfway import rest_later

if TYPE_CHECKING:
    from assess.exchange.ratings import RatingRow
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    stored: int
    unchanged: int
    interviews: int = 0
    notes: tuple[str, ...] = ()
    """What was left out, in words."""


def import_roster(workspace: Workspace, path: Path) -> Imported:
    """Add or update the candidates of a roster file. Raises BadInput with every mistake in it."""
    from assess.exchange.roster import module_labels, read_roster

    roster = read_roster(path, module_labels(workspace.pack))
    known = workspace.candidates()
    given = set(roster.columns)
    people = [
        # a roster without a column says nothing about it
        known[person.id].model_copy(update=person.model_dump(include=given - {"candidate"}))
        if person.id in known
        else person
        for person in roster.candidates
    ]
    changed = workspace.put_people(people)
    workspace.log("imported_roster", people=len(roster.candidates), changed=changed)
    return Imported(changed, len(roster.candidates) - changed, notes=tuple(roster.notes))


def import_ratings(
    workspace: Workspace,
    path: Path,
    *,
    create: bool = False,
    update: bool = False,
    wave: str | None = None,
) -> Imported:
    """Add the answers of a rating file as submitted interviews.

    ``create`` adds unknown candidates and raters, ``update`` lets a different answer revise a
    stored one. Raises BadInput with every mistake, and for ratings of another rater than the one
    that somebody works as; then nothing is stored.
    """
    from assess.exchange.ratings import read_ratings

    notes: list[str] = []
    rows = read_ratings(
        path,
        workspace.pack,
        candidates={code: person.name for code, person in workspace.candidates().items()},
        raters={code: person.name for code, person in workspace.raters().items()},
        create=create,
        wave_default=workspace.wave(wave).id,
        waves=set(workspace.pack.waves),
        notes=notes,
    )
    for rater in dict.fromkeys(row.rater for row in rows):
        workspace.check_own(rater)
    done = store_rows(workspace, rows, source=Path(path).name, update=update)
    return replace(done, notes=tuple(notes))


def store_rows(
    workspace: Workspace,
    rows: Iterable[RatingRow],
    *,
    source: str,
    update: bool = False,
    submit: bool = True,
) -> Imported:
    """Store answers given as rows, one write per interview; people they name are added.

    The log names the interviews that were not here before.
    """
    groups: dict[str, list[RatingRow]] = {}
    joins = workspace.standing.joins
    for row in rows:
        key = joins.stream(row.candidate, row.rater, row.questionnaire, row.wave)
        groups.setdefault(key, []).append(row)
    plans = {
        stream: _plan(workspace, stream, group, submit=submit) for stream, group in groups.items()
    }
    if not update:
        differing = [line for plan in plans.values() for line in plan.differing]
        if differing:
            raise BadInput(
                _("{file}: some answers differ from what is stored; nothing was imported").format(
                    file=source
                ),
                findings=[f"{source}: {line}" for line in differing],
                hint=_("add --update to let the file revise them"),
            )
    _refuse_withdrawn(workspace, groups, plans, source)
    _add_people(workspace, [group for key, group in groups.items() if plans[key].contents])
    with rest_later():
        workspace.store.put_many(
            {
                stream: [workspace.record(one, by=plan.rater, at=at) for one, at in plan.contents]
                for stream, plan in plans.items()
            }
        )
    done = Imported(
        sum(plan.answers for plan in plans.values()),
        sum(plan.unchanged for plan in plans.values()),
        interviews=len(groups),
    )
    begun = [stream for stream, plan in plans.items() if plan.begins]
    workspace.log(
        "imported_ratings",
        answers=done.stored,
        unchanged=done.unchanged,
        interviews=done.interviews,
        **({"interview": begun} if begun else {}),
    )
    return done


@dataclass
class _Plan:
    """What a file adds to one interview."""

    rater: str
    contents: list[tuple[dict[str, Any], str]]
    answers: int
    unchanged: int
    differing: list[str]

    @property
    def begins(self) -> bool:
        """Whether the interview was not here before."""
        return bool(self.contents) and self.contents[0][0]["kind"] == "opened"


def _plan(workspace: Workspace, stream: str, rows: list[RatingRow], *, submit: bool) -> _Plan:
    first = rows[0]
    four = first.candidate, first.rater, first.questionnaire, first.wave
    records: list[Record] = workspace.records_of(*four)
    plan = _Plan(first.rater, [], 0, 0, [])
    heads: list[Mapping[str, Any]] = current(records)
    if not workspace.store.read(stream):
        taken = workspace.standing.joins.taken(*four)
        opening = {
            "kind": "opened",
            **({"instead_of": taken} if taken else {}),
            "candidate": first.candidate,
            "rater": first.rater,
            "questionnaire": first.questionnaire,
            "wave": first.wave,
            "pack": workspace.pack.ref.model_dump(),
            "source": "imported",
        }
        plan.contents.append((opening, first.at))
    stored = standing_answers(records, workspace.pack)
    for row in rows:
        before = stored.get(row.item)
        if before is not None and before.given:
            same_note = not row.note or row.note == before.note
            if (before.state, before.value) == (row.state, row.value) and same_note:
                plan.unchanged += 1
                continue
            plan.differing.append(
                _("row {row}: {item} of {candidate} by {rater} is stored as {stored}").format(
                    row=row.row,
                    item=row.item,
                    candidate=row.candidate,
                    rater=row.rater,
                    stored=_shown(before.value if before.state == "answered" else before.state),
                )
            )
        content: dict[str, Any] = {"kind": "answer", "item": row.item, "state": row.state}
        if row.value is not None:
            content["value"] = row.value
        note = row.note or (before.note if before else "")
        if note:
            content["note"] = note
        content["pack"] = workspace.pack.hash
        content["revises"] = list(before.heads) if before else []
        plan.contents.append((content, row.at))
        plan.answers += 1
    closed = any(record["kind"] == "submitted" for record in heads)
    # a file that only repeats what an open interview holds must not close it
    if submit and plan.contents and not closed:
        plan.contents.append(({"kind": "submitted"}, rows[-1].at))
    return plan


def _refuse_withdrawn(
    workspace: Workspace,
    groups: Mapping[str, list[RatingRow]],
    plans: Mapping[str, _Plan],
    source: str,
) -> None:
    """Raise BadInput for what a file adds on who withdrew; it may repeat what is stored."""
    from assess.exchange.cells import Findings

    withdrawn, findings = workspace.withdrawn(), Findings(source)
    for stream, (first, *_more) in groups.items():
        if first.candidate in withdrawn and plans[stream].contents:
            problem = _("{candidate} has withdrawn, so nothing more is asked or stored")
            findings.add(problem.format(candidate=first.candidate), first.row)
    if findings.count:
        raise BadInput(
            _("{file}: it holds answers on people who have withdrawn; nothing was imported").format(
                file=source
            ),
            findings=findings.lines,
            hint=_("leave their rows out; a notice given anew ends a withdrawal: assess notice"),
        )


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _add_people(workspace: Workspace, groups: Iterable[list[RatingRow]]) -> None:
    rows = [group[0] for group in groups]
    candidates, raters = workspace.candidates(), workspace.raters()
    workspace.put_people(
        [Candidate(id=c) for c in sorted({r.candidate for r in rows} - candidates.keys())]
        + [Rater(id=r) for r in sorted({row.rater for row in rows} - raters.keys())]
    )
    if workspace.pack.file.notice is not None:
        told = {record["candidate"] for record in workspace.heads("notice")}
        untold = sorted({row.candidate for row in rows} - told)
        if untold:
            workspace.add(
                *({"kind": "notice", "candidate": c, "basis": "imported"} for c in untold)
            )
