"""A small pack that a test can vary, and rating files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

PACK = """\
pack: small
version: 1.0.0
languages: [en]
title: Small
scale: {from: 1, to: 5}
competencies:
  - {id: BPM, name: Process}
  - {id: OWN, name: Ownership}
  - {id: AVL, name: Availability, kind: arrangement}
modules:
  - id: PROC
    name: Procurement
    weights: {BPM: 50, OWN: 30, AVL: 20}
    minimums: {BPM: 3.5, OWN: 2.5, AVL: 3.0}
    knowledge: {BPM: 0.4}
    gates: [PROC-G1]
  - id: COST
    name: Cost
    weights: {BPM: 70, OWN: 30}
bands:
  - {id: ready, from: 75, name: Ready}
  - {id: backup, from: 45, name: Backup}
  - {id: not_yet, from: 0, name: Not yet}
waves:
  - {id: M0, name: First, asks: all}
  - {id: M1, name: Second, asks: [OWN, AVL]}
policy: {min_coverage: 80, min_items: 2, note_required: [1, 5], top: 1}
"""

INTERVIEW = """\
questionnaire: interview
for: interviewer
title: Interview
sections:
  - title: All
    items:
      - {id: BPM-1, type: rating, competency: BPM, ask: How}
      - {id: BPM-2, type: rating, competency: BPM, ask: Why}
      - {id: OWN-1, type: rating, competency: OWN, ask: Whose}
      - {id: OWN-2, type: rating, competency: OWN, ask: When}
      - {id: AVL-1, type: rating, competency: AVL, ask: Hours}
      - {id: AVL-2, type: rating, competency: AVL, ask: Notes}
      - {id: PROC-G1, type: yes_no, modules: [PROC], ask: Declared}
"""

KNOWLEDGE = """\
questionnaire: knowledge
for: candidate
counts: true
title: Knowledge
sections:
  - title: Procurement
    items:
""" + "".join(
    f"      - id: K{n}\n        type: choice\n        competency: BPM\n        modules: [PROC]\n"
    f"        ask: Question {n}\n        options: [{{id: A, text: Right, points: 1}},"
    " {id: B, text: Wrong}, {id: C, text: Worse}, {id: D, text: Worst}]\n"
    for n in range(1, 6)
)


def write_pack(folder: Path, **files: str) -> Path:
    """The small pack in ``folder``, with other text for the files named."""
    texts = {"pack": PACK, "interview": INTERVIEW, "knowledge": KNOWLEDGE} | files
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def write_ratings(path: Path, *rows: str, header: str = "candidate,rater,item,value") -> Path:
    """A rating file with these lines."""
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def interview_rows(candidate: str, rater: str, **values: object) -> list[str]:
    """Rows that rate every competency named with the same value on both its items."""
    return [
        f"{candidate},{rater},{competency}-{n},{value}"
        for competency, value in values.items()
        for n in (1, 2)
    ]


def roles_of(plan: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """Who holds A and B of each module in a plan as JSON."""
    return {m["module"]: (m["a"], m["b"]) for m in plan["modules"]}


def two_waves(assess: Callable[..., Any], folder: Path, before: float, after: float) -> Path:
    """A workspace in which X was rated by three at two waves, OWN from ``before`` to ``after``."""
    place = folder / "workspace"
    pack = write_pack(folder / "pack", pack=PACK + "priors: {strength: 0}\n")
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    for wave, value in (("M0", before), ("M1", after)):
        rows = [
            row
            for rater in ("R1", "R2", "R3")
            for row in interview_rows("X", rater, BPM=4, OWN=value, AVL=4)
            if wave == "M0" or "BPM" not in row
        ]
        path = write_ratings(folder / f"{wave}.csv", *rows)
        words = ("--create", "--wave", wave, "--workspace", place)
        assert assess("import", "ratings", path, *words).code == 0
    return place
