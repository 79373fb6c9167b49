"""Everything that is built on is named with its reason, and nothing is named that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in project["project"]["optional-dependencies"].values():
        listed += extra
    return {re.match(r"[\w.-]+", one)[0].lower() for one in listed}


def named() -> dict[str, str]:
    """Each package of the developers' page with its reason."""
    page = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
    table = page.partition("## What is built on, and why")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)[1:]
    return {
        package.strip().lower(): reason
        for packages, reason in rows
        for package in re.sub(r"\([^)]*\)", "", packages).split(",")
    }


def test_every_dependency_is_named_with_its_reason_and_nothing_else_is():
    found = named()
    assert set(found) == declared()
    assert all(len(reason) > 3 for reason in found.values())
