"""Where records live: the Store protocol and the TinyDB folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess.store.folder import FolderStore

__all__ = ["open_store"]

_SERVERS = ("postgresql://", "postgres://")


def open_store(path: str | os.PathLike[str], create: bool = False) -> FolderStore:
    """The store at ``path``, a folder; with ``create`` one is made where there is none.

    Raises BadInput for a path that is no workspace, StoreError for one that cannot be used.
    """
    if isinstance(path, str) and path.startswith(_SERVERS):
        from assess.errors import BadInput
        from assess.i18n import _

        raise BadInput(
            _("{path}: the team server is not part of this version; name a folder.").format(
                path=path.split("@")[-1]
            ),
            title=_("No workspace"),
        )
    from assess.store.folder import FolderStore

    return FolderStore(path, create)
