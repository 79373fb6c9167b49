"""The last overview, kept in the machine's cache: by codes and without names.

So the first screen has figures before anything was measured.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assess.i18n import language
from assess.store import disk
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

T = TypeVar("T")
_FORMAT = 5


def save_overview(workspace: Workspace, found: Overview) -> None:
    """Keep an overview for the next start; a cache that cannot be written is no error."""
    path = _path(workspace)
    if path is None:
        return
    found = found._replace(edges=found.deciding_edges)  # with few raters there are thousands
    content = {"format": _FORMAT, "key": _key(workspace), "overview": found}
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
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def forget_overview(workspace: Workspace) -> None:
    """Remove what is kept, as after an erasure. Raises StoreError where it cannot be removed."""
    path = _path(workspace)
    if path is not None:
        with disk.told(path.parent):
            path.unlink(missing_ok=True)


def _path(workspace: Workspace) -> Path | None:
    folder = getattr(workspace.store, "cache", None)
    return Path(folder) / "overview.json" if folder else None


def _key(workspace: Workspace) -> list[str]:
    engagement = workspace.said_engagement()
    return [
        engagement["pack"]["hash"],
        engagement["wave"],
        *engagement["modules"],
        workspace.me or "",
        language(),
    ]


def _overview(content: list[Any]) -> Overview:
    """The tuples that JSON keeps as lists."""
    kept = Overview(*content)
    return kept._replace(
        modules=tuple(
            one._replace(best=tuple(Standing(*best) for best in one.best))
            for one in _each(ModuleAtGlance, kept.modules)
        ),
        half_done=_each(HalfDone, kept.half_done),
        disputes=_each(Dispute, kept.disputes),
        edges=_each(OnEdge, kept.edges),
        gaps=tuple(one._replace(missing=tuple(one.missing)) for one in _each(Gap, kept.gaps)),
        progress={code: Progress(*one) for code, one in kept.progress.items()},
        roles=tuple(
            one._replace(
                a=one.a and Standing(*one.a),
                b=one.b and Standing(*one.b),
                flags=tuple(one.flags),
                refused=tuple(one.refused),
            )
            for one in _each(Roles, kept.roles)
        ),
        overdue=_each(Overdue, kept.overdue),
        past=tuple(kept.past),
    )


def _each(kind: Callable[..., T], rows: Iterable[Any]) -> tuple[T, ...]:
    return tuple(kind(*row) for row in rows)
