"""How the app looks on this machine: colours, plain letters, mouse; remembered until changed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from assess.places import data_folder


@dataclass
class Looks:
    """What was chosen, here or by the environment (``ASSESS_ASCII``, ``ASSESS_MOUSE``: 1 or 0)."""

    theme: str = ""
    """Name of a theme; empty for the one that the terminal suggests."""
    ascii: bool = False
    """Lines and signs from ASCII letters only."""
    mouse: bool = True

    @classmethod
    def load(cls) -> Looks:
        """What this machine remembers, overruled by the environment."""
        found = cls.remembered()
        found.ascii = _wanted("ASSESS_ASCII", found.ascii or not _has_signs())
        found.mouse = _wanted("ASSESS_MOUSE", found.mouse)
        return found

    @classmethod
    def remembered(cls) -> Looks:
        """What this machine remembers; what cannot be read counts as never chosen."""
        try:
            content = json.loads(_path().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(content, dict):
            return cls()
        kinds = {field.name: type(field.default) for field in fields(cls)}
        kept: dict[str, Any] = {k: v for k, v in content.items() if type(v) is kinds.get(k)}
        return cls(**kept)


def remember(**chosen: Any) -> None:
    """Keep fields of :class:`Looks` for the next start. Raises OSError where it cannot."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(Looks.remembered()) | chosen), encoding="utf-8")
    fresh.replace(path)


def _has_signs() -> bool:
    """Whether the terminal's encoding has more than ASCII's letters."""
    encoding = (getattr(sys.__stdout__, "encoding", None) or "utf-8").lower()
    return "utf" in encoding or "gb" in encoding


def _path() -> Path:
    return data_folder() / "looks.json"


def _wanted(variable: str, otherwise: bool) -> bool:
    said = os.environ.get(variable, "")
    return said != "0" if said else otherwise
