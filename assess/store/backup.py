"""A backup: a whole workspace in one file, and reading it back without trusting it.

The file is a zip archive of a workspace folder as this store writes it (unpacked, it opens), with
``backup.json``, a list of every entry with its checksum. The same records give the same bytes.
Reading unpacks nothing to disk: entries are read into memory after their names, kinds and sizes
were looked at, so no name in an archive can lead anywhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from assess.errors import BadInput, StoreError
from assess.i18n import _
from assess.model.ids import new_ulid
from assess.model.pack import PackRef
from assess.model.records import ENGAGEMENT, Record
from assess.store import audit, contents, disk, packs
from assess.store.migrations import migrated
from assess.store.names import FILE, INTERVIEWS
from assess.store.protocol import Store
from assess.store.records import by_id, digest

LIST = "backup.json"
TABLE = "records"
PACKS = "packs"
_FORM = 1
_NAME = re.compile(
    rf"backup\.json|audit\.jsonl|engagement\.json|{INTERVIEWS}/[0-9a-f]{{32}}\.json"
    # a pack on top of others keeps their files in folders inside its own
    rf"|{PACKS}(/[^/\\\x00-\x1f]{{1,200}}){{2,12}}"
)
_DATE = (1980, 1, 1, 0, 0, 0)
MOST_ENTRIES = 500_000
MOST_BYTES = 4 << 30
"""Of all entries unpacked."""
_MOST_OF_ONE = 512 << 20
_MOST_RATIO = 200
_SMALL = 1 << 20
_ENCRYPTED = 0x1


def write_backup(store: Store, refs: Iterable[PackRef], log: bytes, target: Path) -> int:
    """Write everything readable in ``store`` to ``target``; gives the number of streams.

    ``refs`` are the packs to keep, ``log`` the audit log's bytes. The file is verified before it
    takes the name ``target``, and only its owner can read it. Raises OSError from the disk,
    StoreError for a pack that is missing.
    """
    temporary = target.with_name(f".{target.name}.{new_ulid()}.tmp")
    digests: dict[str, str] = {}
    try:
        fd = os.open(temporary, os.O_CREAT | os.O_RDWR | os.O_EXCL, disk.OWNER_FILE)
        with os.fdopen(fd, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                _fill(archive, store, refs, log, digests)
            file.flush()
            disk.flush(file.fileno())
        with Backup(temporary) as written:
            written.verify()
            if written.digests() != digests:
                raise StoreError(_("{file}: the backup did not arrive whole").format(file=target))
        disk.replace(str(temporary), str(target))
        disk.flush_folder(str(target.parent))
    finally:
        temporary.unlink(missing_ok=True)
    return len(digests)


def _fill(
    archive: zipfile.ZipFile,
    store: Store,
    refs: Iterable[PackRef],
    log: bytes,
    digests: dict[str, str],
) -> None:
    sums: dict[str, str] = {}

    def add(name: str, data: bytes) -> None:
        sums[name] = hashlib.sha256(data).hexdigest()
        entry = zipfile.ZipInfo(name, _DATE)
        entry.create_system = 3  # so that the owner-only mode below is understood
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (stat.S_IFREG | disk.OWNER_FILE) << 16
        archive.writestr(entry, data)

    for stream, records in store.read_all():
        rows = {record["id"]: record for record in records}
        add(_entry_of(stream), contents.encode({TABLE: rows}, 1))
        digests[stream] = digest(records)
    known = sorted(refs, key=lambda ref: (ref.id, ref.version, ref.hash))
    for ref in known:
        files = store.pack(ref)
        for name, data in sorted(packs.as_kept(files).items()):
            add(f"{PACKS}/{packs.folder_name(ref)}/{name}", data)
    if log:
        add(audit.NAME, log)
    content = {
        "form": _FORM,
        "digests": digests,
        "packs": [ref.model_dump() for ref in known],
        "entries": sums,
    }
    add(LIST, orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2))


def _entry_of(stream: str) -> str:
    return stream + FILE if stream == ENGAGEMENT else f"{INTERVIEWS}/{stream}{FILE}"


def is_backup(path: Path) -> bool:
    """Whether a file begins like a zip archive."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


class Backup:
    """A backup file to read from, with the reading half of a store.

    Raises BadInput, naming the entry, for an archive that this program did not write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
            entries = self._archive.infolist()
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or _(
                "it is no zip archive that assess backup wrote, or not the whole of it"
            )
            raise BadInput(
                _("{file} is no backup: {reason}").format(file=path, reason=reason)
            ) from error
        try:
            self._entries = self._looked_at(entries)
            self._list = self._read_list()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> Backup:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- the reading half of a store

    def streams(self) -> list[str]:
        """The names of all streams, sorted."""
        return sorted(self._list["digests"])

    def digests(self) -> dict[str, str]:
        """The digest of each stream, as the backup's list says."""
        return dict(self._list["digests"])

    def damaged(self) -> dict[str, str]:
        """None: a backup with a damaged stream is refused."""
        return {}

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for one that is not there."""
        name = _entry_of(stream)
        if name not in self._entries:
            return []
        place = f"{self.path}: {name}"
        data = self._data(name)
        try:
            tables, schema, _generation = contents.decode(data, place)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise self._refused(name, _("it holds no records")) from error
        rows = migrated(tables, schema).get(TABLE)
        if not isinstance(rows, dict) or not all(isinstance(r, dict) for r in rows.values()):
            raise self._refused(name, _("it holds no records"))
        if any(row.get("id") != key for key, row in rows.items()):
            raise self._refused(name, _("it holds no records"))
        return sorted(rows.values(), key=by_id)

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a pack. Raises StoreError when it is not there."""
        folder = f"{PACKS}/{packs.folder_name(ref)}/"
        files = {
            name.removeprefix(folder): self._data(name)
            for name in self._entries
            if name.startswith(folder)
        }
        if not files:
            raise packs.not_kept(ref, folder)
        files.pop(packs.LIST, None)
        for name in files:
            packs.check_name(name)
        return files

    def log(self) -> bytes:
        """The audit log's bytes; empty without one."""
        return self._data(audit.NAME) if audit.NAME in self._entries else b""

    def check_sums(self) -> None:
        """Read every entry. Raises BadInput for the first that is not what the list says."""
        for name in self._entries:
            if name != LIST:
                self._data(name)

    def verify(self) -> None:
        """As :meth:`check_sums`, and that the list tells the streams' digests."""
        self.check_sums()
        for stream in self.streams():
            if digest(self.read(stream)) != self._list["digests"][stream]:
                raise self._refused(_entry_of(stream), _("it was changed after it was written"))

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    # -- inside

    def _looked_at(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """The entries by name. Raises BadInput before a byte of a harmful one is unpacked."""
        found: dict[str, zipfile.ZipInfo] = {}
        if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_BYTES:
            raise self._refused(LIST, _("unpacked, it would be larger than any workspace"))
        for entry in entries:
            reason = _harm(entry)
            if reason:
                raise self._refused(entry.filename, reason)
            if entry.filename in found:
                raise self._refused(entry.filename, _("it is there twice"))
            found[entry.filename] = entry
        if sum(entry.compress_size for entry in entries) > self.path.stat().st_size:
            raise self._refused(LIST, _("entries lie over one another"))
        return found

    def _read_list(self) -> dict[str, Any]:
        if LIST not in self._entries:
            raise self._refused(LIST, _("it is missing, so this is no backup of a workspace"))
        try:
            found = orjson.loads(self._unpacked(LIST))
            form, sums = found["form"], found["entries"]
            digests = found["digests"]
            named = {name for name in self._entries if name != LIST}
        except (ValueError, KeyError, TypeError) as error:
            raise self._refused(LIST, _("it cannot be read")) from error
        if not isinstance(sums, dict) or not isinstance(digests, dict) or not _texts(digests, sums):
            raise self._refused(LIST, _("it cannot be read"))
        if form != _FORM:
            raise self._refused(LIST, _("it was written by a newer version of this program"))
        for name in sorted(named ^ sums.keys()):
            reason = _("it is missing") if name in sums else _("the list does not name it")
            raise self._refused(name, reason)
        if {_entry_of(s) for s in digests} != {n for n in named if _is_stream(n)}:
            raise self._refused(LIST, _("it does not fit the entries"))
        return dict(found)

    def _data(self, name: str) -> bytes:
        """An entry's bytes, which are what the list says."""
        data = self._unpacked(name)
        if hashlib.sha256(data).hexdigest() != self._list["entries"].get(name):
            raise self._refused(name, _("it was changed after it was written"))
        return data

    def _unpacked(self, name: str) -> bytes:
        """An entry's bytes; no more of them are unpacked than the archive announces."""
        entry = self._entries[name]
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except Exception as error:  # of the many that zipfile raises zlib.error has no base
            reason = getattr(error, "strerror", None) or _("it cannot be unpacked")
            raise self._refused(name, reason) from error
        if len(data) != entry.file_size:
            raise self._refused(name, _("it is not as large as announced"))
        return data

    def _refused(self, name: str, reason: str) -> BadInput:
        return BadInput(
            _("{file}: the entry {entry}: {reason}").format(
                file=self.path, entry=name, reason=reason
            ),
            title=_("Not a backup to trust"),
            hint=_("Nothing was changed. Take another copy of the backup."),
        )


def _harm(entry: zipfile.ZipInfo) -> str:
    """Why an entry is refused unread; empty where it is not."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    ratio = entry.file_size / max(entry.compress_size, 1)
    if kind == stat.S_IFLNK:
        return _("it is a link")
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        return _("it is no file")
    if not _NAME.fullmatch(entry.filename) or ".." in entry.filename.split("/"):
        return _("no file of a workspace has that name")
    if entry.flag_bits & _ENCRYPTED:
        return _("it is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("it is packed in a way that is not used here")
    if entry.file_size > _MOST_OF_ONE or (entry.file_size > _SMALL and ratio > _MOST_RATIO):
        return _("unpacked, it would be larger than any file of a workspace")
    return ""


def _texts(*tables: Mapping[object, object]) -> bool:
    """Whether keys and values are all texts."""
    return all(isinstance(k, str) and isinstance(v, str) for t in tables for k, v in t.items())


def _is_stream(name: str) -> bool:
    return name == ENGAGEMENT + FILE or name.startswith(f"{INTERVIEWS}/")
