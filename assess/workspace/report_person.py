"""All that is stored on one person, so that they may read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.errors import BadInput
from assess.exchange.report import Column, Part, Passage, Report, Sheet
from assess.i18n import _
from assess.model.asking import Answer
from assess.model.records import ENGAGEMENT, current
from assess.store.audit import hashed
from assess.workspace import wording
from assess.workspace.erasing import opening_of
from assess.workspace.report_facts import facts_of
from assess.workspace.report_ratings import in_words
from assess.workspace.standing import people_in
from assess.workspace.versions import worded

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

_SHOWN = frozenset(
    {"id", "kind", "at", "by", "device", "revises", "item", "state", "value", "note", "reason"}
)


def person(workspace: Workspace, wanted: Wanted) -> Report:
    """Every record on a candidate, under all their codes, results and entries of the log.

    Raises BadInput for an unknown candidate, or for somebody who may not see all of it.
    """
    if workspace.me is not None:
        raise BadInput(
            _("all on one person holds what every interviewer wrote"),
            hint=_("leave --as out"),
        )
    found = workspace.candidate(wanted.candidate)
    codes = workspace.standing.joins.codes(found.id)
    streams = dict(_streams(workspace, found.id))
    stored: list[Mapping[str, Any]] = list(workspace.store.read(ENGAGEMENT))
    told = [record for record in stored if codes & people_in(record)]
    newest = max(r["at"] for r in [*told, *(r for some in streams.values() for r in some)])
    wave = workspace.wave(wanted.wave).id
    parts: list[Part] = [
        Passage(
            _("What this is"),
            [
                _(
                    "Everything that this workspace holds on the person named above: each record "
                    "as it was stored, also those replaced later, the results worked out of them "
                    "now, and what the log says was done. Other people's notes may mention the "
                    "person too; they are not searched."
                )
            ],
        ),
        _records(workspace, told, streams),
        _results(workspace, found.id, wave),
        _log(workspace, {*codes, *streams}),
    ]
    title = _("All that is stored on {person}").format(person=wanted.called(found))
    return Report(title, facts_of(workspace, wave, newest), parts)


def _streams(workspace: Workspace, code: str) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    joins = workspace.standing.joins
    for stream, records in workspace.store.read_all():
        if stream != ENGAGEMENT:
            opening = opening_of(records)
            if opening and joins.whose(stream, opening["candidate"]) == code:
                yield stream, list(records)


def _records(
    workspace: Workspace,
    told: Iterable[Mapping[str, Any]],
    streams: Mapping[str, Iterable[Mapping[str, Any]]],
) -> Sheet:
    columns = [
        Column("at", _("Time")),
        Column("kind", _("Kind")),
        Column("kind_name", _("What it is")),
        Column("questionnaire", _("Questionnaire")),
        Column("wave", _("Wave")),
        Column("rater", _("Rater")),
        Column("item", _("Item")),
        Column("question", _("Question")),
        Column("value", _("Value")),
        Column("value_name", _("Answer")),
        Column("note", _("Note"), personal=True),
        Column("stands", _("Stands now")),
        Column("by", _("Written by")),
        Column("device", _("Device")),
        Column("interview", _("Interview")),
        Column("record", _("Record")),
        Column("further", _("Further"), personal=True),
    ]
    told = list(told)
    standing = {head["id"] for head in current(told)}
    rows = [_row(workspace, record, {}, "", record["id"] in standing) for record in told]
    for stream, records in streams.items():
        heads = {head["id"] for head in current(records)}
        opening = opening_of(list(records))
        rows += [_row(workspace, r, opening, stream, r["id"] in heads) for r in records]
    return Sheet(_("Records"), columns, sorted(rows, key=lambda row: (row[0], row[15])))


def _row(
    workspace: Workspace,
    record: Mapping[str, Any],
    opening: Mapping[str, Any],
    stream: str,
    stands: bool,
) -> list[Any]:
    # an answer is read with the words it was given under
    pack, language = worded(workspace, record.get("pack")), i18n.language()
    known = pack.present_id.get(record.get("item", ""), record.get("item", ""))
    item = pack.items.get(known)
    value = record.get("value")
    if record.get("state", "answered") != "answered":
        value = record["state"]
    return [
        record["at"],
        record["kind"],
        _kind(record["kind"]),
        opening.get("questionnaire", ""),
        opening.get("wave", record.get("wave", "")),
        opening.get("rater", ""),
        record.get("item", ""),
        pack.say(item.ask, language) if item else "",
        value,
        _in_words(workspace, item, record) if item and record["kind"] == "answer" else "",
        record.get("note") or record.get("reason") or "",
        stands,
        record.get("by", ""),
        record.get("device", ""),
        stream,
        record["id"],
        _further(record),
    ]


def _in_words(workspace: Workspace, item: Any, record: Mapping[str, Any]) -> str:
    return in_words(workspace, item, Answer(item.id, record["state"], record.get("value")))


def _further(record: Mapping[str, Any]) -> str:
    """What else the record says, as ``key=value``."""
    rest = {key: value for key, value in record.items() if key not in _SHOWN and value != ""}
    return "; ".join(
        f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in rest.items()
    )


def _kind(kind: str) -> str:
    known = {
        "candidate": _("entry of the person"),
        "opened": _("interview opened"),
        "answer": _("answer"),
        "flag": _("mark to come back to"),
        "submitted": _("interview submitted"),
        "reopened": _("interview opened again"),
        "agreed": _("value agreed by the panel"),
        "notice": _("notice given"),
        "withdrawn": _("withdrawal"),
        "joined": _("codes or interviews joined"),
        "decision": _("decision"),
        "fact": _("fact on a module"),
        "development": _("development action"),
    }
    return known.get(kind, kind)


def _results(workspace: Workspace, code: str, wave: str) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("module_name", _("Module name")),
        Column("score", _("Score"), 1),
        Column("low", _("Lower end"), 1),
        Column("high", _("Upper end"), 1),
        Column("status", _("Status code")),
        Column("status_name", _("Status")),
        Column("coverage", _("Coverage"), 0),
    ]
    pack, language = workspace.pack, i18n.language()
    rows = []
    if workspace.modules_of(workspace.candidate(code)):
        for module in workspace.rank(wave=wave).modules:
            rows += [
                [
                    module.module,
                    pack.say(pack.modules[module.module].name, language),
                    one.score,
                    one.low,
                    one.high,
                    one.status,
                    wording.status(pack, one),
                    one.coverage,
                ]
                for one in module.candidates
                if one.candidate == code
            ]
    return Sheet(_("Results"), columns, rows)


def _log(workspace: Workspace, codes: set[str]) -> Sheet:
    """What was done with the person's records; the log holds their codes as salted hashes."""
    columns = [
        Column("at", _("Time")),
        Column("what", _("What was done")),
        Column("by", _("By")),
        Column("further", _("Further")),
    ]
    rows, ours = [], set[str]()
    for event in workspace.store.events():
        if "salt" in event:
            ours = {hashed(event["salt"], code) for code in codes}
        named = [event.get(key, []) for key in ("candidate", "interview")]
        if ours & {one for n in named for one in ([n] if isinstance(n, str) else n)}:
            rest = {k: v for k, v in event.items() if k not in ("at", "what", "by")}
            further = {k: v for k, v in rest.items() if k not in ("candidate", "interview")}
            rows.append([event["at"], event["what"], event.get("by", ""), _further(further)])
    return Sheet(_("Log"), columns, rows)
