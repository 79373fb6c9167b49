"""The last overview, kept in the machine's cache: by codes and without names.

So the first screen has figures before anything was measured.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.i18n import language
from assess.workspace.overview import (
    Dispute,
    Gap,
    HalfDone,
    ModuleAtGlance,
    OnEdge,
    Overdue,
    Overview,
    Progress,
    Roles,
    Standing,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

_FORMAT = 3


def save_overview(workspace: Workspace, found: Overview) -> None:
    """Keep an overview for the next start; a cache that cannot be written is no error."""
    path = _path(workspace)
    if path is None:
        return
    content = {"format": _FORMAT, "key": _key(workspace), "overview": asdict(found)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file)
        fresh.replace(path)
    except OSError:
        pass


def saved_overview(workspace: Workspace) -> Overview | None:
    """The overview that was kept last for this engagement and this reader, if there is one."""
    path = _path(workspace)
    if path is None:
        return None
    try:
        content = json.loads(path.read_text())
        if content["format"] != _FORMAT or content["key"] != _key(workspace):
            return None
        return _overview(content["overview"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_overview(workspace: Workspace) -> None:
    """Remove what is kept, as after an erasure."""
    path = _path(workspace)
    if path is not None:
        path.unlink(missing_ok=True)


def _path(workspace: Workspace) -> Path | None:
    folder = getattr(workspace.store, "cache", None)
    return Path(folder) / "overview.json" if folder else None


def _key(workspace: Workspace) -> list[str]:
    engagement = workspace.engagement
    return [
        engagement.pack.hash,
        engagement.wave,
        *engagement.modules,
        workspace.me or "",
        language(),
    ]


def _overview(content: dict[str, Any]) -> Overview:
    modules = tuple(
        ModuleAtGlance(**{**one, "best": tuple(Standing(**best) for best in one["best"])})
        for one in content["modules"]
    )
    return Overview(
        at=content["at"],
        wave=content["wave"],
        modules=modules,
        half_done=tuple(HalfDone(**one) for one in content["half_done"]),
        disputes=tuple(Dispute(**one) for one in content["disputes"]),
        edges=tuple(OnEdge(**one) for one in content["edges"]),
        gaps=tuple(Gap(**{**one, "missing": tuple(one["missing"])}) for one in content["gaps"]),
        progress={code: Progress(**one) for code, one in content["progress"].items()},
        raters=content["raters"],
        roles=tuple(_roles(one) for one in content["roles"]),
        overdue=tuple(Overdue(**one) for one in content["overdue"]),
        past=tuple(content["past"]),
        conflicts=content["conflicts"],
    )


def _roles(content: dict[str, Any]) -> Roles:
    holders = {role: content[role] and Standing(**content[role]) for role in ("a", "b")}
    lists = {key: tuple(content[key]) for key in ("flags", "refused")}
    return Roles(**{**content, **holders, **lists})
