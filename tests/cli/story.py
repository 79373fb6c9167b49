"""The founding story as a workspace: three key users of one department, and two of others.

Project "Riverside", modules COST, PLAN, PROC. JA, LU and WE come from Engineering Management under
one manager, HE from Cost, QI from Procurement.
"""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

PEOPLE = ("JA", "LU", "WE", "HE", "QI")
MODULES = ("COST", "PLAN", "PROC")
ENGINEERING = {"JA", "LU", "WE"}


def build_story(root: Path) -> Path:
    """The five, assessed for all three modules, and the facts of the modules, by commands alone."""
    from assess.cli import main

    place = root / "workspace"

    def run(*words: object) -> None:
        assert main([*map(str, words), "--workspace", str(place)]) == 0, words

    with resources.as_file(resources.files("assess.demo")) as data:
        run("init", "--name", "Riverside", "--modules", ",".join(MODULES))
        run("import", "roster", _some_rows(data / "roster.csv", root / "roster.csv"))
        for name in ("interviews.csv", "open.csv"):
            run("import", "ratings", _some_rows(data / name, root / name), "--create")
    for module in MODULES:
        run(
            "facts", module, "holders=JA", "key_users=JA,LU,WE", "handover_days=45",
            "notice_days=30", "written=25", "source=Cheng", "date=2026-11-02",
        )  # fmt: skip
    return place


def _some_rows(source: Path, target: Path) -> Path:
    with source.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if row["candidate"] in PEOPLE]
        header = reader.fieldnames or []
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return target
