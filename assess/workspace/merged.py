"""What a merge did, in figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.workspace.conflicts import Conflict


@dataclass
class Merged:
    """What a merge did."""

    took_over: bool = False
    """Whether the workspace was empty and holds the engagement now."""
    records: int = 0
    """Records that came."""
    new: int = 0
    """Interviews that were not here."""
    grown: int = 0
    """Interviews that were here and got more."""
    there: int = 0
    """Interviews that were here as they came."""
    people: int = 0
    """Candidates and raters that were not here."""
    packs: int = 0
    left_out: int = 0
    """Records and interviews that came and are with people who were erased."""
    not_mine: int = 0
    """Records and interviews that somebody else must bring to the team server."""
    erased: int = 0
    """Records and interviews here with people who were erased there."""
    conflicts: list[Conflict] = field(default_factory=list)
    """New ones."""
    damaged: dict[str, str] = field(default_factory=dict)
    """What could not be read and was left out, with the reason."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        plain = {k: v for k, v in vars(self).items() if k != "conflicts"}
        return plain | {"conflicts": [conflict.as_json() for conflict in self.conflicts]}
