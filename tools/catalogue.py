"""Brings the Chinese catalogue up to date with the source: ``python tools/catalogue.py``.

New messages come in empty, messages that nobody says any more go out, translations stay. Prints
how many are still to be translated; ``--missing`` lists them as JSON; ``--fill FILE`` takes
translations from a JSON object of message to text (for a plural, the message is its singular).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "assess" / "locale" / "zh_CN" / "LC_MESSAGES" / "assess.po"
# no dates and no names: the catalogue changes only where words change
HEADER: Any = {
    "project": "assess",
    "version": "1",
    "charset": "utf-8",
    "creation_date": datetime(2026, 1, 1, tzinfo=UTC),
    "revision_date": datetime(2026, 1, 1, tzinfo=UTC),
    "last_translator": "assess",
    "language_team": "assess",
    "msgid_bugs_address": "",
}
KEYWORDS: Any = {"_": None, "N_": None, "ngettext": (1, 2)}


def said() -> Catalog:
    """Every message of the source with the files where it stands."""
    catalog = Catalog(project="assess", charset="utf-8")
    found = extract_from_dir(
        str(ROOT / "assess"), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for file, _line, message, _comments, _context in found:
        if message:
            # without line numbers, so that the catalogue changes only where words change
            catalog.add(message, locations=[(f"assess/{file}", None)])  # type: ignore[list-item]
    return catalog


def current() -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    empty = Catalog(
        locale="zh_CN", header_comment="# The words of assess in Chinese.", fuzzy=False, **HEADER
    )
    if PO.exists():
        with PO.open("rb") as file:
            for entry in read_po(file, locale="zh_CN"):
                if entry.id:
                    empty[entry.id] = entry
    return empty


def missing(catalog: Catalog) -> list[str]:
    """The messages without a translation; of a plural, its singular."""
    return [
        entry.id[0] if isinstance(entry.id, tuple) else str(entry.id)
        for entry in catalog
        if entry.id and not (all(entry.string) if isinstance(entry.string, tuple) else entry.string)
    ]


def main(words: list[str]) -> int:
    """Update, fill, write, compile."""
    catalog = current()
    catalog.update(said(), no_fuzzy_matching=True, keep_user_comments=False)
    catalog.obsolete.clear()
    catalog.creation_date = HEADER["creation_date"]
    if words[:1] == ["--fill"]:
        given = json.loads(Path(words[1]).read_text("utf-8"))
        for entry in catalog:
            key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            if key in given:
                entry.string = (given[key],) if isinstance(entry.id, tuple) else given[key]
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, sort_output=True, omit_header=False, width=100)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    left = missing(catalog)
    if words[:1] == ["--missing"]:
        print(json.dumps(left, ensure_ascii=False, indent=1))
    else:
        print(f"{len(left)} to be translated")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
