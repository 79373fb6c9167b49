"""The demonstration engagement "Riverside": fixed data, no randomness."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.i18n import language

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

LAST_DAY = dt.datetime(2026, 10, 31, tzinfo=dt.UTC)
"""Later than every answer of the demonstration, whatever the clock of the machine says."""


def build(workspace: Workspace) -> None:
    """Fill an empty workspace with "Riverside": 12 candidates, four raters, three modules.

    Who said what of the modules, and who owes which action, is in the language in use.

    Raises BadInput where the workspace holds an engagement already.
    """
    from assess.exchange.ratings import read_ratings
    from assess.exchange.roster import read_roster
    from assess.model.people import Rater
    from assess.packs import find_pack, load_pack, read_pack_folder
    from assess.workspace.agreed import put_action
    from assess.workspace.facts import put_facts
    from assess.workspace.importing import store_rows

    folder = find_pack("key-user")
    pack = load_pack(folder)
    with resources.as_file(resources.files(__name__)) as data:
        workspace.start(
            **_engagement(data),
            pack_files=read_pack_folder(folder),
            pack=pack,
        )
        roster = read_roster(data / "roster.csv", {module: [] for module in pack.modules})
        raters = [Rater(id=row["rater"], name=row["name"]) for row in _rows(data / "raters.csv")]
        workspace.put_people([*roster.candidates, *raters])
        for name, submit in (("interviews.csv", True), ("open.csv", False)):
            rows = read_ratings(
                data / name,
                pack,
                candidates=set(workspace.candidates()),
                raters=set(workspace.raters()),
                create=False,
                wave_default=workspace.engagement.wave,
                waves=set(pack.waves),
                now=LAST_DAY,
            )
            store_rows(workspace, rows, source=name, submit=submit)
        for row in _rows(data / "agreed.csv"):
            workspace.agree(
                row["candidate"],
                row["item"],
                float(row["value"]),
                row[language()],
                wave=row["wave"],
                by=row["by"],
            )
        offices = {row["office"]: row[language()] for row in _rows(data / "offices.csv")}
        for row in _rows(data / "facts.csv"):
            fact, source = f"{row['key']}={row['value']}", offices[row["source"]]
            put_facts(
                workspace,
                row["module"],
                [fact],
                source=source,
                day=row["date"],
                now=LAST_DAY.isoformat(),
            )
        for row in _rows(data / "actions.csv"):
            put_action(workspace, **row | {"owner": offices[row["owner"]]})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _engagement(data: Path) -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.safe_load((data / "engagement.yaml").read_text("utf-8"))
    content.pop("pack")
    for key in ("purpose", "readers", "contact"):
        if isinstance(content.get(key), dict):
            content[key] = content[key].get(language(), content[key]["en"])
    return content
