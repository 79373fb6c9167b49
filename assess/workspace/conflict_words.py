"""Conflicts in words: what one is about, and what each record of it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.i18n import _, clauses, listed
from assess.workspace.conflicts import Conflict


def subject_words(conflict: Conflict) -> str:
    """What a conflict is about: its kind, then the codes."""
    kinds = {
        "answer": _("answer"),
        "candidate": _("candidate"),
        "rater": _("rater"),
        "engagement": _("engagement"),
        "agreed": _("agreed value"),
        "joined": _("joined codes"),
        "decision": _("decision"),
        "fact": _("fact"),
        "development": _("development action"),
    }
    about = " · ".join(value for value in conflict.subject.values() if value)
    return f"{kinds.get(conflict.kind, conflict.kind)}  {about}".rstrip()


def head_words(conflict: Conflict, head: Mapping[str, Any]) -> str:
    """What one of the records says where they differ."""
    return clauses(_said(key, head.get(key)) for key in conflict.differs)


def head_origin(head: Mapping[str, Any]) -> str:
    """When, by whom and on which device a record was written."""
    written = [head["at"][:16].replace("T", " "), head.get("by", ""), head.get("device", "")]
    return " · ".join(part for part in written if part)


def _said(key: str, value: object) -> str:
    keys = {
        "value": _("value"),
        "state": _("state"),
        "note": _("note"),
        "name": _("name"),
        "department": _("department"),
        "reason": _("reason"),
    }
    if isinstance(value, list):
        value = listed(map(str, value))
    shown = _("nothing") if value in (None, "") else str(value)
    return f"{keys.get(key, key)} = {shown}"
