"""A pack's names, read from what is kept of it without the models.

The models take longer to load than the first screen takes to be drawn, and that screen says no
more of a pack than these.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from assess.model.said import said
from assess.packs.kept import kept_at

if TYPE_CHECKING:
    from assess.model.pack import Pack

_Names = dict[str, str | Mapping[str, str]]


class Face:
    """The names of a pack's modules, phases and bands, and whether it has sample answers.

    ``content`` is the pack as JSON. Raises KeyError, TypeError or AttributeError for anything else.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        file = content["file"]
        self._fallback: str = file["languages"][0]
        self._modules = _names(file["modules"])
        self._phases = _names(file["phases"])
        self._bands = _names(file["bands"])
        self.calibrated: bool = content["calibration"] is not None

    def module(self, module: str, language: str) -> str:
        """What a module is called; its id where the pack has none of that id."""
        return self._say(self._modules, module, language)

    def phase(self, phase: str, language: str) -> str:
        """Likewise a phase."""
        return self._say(self._phases, phase, language)

    def band(self, band: str, language: str) -> str:
        """Likewise a band of scores."""
        return self._say(self._bands, band, language)

    def _say(self, names: _Names, name: str, language: str) -> str:
        return said(names.get(name, name), language, self._fallback)


def _names(parts: list[Mapping[str, Any]]) -> _Names:
    found: _Names = {}
    for part in parts:
        name = part["name"]
        if not isinstance(name, str):
            name = {str(code): str(text) for code, text in name.items()}
        found[part["id"]] = name
    return found


def kept_face(digest: str, cache_dir: str | os.PathLike[str]) -> Face | None:
    """The face of the pack whose files have that digest; None where nothing is kept of it."""
    try:
        content = orjson.loads(kept_at(Path(cache_dir), digest).read_bytes())
        return Face(content) if content["hash"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def face_of(pack: Pack) -> Face:
    """The face of a pack that is loaded."""
    parts = {"file": {"languages", "modules", "phases", "bands"}, "calibration": True}
    return Face(pack.model_dump(mode="json", by_alias=True, include=parts))  # type: ignore[arg-type]
