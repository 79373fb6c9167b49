"""What belongs to this machine, not to a workspace: its device id, its default folders."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

from assess.model.ids import new_ulid
from assess.places import data_folder


def default_workspace() -> Path:
    """Where the workspace is when none is named."""
    return data_folder() / "workspace"


def working_as(place: Path | str) -> str | None:
    """As which interviewer this machine works on a workspace; None: as its manager."""
    found = _known_as().get(os.path.realpath(place))
    return found if isinstance(found, str) and found else None


def work_as(place: Path | str, me: str | None) -> None:
    """Remember as whom this machine works on a workspace. Raises OSError where it cannot."""
    known = _known_as()
    known.pop(os.path.realpath(place), None)
    if me is not None:
        known[os.path.realpath(place)] = me
    path = data_folder() / "as.json"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _known_as() -> dict[str, object]:
    try:
        found = json.loads((data_folder() / "as.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@cache
def device() -> str:
    """A random id of this machine's installation, written into records; made once and kept."""
    path = data_folder() / "device"
    try:
        return path.read_text(encoding="ascii").strip() or "unknown"
    except (OSError, ValueError):
        fresh = new_ulid()[-12:]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(fresh, encoding="ascii")
    except OSError:
        pass  # a read-only home must not stop an interview; the id is then this run's
    return fresh
