"""What a pack and the one below it say together.

What has an id is matched by it: an entry of the upper pack replaces the keys that it names of the
entry below, and an id that is new is added. All other keys of the upper pack replace those below.
Every part keeps the file in which it was written, so that a mistake is reported there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from assess.i18n import _
from assess.packs.finding import Finding
from assess.packs.folder import PACK_FILE
from assess.packs.sheets import items_of
from assess.packs.spot import Spot, one_of
from assess.packs.tree import Place

Sheet = dict[str, Spot]
"""The documents of one layer, by file name."""


def laid(base: Sheet, top: Sheet, kinds: Collection[str]) -> tuple[Sheet, list[Finding]]:
    """The documents of a pack on top of another, and what is wrong with how it is laid.

    ``kinds`` are the files with a name of their own; all others are questionnaires.
    """
    found: Sheet = {}
    pack = top.get(PACK_FILE)
    gone = _Gone(pack.at("without") if pack is not None else None, base, kinds)
    for name in kinds:
        if name in base:
            found[name] = gone.from_file(name, base[name])
        if name in top and name in found:
            found[name] = _keys(found[name], top[name], _RULES.get(name))
        elif name in top:
            found[name] = top[name]
    below = {sheet.at("questionnaire").id: name for name, sheet in base.items()}
    for name, sheet in base.items():
        if name not in kinds and not gone.has("questionnaires", sheet.at("questionnaire").id):
            found[name] = gone.from_questionnaire(sheet)
    for name, sheet in top.items():
        if name in kinds:
            continue
        own = below.get(sheet.at("questionnaire").id)
        if own in found and own not in kinds:
            found[own] = _keys(found[own], sheet, {"sections": _sections})
        else:
            # two files of one name may hold two questionnaires
            found[name if name not in found else f"{name} (2)"] = sheet
    return found, list(gone.unknown())


Rule = Callable[[Spot, Spot], Spot]


def _keys(base: Spot, top: Spot, rules: Mapping[str, Rule] | None = None) -> Spot:
    """A mapping over another, key by key; ``rules`` say which keys are not replaced whole."""
    if not isinstance(base.data, dict) or not isinstance(top.data, dict):
        return base if top.data is None else top
    parts = dict(base.parts())
    for key, part in top.parts():
        rule = (rules or {}).get(key)
        below = parts.get(key)
        parts[key] = part if rule is None or below is None else rule(below, part)
    return _mapping(parts, top)


def _ids(base: Spot, top: Spot) -> Spot:
    """A list of entries over another; those with the same id are one."""
    if not isinstance(base.data, list) or not isinstance(top.data, list):
        return top
    entries = [part for _key, part in base.parts()]
    at = {part.at("id").id: number for number, part in enumerate(entries)}
    for _key, part in top.parts():
        number = at.get(part.at("id").id)
        if number is None or part.at("id").id is None:
            entries.append(part)
        else:
            entries[number] = _keys(entries[number], part)
    return _listed(entries, top)


def _joined(base: Spot, top: Spot) -> Spot:
    """One list behind the other."""
    if not isinstance(base.data, list) or not isinstance(top.data, list):
        return top
    return _listed([part for spot in (base, top) for _key, part in spot.parts()], top)


def _sections(base: Spot, top: Spot) -> Spot:
    """Sections: known items are changed where they stand, new ones go to the section of a title."""
    if not isinstance(base.data, list) or not isinstance(top.data, list):
        return top
    sections = [
        (section, {item.at("id").id: item for item in section.each("items")})
        for _key, section in base.parts()
    ]
    added: list[Spot] = []
    for _key, section in top.parts():
        fresh = []
        for item in section.each("items"):
            own = item.at("id").id
            home = next((items for _s, items in sections if own in items), None)
            if home is not None and own is not None:
                home[own] = _keys(home[own], item)
            else:
                fresh.append(item)
        same = next((items for s, items in sections if _same_title(s, section)), None)
        if same is not None:
            same.update({item.at("id").id or f"#{len(same)}": item for item in fresh})
        elif fresh or not section.each("items"):
            added.append(_with_items(section, fresh) if fresh else section)
    return _listed(
        [*(_with_items(section, list(items.values())) for section, items in sections), *added], top
    )


def _same_title(one: Spot, other: Spot) -> bool:
    """Whether two sections have the same title in a language of both."""
    titles = [
        title if isinstance(title, dict) else {"": title}
        for title in (one.at("title").data, other.at("title").data)
    ]
    shared = titles[0].keys() & titles[1].keys()
    return any(titles[0][key] == titles[1][key] is not None for key in shared)


def _with_items(section: Spot, items: list[Spot]) -> Spot:
    listed = _listed(items, section.at("items"))
    return _mapping({**dict(section.parts()), "items": listed}, section)


_RULES: dict[str, dict[str, Rule]] = {
    PACK_FILE: {
        **dict.fromkeys(("scale", "policy", "priors"), _keys),
        **dict.fromkeys(("competencies", "modules", "bands", "waves", "phases", "forbidden"), _ids),
        "retired": _joined,
    },
    "development.yaml": {"actions": _ids, "levels": _keys},
    "continuity.yaml": {"facts": _ids},
    "calibration.yaml": {"calibration": _ids},
}
_LISTS = {
    PACK_FILE: ("bands", "waves", "phases", "forbidden"),
    "development.yaml": ("actions",),
    "continuity.yaml": ("facts",),
}


class _Gone:
    """What the upper pack leaves out of the one below."""

    def __init__(self, without: Spot | None, base: Sheet, kinds: Collection[str]) -> None:
        self._said = {
            str(kind): {spot.id: spot for _key, spot in listed.parts() if spot.id is not None}
            for kind, listed in (without.parts() if without is not None else ())
        }
        self._known: dict[str, set[str]] = {"items": set(), "questionnaires": set()}
        for name, sheet in base.items():
            for kind in _LISTS.get(name, ()):
                self._known[kind] = {part.at("id").id or "" for part in sheet.each(kind)}
            if name not in kinds:
                self._known["questionnaires"].add(sheet.at("questionnaire").id or "")
                self._known["items"] |= {item.at("id").id or "" for item in items_of(sheet)}

    def has(self, kind: str, own: str | None) -> bool:
        """Whether an entry is left out."""
        return own in self._said.get(kind, {})

    def unknown(self) -> Iterator[Finding]:
        """What is to be left out and is not there."""
        for kind, said in self._said.items():
            for own, spot in said.items():
                if kind in self._known and own not in self._known[kind]:
                    what = _("the pack below has no '{id}' here to leave out").format(id=own)
                    yield spot.wrong(what, one_of(own, sorted(self._known[kind])))

    def from_file(self, name: str, sheet: Spot) -> Spot:
        """A file with a name of its own, without what is left out."""
        parts = dict(sheet.parts())
        for kind in _LISTS.get(name, ()):
            if kind in self._said and isinstance(sheet.at(kind).data, list):
                parts[kind] = self._kept(kind, sheet.at(kind), "id")
        if name == "calibration.yaml" and "items" in self._said and "calibration" in parts:
            parts["calibration"] = self._kept("items", sheet.at("calibration"), "item")
        return _mapping(parts, sheet) if isinstance(sheet.data, dict) else sheet

    def from_questionnaire(self, sheet: Spot) -> Spot:
        """A questionnaire without the items left out, nor the sections that they were alone in."""
        if "items" not in self._said or not isinstance(sheet.at("sections").data, list):
            return sheet
        sections = []
        for section in sheet.each("sections"):
            items = [i for i in section.each("items") if not self.has("items", i.at("id").id)]
            if items or not section.each("items"):
                sections.append(_with_items(section, items) if items else section)
        return _mapping(
            {**dict(sheet.parts()), "sections": _listed(sections, sheet.at("sections"))}, sheet
        )

    def _kept(self, kind: str, listed: Spot, key: str) -> Spot:
        kept = [part for _, part in listed.parts() if not self.has(kind, part.at(key).id)]
        return _listed(kept, listed)


def _mapping(parts: Mapping[Any, Spot], at: Spot) -> Spot:
    """A mapping made of parts of several files; it stands where ``at`` stands."""
    place = Place(at.place.mark, file=at.file)
    for key, part in parts.items():
        part.place.file = part.file
        place.parts[key] = part.place
        if part.key_mark is not None:
            place.keys[key] = part.key_mark
    return Spot(at.file, {key: p.data for key, p in parts.items()}, place, at.way, at.key_mark)


def _listed(parts: Iterable[Spot], at: Spot) -> Spot:
    """A list made of parts of several files."""
    place = Place(at.place.mark, file=at.file)
    data = []
    for number, part in enumerate(parts):
        part.place.file = part.file
        place.parts[number] = part.place
        data.append(part.data)
    return Spot(at.file, data, place, at.way, at.key_mark)
