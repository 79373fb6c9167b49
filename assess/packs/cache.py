"""Packs read once and kept as JSON, so that a start does not parse YAML again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from assess.model.ids import new_ulid
from assess.model.pack import Pack
from assess.packs.folder import content_hash
from assess.packs.kept import kept_at


def load_pack_cached(
    files: Mapping[str, bytes], cache_dir: str | os.PathLike[str], *, name: str = "pack"
) -> Pack:
    """As :func:`assess.packs.load_pack_files`, from ``cache_dir`` if it was loaded before.

    A cache that cannot be read or written is done without. Raises BadInput with all mistakes.
    """
    digest = content_hash(files)
    kept = kept_at(Path(cache_dir), digest)
    try:
        pack = Pack.model_validate_json(kept.read_bytes(), by_alias=True, by_name=False)
        if pack.hash == digest:
            return pack
    except (OSError, ValueError):
        pass
    from assess.packs.load import load_pack_files

    pack = load_pack_files(files, name=name)
    _keep(kept, pack)
    return pack


def _keep(kept: Path, pack: Pack) -> None:
    """Write so that no reader ever sees half a file."""
    fresh = kept.with_name(f"{kept.name}.{new_ulid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(pack.model_dump_json(by_alias=True), encoding="utf-8")
        fresh.replace(kept)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
