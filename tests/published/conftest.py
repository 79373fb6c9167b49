"""Published tables as packs and rating files, taken through the command line."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

TABLES = Path(__file__).parent / "tables"

PACK = """\
pack: {name}
version: 1.0.0
languages: [en]
title: {name}
scale: {{from: {low}, to: {high}}}
competencies:
  - {{id: X, name: What was rated}}
modules:
  - {{id: M, name: All of it, weights: {{X: 100}}}}
bands:
  - {{id: any, from: 0, name: Any}}
waves:
  - {{id: W, name: Once, asks: all}}
policy: {{min_items: 1, min_coverage: 0}}
priors: {{strength: 0}}
"""
QUESTIONNAIRE = """\
questionnaire: sheet
for: interviewer
title: Rating sheet
sections:
  - title: All
    items:
"""
ITEM = "      - {{id: {item}, type: rating, competency: X, ask: How much}}\n"


@dataclass(frozen=True)
class Published:
    """What the command line says of one table."""

    agreement: dict
    by_competency: dict
    raters: dict
    ranking: list

    @property
    def icc(self):
        return self.agreement["icc"]

    @property
    def alpha(self):
        return self.agreement["alpha"]

    def severity(self, rater):
        return next(r["severity"] for r in self.raters["raters"] if r["rater"] == rater)


def write(folder, name, low, high):
    """The table ``name`` as a pack and a rating file in ``folder``; empty cells have no row."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    per_item = header[1] == "item"
    first = 2 if per_item else 1
    items = sorted({row[1] for row in rows}) if per_item else ["X1"]
    pack = folder / "pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        PACK.format(name=name.replace("_", "-"), low=low, high=high), "utf-8"
    )
    (pack / "sheet.yaml").write_text(
        QUESTIONNAIRE + "".join(ITEM.format(item=item) for item in items), "utf-8"
    )
    ratings = folder / "ratings.csv"
    with ratings.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["candidate", "rater", "item", "value"])
        for row in rows:
            item = row[1] if per_item else "X1"
            for rater, value in zip(header[first:], row[first:], strict=True):
                if value:
                    out.writerow([row[0], rater, item, value])
    return pack, ratings


@pytest.fixture
def as_files(tmp_path):
    """Writes a table as a pack and a rating file and returns the two paths."""
    return lambda name, low, high: write(tmp_path, name, low, high)


@pytest.fixture
def assess(capsys):
    """Runs a command in this process and returns what it printed; it must succeed."""
    from assess.cli import main

    def run(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert code in (0, None), err
        return out

    return run


@pytest.fixture
def published(tmp_path, as_files, assess):
    """Takes a table through init, import and the commands that report on it."""

    def take(name, low, high):
        pack, ratings = as_files(name, low, high)
        at = ("--workspace", tmp_path / "workspace")
        assess("init", "--name", name, "--pack", pack, "--modules", "M", *at)
        assess("import", "ratings", ratings, "--create", *at)
        by_item = json.loads(assess("agreement", "--json", *at))
        by_competency = json.loads(assess("agreement", "--level", "competency", "--json", *at))
        raters = json.loads(assess("raters", "--json", *at))
        (module,) = json.loads(assess("rank", "--json", *at))["modules"]
        assert (by_item["level"], by_competency["level"]) == ("item", "competency")
        return Published(
            by_item["competencies"][0],
            by_competency["competencies"][0],
            raters,
            module["candidates"],
        )

    return take
