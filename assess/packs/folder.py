"""A pack's files: read from a folder, found by name, identified by their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from assess.errors import BadInput
from assess.i18n import _
from assess.packs.finding import Finding

PACK_FILE = "pack.yaml"
LARGEST = 8_000_000
"""Bytes of one file of a pack; the largest that people write by hand is far below."""


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The YAML files of a folder, and what is wrong with those that could not be read.

    Raises BadInput where ``folder`` is no folder.
    """
    try:
        if folder.is_file():
            message = _("{path}: is a file; give the folder that holds pack.yaml")
            raise BadInput(message.format(path=folder))
        names = sorted(file.name for file in folder.iterdir())
    except (OSError, ValueError) as error:
        message = _("{path}: cannot be read as a pack's folder ({reason})")
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(message.format(path=folder, reason=reason)) from error
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name in names:
        if name.startswith(".") or not name.lower().endswith((".yaml", ".yml")):
            continue
        what, remedy = _take(folder, name, files)
        if what:
            findings.append(file_finding(str(folder / name), what, remedy))
    return files, findings


def _take(folder: Path, name: str, files: dict[str, bytes]) -> tuple[str, str]:
    """Read one file into ``files``, or say why not and what would be right."""
    file = folder / name
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return _("the link leads out of the pack's folder"), _("put the file itself here")
        if not file.is_file():
            return ("", "") if file.is_dir() else (_("is no file"), _("delete it"))
        if file.stat().st_size > LARGEST:
            return _("is larger than {size} MB").format(size=LARGEST // 10**6), _("split it")
        files[name] = file.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _("cannot be read ({reason})").format(reason=reason), _("make it readable")
    return "", ""


def file_finding(file: str, what: str, remedy: str) -> Finding:
    """A finding about a whole file."""
    return Finding(file, 1, 1, _("the file"), what, remedy)


def as_bad_input(name: str, findings: list[Finding]) -> BadInput:
    """The error that carries all findings of a pack."""
    message = _("{pack}: the pack cannot be used").format(pack=name)
    return BadInput(message, findings=[str(finding) for finding in sorted(findings)])


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 (64 hex letters) over names and contents, the same for any kind of line end."""
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def shipped_packs() -> dict[str, Path]:
    """The packs that come with the program: id to folder."""
    package = Path(__file__).resolve().parent.parent
    for home in (package / "questionnaires", package.parent / "questionnaires"):
        if home.is_dir():
            return {file.parent.name: file.parent for file in sorted(home.glob("*/" + PACK_FILE))}
    return {}


def find_pack(name_or_dir: str | os.PathLike[str]) -> Path:
    """The folder of a pack: a folder, or the id of a pack that comes with the program.

    A folder of that name wins if it holds a pack. Raises BadInput where there is neither.
    """
    folder = Path(name_or_dir)
    shipped = shipped_packs()
    try:
        if (folder / PACK_FILE).exists():
            return folder
        exists = folder.exists()
    except (OSError, ValueError):
        exists = False
    name = os.fspath(name_or_dir)
    if name in shipped:
        return shipped[name]
    if exists:
        return folder
    from assess.packs.spot import one_of

    raise BadInput(
        _(
            "there is no pack '{name}'; give a folder that holds pack.yaml, or the id of a pack:"
            " {known}"
        ).format(name=name, known=one_of(name, list(shipped)))
    )
