"""Records as stores keep them: checked, canonical, with one digest for a set of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, TypeGuard

import orjson

from assess.errors import StoreCorrupt, StoreError
from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record

_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_INTERVIEW = re.compile(r"[0-9a-f]{32}")
by_id = itemgetter("id")


def is_record_id(name: object) -> TypeGuard[str]:
    """Whether ``name`` is an id as :func:`assess.model.ids.new_ulid` makes them."""
    return isinstance(name, str) and _ULID.fullmatch(name) is not None


def check_stream(name: str) -> None:
    """Raise ValueError unless ``name`` is ``engagement`` or an interview's id."""
    if name != ENGAGEMENT and not _INTERVIEW.fullmatch(name):
        raise ValueError(f"{name!r} is neither 'engagement' nor the id of an interview")


def canonical(record: Mapping[str, Any]) -> bytes:
    """A record as JSON bytes, keys sorted: equal bytes mean equal content.

    Raises StoreError for a text that UTF-8 cannot hold, ValueError for what is not JSON.
    """
    try:
        data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError as error:
        if "surrogates" in str(error):
            raise StoreError(
                _("A text holds characters that cannot be stored; type it again."),
                title=_("Not saved"),
            ) from error
        raise ValueError(f"not a record of plain JSON values: {error}") from error
    if orjson.loads(data) != record:
        raise ValueError("not a record of plain JSON values: it would come back changed")
    return data


def digest(records: Iterable[Mapping[str, Any]]) -> str:
    """32 hex letters that stand for a set of records, whatever their order."""
    found = hashlib.sha256()
    for record in sorted(records, key=by_id):
        found.update(orjson.dumps(record, option=orjson.OPT_SORT_KEYS))
        found.update(b"\n")
    return found.hexdigest()[:32]


def checked(stream: str, records: Iterable[Record]) -> dict[str, Record]:
    """The records by id. Raises StoreCorrupt where one id comes twice with other content.

    Raises ValueError for a stream's name or a record's id that no store could have given.
    """
    check_stream(stream)
    found: dict[str, Record] = {}
    for record in records:
        name = record.get("id")
        if not is_record_id(name):
            raise ValueError(f"{name!r} is not the id of a record: 26 letters, see new_ulid()")
        content = canonical(record)
        if name in found and canonical(found[name]) != content:
            raise other_content(stream, name)
        found[name] = record
    return found


def only_new(
    stream: str, records: Mapping[str, Record], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Record]:
    """Those of ``records`` that ``known`` lacks. Raises StoreCorrupt where content differs."""
    for name in records.keys() & known.keys():
        if canonical(records[name]) != canonical(known[name]):
            raise other_content(stream, name)
    return {name: record for name, record in records.items() if name not in known}


def other_content(stream: str, record: str) -> StoreCorrupt:
    """The error for a record id that is there already with other content."""
    return StoreCorrupt(
        _("{stream}: the record {record} is there already with other content.").format(
            stream=stream, record=record
        ),
        title=_("Two records with one id"),
        hint=_("Records are never changed, so one of the two was damaged. Nothing was stored."),
    )
