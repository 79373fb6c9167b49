"""Records from elsewhere: whether a workspace could have written them.

A checksum says that a file is what somebody wrote, not that this program did. What comes in by a
merge or from a backup is therefore looked at record by record before anything is stored.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from assess.errors import BadInput
from assess.i18n import _
from assess.model.ids import interview_id, is_id
from assess.model.pack import PackRef
from assess.model.people import Candidate, Engagement, Rater
from assess.model.records import ENGAGEMENT, STATES
from assess.store.records import check_stream, is_record_id

_HASH = re.compile(r"[0-9a-f]{32}")
_OF_INTERVIEW = frozenset({"opened", "answer", "flag", "submitted", "reopened"})
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "opened": ("candidate", "rater", "questionnaire", "wave", "pack"),
    "answer": ("item", "state"),
    "flag": ("item", "on"),
    "candidate": ("code",),
    "rater": ("code",),
    "agreed": ("candidate", "item", "wave", "value"),
    "notice": ("candidate",),
    "withdrawn": ("candidate",),
    "joined": ("old", "new"),
    "erased": ("salt", "codes", "streams"),
    "decision": ("module",),
    "fact": ("module", "key"),
    "development": ("candidate", "action", "competency"),
    "calibrated": ("rater", "sample", "value"),
    "migrated": ("pack",),
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "opened": ("form", "source", "instead_of"),
    "answer": ("pack",),
    "reopened": ("reason",),
    "agreed": ("reason",),
    "notice": ("basis", "language", "notice"),
    "joined": ("reason",),
    "migrated": ("reason",),
    "calibrated": ("pack",),
    "decision": ("a", "b", "name", "reason", "wave"),
    "fact": ("key", "date", "source"),
    "development": ("action", "competency", "owner", "due", "proof", "state", "phase"),
}
_CODES = frozenset(
    {
        "candidate",
        "rater",
        "questionnaire",
        "wave",
        "item",
        "module",
        "code",
        "old",
        "new",
        "sample",
    }
)
_is_id = lru_cache(4096)(is_id)


def check_incoming(place: str, stream: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Raise BadInput, naming the record, where no workspace could have written this stream."""
    records = list(records)
    try:
        check_stream(stream)
    except ValueError as error:
        raise refused(place, stream, _("no interview has that id")) from error
    opened, seen = False, set()
    for record in records:
        name = record.get("id")
        if not is_record_id(name) or name in seen:
            raise refused(place, stream, _("{id!r} is no id of a record").format(id=name))
        seen.add(name)
        reason = _wrong(record) or _misplaced(stream, record)
        if reason:
            raise refused(place, stream, f"{name}: {reason}")
        opened = opened or record["kind"] == "opened"
    if records and stream != ENGAGEMENT and not opened:
        raise refused(place, stream, _("nothing says whose interview it is"))


def _wrong(record: Mapping[str, Any]) -> str:
    """What is wrong with a record's keys; empty where nothing is."""
    kind = record.get("kind")
    if not isinstance(kind, str) or not _is_id(kind):
        return _("it has no kind")
    if not _is_time(record.get("at")):
        return _("it has no time with an offset")
    revises = record.get("revises", [])
    if not isinstance(revises, list) or not all(map(is_record_id, revises)):
        return _("what it revises are no ids of records")
    for key in ("by", "device"):
        if not isinstance(record.get(key, ""), str) or len(record.get(key, "")) > 200:
            return _("'{key}' is no code").format(key=key)
    for key in _NEEDED.get(kind, ()):
        if key not in record:
            return _("'{key}' is missing").format(key=key)
    for key in _CODES & record.keys():
        code = record[key]
        if code != "" and not (isinstance(code, str) and _is_id(code)):
            return _("'{key}' is no code").format(key=key)
    for key in _TEXTS.get(kind, ()):
        if not isinstance(record.get(key, ""), str):
            return _("'{key}' is no text").format(key=key)
    if isinstance(record.get("pack"), Mapping) and not _is_ref(record["pack"]):
        return _("'{key}' is no code").format(key="pack")
    check = _CHECKS.get(kind)
    return check(record) if check else ""


def _misplaced(stream: str, record: Mapping[str, Any]) -> str:
    """Why a record does not belong into its stream; empty where it does."""
    if (record["kind"] in _OF_INTERVIEW) == (stream == ENGAGEMENT):
        return _("a record '{kind}' does not belong here").format(kind=record["kind"])
    if record["kind"] == "opened" and stream not in _names(record):
        return _("it is the interview of other people than its name says")
    return ""


def _names(opened: Mapping[str, Any]) -> set[str]:
    """The streams that an interview may have."""
    three = opened["candidate"], opened["rater"], opened["questionnaire"]
    wave, taken = opened["wave"], opened.get("instead_of", "")
    return {interview_id(*three, wave), interview_id(*three, f"{wave}\x1f{taken}")}


def _model(model: type[Candidate | Rater | Engagement]) -> Callable[[Mapping[str, Any]], str]:
    def check(record: Mapping[str, Any]) -> str:
        fields = {k: v for k, v in record.items() if k in model.model_fields and k != "id"}
        try:
            model.model_validate({"id": record.get("code", ""), **fields})
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            key = ".".join(map(str, first["loc"])) or "code"
            return _("'{key}' cannot be {value}").format(key=key, value=repr(first["input"])[:80])
        return ""

    return check


def _is_ref(pack: object) -> bool:
    """Whether it says which pack is meant."""
    try:
        PackRef.model_validate(pack)
    except ValidationError:
        return False
    return True


def _with_pack(record: Mapping[str, Any]) -> str:
    return "" if _is_ref(record["pack"]) else _("'{key}' is no code").format(key="pack")


def _answer(record: Mapping[str, Any]) -> str:
    value = record.get("value")
    good = (
        value is None
        or isinstance(value, bool | str)
        or (isinstance(value, int | float) and math.isfinite(value))
        or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    )
    if record["state"] not in STATES or (record["state"] == "answered") != (value is not None):
        good = False
    if not good or not isinstance(record.get("note", ""), str):
        return _("it is no answer that an interview stores")
    return ""


def _agreed(record: Mapping[str, Any]) -> str:
    value = record["value"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return _("the agreed value is no number")
    return ""


def _calibrated(record: Mapping[str, Any]) -> str:
    # what is no number in the one is none in the other
    return _("the rating of a sample is no number") if _agreed(record) else ""


def _decision(record: Mapping[str, Any]) -> str:
    proposal = record.get("proposal", {})
    said = record.get("departs_in", {})
    good = isinstance(proposal, Mapping) and _is_texts(list(proposal.values()))
    good = good and isinstance(said, Mapping) and all(map(_is_texts, said.values()))
    if not good or not _is_texts(record.get("departs", [])):
        return _("it is no decision that a workspace stores")
    return ""


def _fact(record: Mapping[str, Any]) -> str:
    value = record.get("value", "")
    good = isinstance(value, str) or (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    )
    if not good or not _is_texts(record.get("people", [])):
        return _("it is no fact that a workspace stores")
    return ""


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _joined(record: Mapping[str, Any]) -> str:
    if not record["new"] or not (record["old"] or "interview" in record):
        return _("'{key}' is no code").format(key="old")
    if "interview" in record:
        four = [record.get(key) for key in ("rater", "questionnaire", "wave")]
        if not _is_hash(record["interview"]) or not all(four):
            return _("'{key}' is no code").format(key="interview")
    return ""


def _erased(record: Mapping[str, Any]) -> str:
    lists = (record["codes"], record["streams"], [record["salt"]])
    if not all(isinstance(one, list) and all(map(_is_hash, one)) for one in lists):
        return _("it is no tombstone")
    return ""


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _HASH.fullmatch(text) is not None


def _is_time(text: object) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "opened": _with_pack,
    "migrated": _with_pack,
    "answer": _answer,
    "candidate": _model(Candidate),
    "rater": _model(Rater),
    "engagement": _model(Engagement),
    "agreed": _agreed,
    "calibrated": _calibrated,
    "decision": _decision,
    "fact": _fact,
    "joined": _joined,
    "erased": _erased,
}


def refused(place: str, stream: str, reason: str) -> BadInput:
    """The error for what no workspace could have written."""
    return BadInput(
        _("{place}: {stream}: {reason}").format(place=place, stream=stream, reason=reason),
        title=_("Not taken in"),
        hint=_("This was not written by this program, or changed since. Nothing was stored."),
    )
