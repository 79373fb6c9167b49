"""Which of XLSForm's question types become which type of item."""

from __future__ import annotations

from typing import Literal

Kind = Literal["choice", "choices", "number", "text", "yes_no", "note", "device", "none"]

_ALIASES = ("{}", "q {}", "add {} prompt")


def _named(*words: str) -> frozenset[str]:
    return frozenset(alias.format(word) for word in words for alias in _ALIASES)


WHOLE = _named("integer", "int") | {
    "number of days in last month",
    "number of days in last six months",
    "number of days in last year",
}
_NUMBER = WHOLE | _named("decimal", "percentage") | {"range"}
_TEXT = _named("text", "string")
_WRITTEN = _named("date", "time", "date time", "dateTime", "datetime", "barcode")
_ACKNOWLEDGED = _named("acknowledge") | {"trigger"}
_DEVICE = _named("calculate", "start time", "end time") | {
    "start", "end", "today", "get start time", "get end time", "get today", "deviceid",
    "device id", "get device id", "uri:deviceid", "subscriberid", "subscriber id",
    "get subscriber id", "uri:subscriberid", "simserial", "sim id", "get sim id", "uri:simserial",
    "phonenumber", "phone number", "get phone number", "uri:phonenumber", "username",
    "uri:username", "email", "uri:email", "hidden", "audit", "start-geopoint",
    "background-audio", "background-geopoint", "csv-external", "xml-external", "imei",
}  # fmt: skip


def kind_of(question: str) -> Kind:
    """What a question of this type becomes; ``none`` where a pack has no counterpart."""
    if question == "select one":
        return "choice"
    if question == "select all that apply":
        return "choices"
    for kinds, kind in _KINDS:
        if question in kinds:
            return kind
    return "none"


def is_written(question: str) -> bool:
    """Whether it is answered by something that a pack takes as text: a date, a time, a code."""
    return question in _WRITTEN


_KINDS: tuple[tuple[frozenset[str], Kind], ...] = (
    (frozenset(_NUMBER), "number"),
    (_TEXT | _WRITTEN, "text"),
    (frozenset(_ACKNOWLEDGED), "yes_no"),
    (_named("note"), "note"),
    (frozenset(_DEVICE), "device"),
)
