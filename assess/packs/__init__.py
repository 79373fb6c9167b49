"""YAML to model: load, check, schema.

What is named here is imported when it is asked for: an app that has the pack in its cache needs no
part of what reads YAML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assess.packs.finding import Finding
    from assess.packs.folder import content_hash, find_pack, shipped_packs
    from assess.packs.layers import read_pack_folder
    from assess.packs.load import check_pack, load_pack, load_pack_files

__all__ = [
    "Finding",
    "check_pack",
    "content_hash",
    "find_pack",
    "load_pack",
    "load_pack_files",
    "read_pack_folder",
    "shipped_packs",
]

_WHERE = {
    "finding": ("Finding",),
    "folder": ("content_hash", "find_pack", "shipped_packs"),
    "layers": ("read_pack_folder",),
    "load": ("check_pack", "load_pack", "load_pack_files"),
}


def __getattr__(name: str) -> Any:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"assess.packs.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
