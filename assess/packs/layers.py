"""The files of a pack and of the packs below it (``extends``)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assess.i18n import _
from assess.packs.finding import Finding
from assess.packs.folder import PACK_FILE, as_bad_input, read_folder, shipped_packs
from assess.packs.spot import Spot, one_of

BELOW = "extends/"
"""Under which the names of a pack's files stand that belong to the pack that it extends."""
_EXTENDS = re.compile(rb"^extends\s*:", re.MULTILINE)


@dataclass
class Layers:
    """The files of a pack and of those below it, by name; how messages call them."""

    files: dict[str, bytes] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    """What could not be read."""


def read_pack_folder(path: str | os.PathLike[str]) -> dict[str, bytes]:
    """The YAML files directly in a pack's folder, by their names.

    Those of a pack that it extends stand under ``extends/``. Raises BadInput where the folder is
    none, or a file cannot be read or lies outside.
    """
    found = read_layers(Path(path))
    if found.findings:
        raise as_bad_input(str(path), found.findings)
    return found.files


def read_layers(folder: Path) -> Layers:
    """All files of the pack in ``folder``. Raises BadInput where it is no folder."""
    found = Layers()
    _read(folder, "", found, ())
    return found


def _read(folder: Path, prefix: str, found: Layers, above: tuple[Path, ...]) -> None:
    files, findings = read_folder(folder)
    found.findings += findings
    found.paths[prefix + PACK_FILE] = str(folder / PACK_FILE)
    for name, content in files.items():
        found.files[prefix + name] = content
        found.paths[prefix + name] = str(folder / name)
    said = _extends(files.get(PACK_FILE, b""), str(folder / PACK_FILE))
    if said is None or said.id is None:
        return
    base = _find(folder, said.id)
    here = (*above, folder.resolve())
    if base is None:
        what = _("there is no pack '{name}'").format(name=said.id)
        found.findings.append(said.wrong(what, _base_remedy(said.id)))
    elif base.resolve() in here:
        what = _("the packs extend one another in a circle")
        found.findings.append(said.wrong(what, _("let one of them stand for itself")))
    else:
        _read(base, prefix + BELOW, found, here)


def _extends(content: bytes, path: str) -> Spot | None:
    """The value of ``extends`` in a ``pack.yaml``; None where it has none or cannot be read."""
    if not _EXTENDS.search(content):
        return None
    from assess.packs.parse import read_tree

    try:
        document = read_tree(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
    said = Spot(path, document.data, document.place).at("extends")
    return said if isinstance(said.data, str | int | float) else None


def _find(folder: Path, name: str) -> Path | None:
    """The folder of the pack below: as kept with this one, beside it, or shipped."""
    for place in (folder / BELOW, Path(os.path.normpath(folder / name))):
        try:
            if (place / PACK_FILE).is_file():
                return place
        except (OSError, ValueError):
            continue
    return shipped_packs().get(name)


def _base_remedy(name: str) -> str:
    return _("give the way to its folder from this one, or the id of a pack: {known}").format(
        known=one_of(name, list(shipped_packs()))
    )


def split(names: Iterable[str]) -> list[list[str]]:
    """The names of files by layer, the upper pack first; within a layer sorted."""
    layers: dict[int, list[str]] = {}
    for name in sorted(names):
        layers.setdefault(name.count(BELOW), []).append(name)
    return [layers[depth] for depth in sorted(layers)]


def own_name(name: str) -> str:
    """The name of a file inside its own layer."""
    return name.rpartition(BELOW)[2]


def folders_of(folder: Path) -> list[Path]:
    """The folder of a pack and those of the packs below it, as far as they can be read."""
    found: list[Path] = []
    while folder not in found:
        found.append(folder)
        try:
            content = (folder / PACK_FILE).read_bytes()
        except OSError:
            break
        said = _extends(content, PACK_FILE)
        base = _find(folder, said.id) if said is not None and said.id is not None else None
        if base is None:
            break
        folder = base
    return found
