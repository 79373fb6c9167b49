"""Continuity facts: what is known of a module's position, each with its date and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assess.errors import BadInput
from assess.i18n import N_, _, listed
from assess.model.ids import as_id
from assess.workspace.days import day_reached

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

Kind = Literal["people_or_count", "people", "count", "days", "percent", "text"]


@dataclass(frozen=True)
class Key:
    """A fact that can be entered: its code, the item of the continuity file, what it means."""

    code: str
    kind: Kind
    meaning: str
    item: str = ""
    others: tuple[str, ...] = ()


KEYS: tuple[Key, ...] = (
    Key(
        "holders",
        "people_or_count",
        N_("who can do the work today without help: codes, or how many"),
        "R1",
    ),
    Key("key_users", "people", N_("today's key users of the module: codes"), "", ("keyusers",)),
    Key(
        "handover_days",
        "days",
        N_("working days of a full hand-over at today's state of the notes"),
        "R4",
        ("handover", "hand_over", "hand_over_days", "handover_working_days"),
    ),
    Key("notice_days", "days", N_("calendar days of notice (default 30)"), "", ("notice",)),
    Key(
        "written",
        "percent",
        N_("percent of decisions, rules and tests written down and used by somebody else"),
        "R5",
        ("written_down", "written_share", "documented"),
    ),
    Key(
        "announced",
        "text",
        N_("transfers, reorganisations or peaks already announced, or none"),
        "R9",
    ),
    Key("end_users", "count", N_("how many people use the module"), "", ("endusers", "users")),
    Key(
        "other_roles",
        "count",
        N_("further project roles of role A, as coordinator or delegate"),
        "",
        ("roles",),
    ),
    Key("impact_scope", "text", N_("what a departure changes in scope"), "", ("scope",)),
    Key("impact_cost", "text", N_("what a departure changes in cost"), "", ("cost",)),
    Key("impact_time", "text", N_("what a departure changes in time"), "", ("time",)),
)
_BY_NAME = {name: key for key in KEYS for name in (key.code, key.item.lower(), *key.others) if name}
_DETAILS = ("source", "date")
_WORKED_OUT = {"r2": "R2", "r3": "R3"}
_VOLUNTARY = {"r6": "R6", "r7": "R7", "r8": "R8"}
_NONE = frozenset({"none", "no", "nothing", "无", "没有", "-"})


@dataclass(frozen=True)
class Fact:
    """One fact as it stands. ``value`` is a number, a text, or the codes of people."""

    module: str
    key: str
    value: float | str | list[str]
    date: str
    """The day of which it was true, ISO 8601."""
    source: str
    by: str
    at: str
    """When it was entered."""

    def as_json(self) -> dict[str, Any]:
        """One entry of ``facts --json``."""
        return {
            "key": self.key,
            "value": self.value,
            "date": self.date,
            "source": self.source or None,
            "by": self.by or None,
            "at": self.at,
        }


def facts_of(workspace: Workspace, module: str) -> dict[str, Fact]:
    """The current facts of a module by their key."""
    found: dict[str, Fact] = {}
    for record in workspace.heads("fact"):
        if record["module"] == module:
            found[record["key"]] = Fact(
                module,
                record["key"],
                record.get("people", record.get("value", "")),
                record.get("date", record["at"][:10]),
                record.get("source", ""),
                record.get("by", ""),
                record["at"],
            )
    # what a newer version of this program may have entered stands last
    return dict(sorted(found.items(), key=lambda one: _ORDER.get(one[0], len(_ORDER))))


_ORDER = {key.code: at for at, key in enumerate(KEYS)}


def put_facts(
    workspace: Workspace,
    module: str,
    given: Iterable[str],
    *,
    source: str = "",
    day: str = "",
    by: str = "",
    now: str = "",
) -> list[Fact]:
    """Enter facts written as ``KEY=VALUE``; gives all facts of the module.

    ``source=…`` and ``date=…`` among them say where the others come from and of which day they are;
    by default nobody is named, and today. Facts already there are revised. ``now`` (ISO 8601, UTC)
    is the moment of entering them, by default that of the workspace's clock.

    Raises BadInput for an unknown module or key, a value that does not fit, or a day to come;
    nothing is stored.
    """
    chosen = workspace.module(module).id
    pairs, details = _pairs(given)
    now = now or workspace.clock()
    when = day_reached(details.get("date", day) or now[:10], now).isoformat()
    where = details.get("source", source).strip()
    contents = []
    for key, text in pairs.items():
        content: dict[str, Any] = {
            "kind": "fact",
            "module": chosen,
            "key": key.code,
            "date": when,
            "source": where,
            "revises": workspace.head_ids("fact", module=chosen, key=key.code),
        }
        value = _value(workspace, key, text)
        content["people" if isinstance(value, list) else "value"] = value
        contents.append(content)
    refuse_forbidden(workspace, [where, *(str(c.get("value", "")) for c in contents)])
    workspace.add(*contents, by=by)
    workspace.log("fact", module=chosen, keys=[key.code for key in pairs])
    return list(facts_of(workspace, chosen).values())


def _pairs(given: Iterable[str]) -> tuple[dict[Key, str], dict[str, str]]:
    pairs: dict[Key, str] = {}
    details: dict[str, str] = {}
    for word in given:
        name, equals, text = word.partition("=")
        name = name.strip().lower().replace("-", "_")
        if not equals or not text.strip():
            raise BadInput(
                _("'{word}' is no fact: write KEY=VALUE, for example handover_days=45").format(
                    word=word
                )
            )
        if name in _DETAILS:
            details[name] = text.strip()
            continue
        key = _key(name, word)
        if key in pairs:
            raise BadInput(_("{key} is given twice").format(key=key.code))
        pairs[key] = text.strip()
    if not pairs:
        raise BadInput(
            _("no fact is given"), hint=_("write KEY=VALUE; assess facts MODULE lists the keys")
        )
    return pairs, details


def _key(name: str, word: str) -> Key:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name in _WORKED_OUT:
        raise BadInput(
            _("{item} is worked out from the plan and the people in it, not entered").format(
                item=_WORKED_OUT[name]
            )
        )
    if name in _VOLUNTARY:
        raise BadInput(
            _("{item} is a voluntary question to the candidate, not a fact of a module").format(
                item=_VOLUNTARY[name]
            )
        )
    raise BadInput(
        _("'{word}': there is no fact {key}").format(word=word, key=name),
        hint=_("known are: {known}").format(known=listed(key.code for key in KEYS)),
    )


def _value(workspace: Workspace, key: Key, text: str) -> float | str | list[str]:
    if key.kind == "text":
        return "" if key.code == "announced" and text.lower() in _NONE else text
    if key.kind == "people" or (key.kind == "people_or_count" and not _is_number(text)):
        codes = [code.strip() for code in re.split("[,;、，；]", text) if code.strip()]
        return list(dict.fromkeys(workspace.candidate(_code(code)).id for code in codes))
    number = _number(key, text)
    if key.kind in ("count", "people_or_count"):
        if number != int(number):
            raise BadInput(_("{key} is a whole number, not {text}").format(key=key.code, text=text))
        return int(number)
    return number


def _code(text: str) -> str:
    try:
        return as_id(text)
    except ValueError:
        return text


def _is_number(text: str) -> bool:
    try:
        float(text.rstrip("%％ "))
    except ValueError:
        return False
    return True


def _number(key: Key, text: str) -> float:
    percent = text.rstrip()[-1:] in ("%", "％")
    try:
        number = float(text.rstrip("%％ ").strip())
    except ValueError:
        number = float("nan")
    most = 100.0 if key.kind == "percent" else 1e6
    if not 0 <= number <= most or (percent and key.kind != "percent"):
        raise BadInput(
            _("{key} is a number from 0 to {most}, not {text}").format(
                key=key.code, most=f"{most:,.0f}", text=text
            )
        )
    if key.kind == "percent" and 0 < number <= 1 and not percent:
        if number == 1:
            raise BadInput(
                _("{key}=1 may mean 1 % or all of it: write 1% or 100%").format(key=key.code)
            )
        return 100 * number
    return number


def refuse_forbidden(workspace: Workspace, texts: Iterable[str]) -> None:
    """Raise BadInput for a text with words on what must not be noted, as the pack names them."""
    from assess import i18n
    from assess.model.topics import topics_touched

    pack = workspace.pack
    for text in texts:
        for topic in topics_touched(pack, text):
            raise BadInput(
                _("this must not be noted: {topic}").format(
                    topic=pack.say(topic.topic, i18n.language())
                ),
                hint=_("say what the organisation does, not why somebody leaves or is away"),
            )


def people_named(found: Mapping[str, Fact], key: str) -> list[str]:
    """The codes that a fact names; none where it is missing or a number."""
    fact = found.get(key)
    return list(fact.value) if fact is not None and isinstance(fact.value, list) else []


def number_of(found: Mapping[str, Fact], key: str) -> float | None:
    """The number that a fact gives; None where it is missing."""
    fact = found.get(key)
    return float(fact.value) if fact is not None and isinstance(fact.value, int | float) else None


def text_of(found: Mapping[str, Fact], key: str) -> str | None:
    """The text that a fact gives; None where it is missing."""
    fact = found.get(key)
    return fact.value if fact is not None and isinstance(fact.value, str) else None


def value_words(given: float | str | list[str]) -> str:
    """The value of a fact as words; "none" for a text that says there is nothing."""
    if isinstance(given, list):
        return listed(given)
    return (given or _("none")) if isinstance(given, str) else f"{given:g}"
