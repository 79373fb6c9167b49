"""What belongs to this machine, not to a workspace: its device id, its default folders."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assess.model.ids import new_ulid
from assess.places import data_folder


def default_workspace() -> Path:
    """Where the workspace is when none is named."""
    return data_folder() / "workspace"


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
