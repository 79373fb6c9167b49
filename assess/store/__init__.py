"""Where records live: the Store protocol, the TinyDB folder and the team server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from assess.store.postgres.address import check_scheme, is_server

if TYPE_CHECKING:
    from assess.store.protocol import Store

__all__ = ["is_server", "open_store"]

FRESH = 1.0
"""Seconds for which what was seen of a server is taken as it is."""


def open_store(
    place: str | os.PathLike[str], create: bool = False, *, fresh: float = FRESH
) -> Store:
    """The store at ``place``: a folder, or the team server that a ``postgresql://`` URL names.

    With ``create`` a folder is made where there is none. Raises BadInput for a place that is no
    workspace, StoreError for one that cannot be used.
    """
    if is_server(place):
        from assess.store.postgres.team_store import TeamStore

        return TeamStore(str(place), fresh=fresh)
    check_scheme(place)
    from assess.store.folder import FolderStore

    return FolderStore(place, create)
