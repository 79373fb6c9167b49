"""The packs in use, each version as it was, in ``packs/<id>-<version>-<hash>/``."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import orjson

from assess.errors import BadInput, StoreCorrupt, StoreError
from assess.i18n import _
from assess.model.ids import VERSION, is_id, new_ulid
from assess.store import disk

if TYPE_CHECKING:
    from assess.model.pack import PackRef

LIST = ".files.json"
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST = 150
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def keep(packs: Path, ref: PackRef, files: Mapping[str, bytes]) -> None:
    """Write a pack's files, all or none, durable. One that is there undamaged is left alone.

    Raises BadInput for a name that would lead out of the pack's folder, OSError from the disk.
    """
    place = packs / folder_name(ref)
    for name in files:
        check_name(name)
    if place.is_dir():
        with suppress(StoreError):
            if read(packs, ref) == dict(files):
                return
    temporary = packs / f".{new_ulid()}.tmp"
    try:
        for name, content in files.items():
            path = temporary / name
            disk.make_folder(path.parent)
            disk.write_atomically(str(path), content)
        disk.make_folder(temporary)
        disk.write_atomically(str(temporary / LIST), as_kept(files)[LIST])
        if place.is_dir():  # a damaged one gives way
            disk.replace(str(place), str(packs / f".{place.name}.{new_ulid()}.damaged"))
        disk.replace(str(temporary), str(place))
        disk.flush_folder(str(packs))
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def as_kept(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A pack's files with the list of their checksums."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, LIST: orjson.dumps(sums, option=orjson.OPT_SORT_KEYS)}


def folders(packs: Path) -> list[Path]:
    """The folders of all kept packs."""
    return sorted(path for path in packs.glob("*") if path.is_dir() and path.name[0] != ".")


def read(packs: Path, ref: PackRef) -> dict[str, bytes]:
    """The files of a kept pack. Raises StoreError without it, StoreCorrupt when one is damaged."""
    place = packs / folder_name(ref)
    if not place.is_dir():
        raise not_kept(ref, str(place))
    return read_folder(place)


def not_kept(ref: PackRef, place: str) -> StoreError:
    """The error for a pack that is not there."""
    return StoreError(
        _("The pack {pack} {version} is not kept in this workspace.").format(
            pack=ref.id, version=ref.version
        ),
        title=_("A pack is missing"),
        hint=_("Bring the folder {folder} back from a copy.").format(folder=place),
    )


def read_folder(place: Path) -> dict[str, bytes]:
    """The files of the pack kept in ``place``.

    Raises StoreCorrupt when one is damaged or the list names one outside the folder.
    """
    listed = disk.read(str(place / LIST))
    try:
        sums = dict(orjson.loads(listed[0] if listed else b""))
    except (ValueError, TypeError) as error:
        raise damaged_file(place / LIST) from error
    found: dict[str, bytes] = {}
    for name, wanted in sums.items():
        try:  # the list may have been written by somebody else
            check_name(name)
        except BadInput as error:
            raise StoreCorrupt(f"{place / LIST}: {error}", title=error.title) from error
        content = disk.read(str(place / name))
        if content is None or hashlib.sha256(content[0]).hexdigest() != wanted:
            raise damaged_file(place / name)
        found[name] = content[0]
    return found


def folder_name(ref: PackRef) -> str:
    """The name of the folder that keeps a pack. Raises BadInput for an id that is none."""
    if not (is_id(ref.id) and VERSION.fullmatch(ref.version) and _HASH.fullmatch(ref.hash)):
        raise BadInput(
            _(
                "{pack} {version}: a pack is kept by its id, a version like 1.0.0 and its hash."
            ).format(pack=ref.id, version=ref.version)
        )
    # file systems allow 255 bytes; an id may hold 64 letters of four bytes each
    name = f"{ref.id}-{ref.version}".encode()[:_LONGEST].decode(errors="ignore")
    return f"{name}-{ref.hash[:12]}"


def check_name(name: str) -> None:
    """Raise BadInput for a name that would lead out of a pack's folder."""
    parts = PurePosixPath(name).parts
    good = (
        parts
        and not PurePosixPath(name).is_absolute()
        and "/".join(parts) == name
        and not _UNSAFE.search(name)
        and all(not part.startswith(".") and not _DEVICES.fullmatch(part) for part in parts)
    )
    if not good:
        raise BadInput(
            _(
                "{name}: a file of a pack has a plain path inside the pack, "
                "like interview.yaml; no part may begin with a dot."
            ).format(name=name)
        )


def damaged_file(path: Path | str) -> StoreCorrupt:
    """The error for a file of a pack that is not what was kept."""
    return StoreCorrupt(
        _("{file} is damaged: it is not the text that answers were given under.").format(file=path),
        title=_("A damaged pack"),
        hint=_("Bring it back from a copy of the workspace. Nothing was changed."),
    )
