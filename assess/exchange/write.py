"""Writing out: CSV cells, JSON text, and files that are whole or not there."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import secrets
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assess.errors import AssessError, BadInput
from assess.exchange.cells import shown
from assess.exchange.safe import clean, neutralise
from assess.i18n import _

_QUOTED = frozenset(',;\t|"\r\n')


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV: UTF-8 with byte order mark, commas, CRLF as spreadsheets write it.

    Texts that a spreadsheet would run are neutralised, numbers stay numbers, None and NaN are
    empty, lists are joined with ``;``.
    """
    return ("\ufeff" + "".join(map(_line, [header, *rows]))).encode("utf-8")


def _line(cells: Sequence[Any]) -> str:
    written = [_cell(cell) for cell in cells]
    # a single empty cell would read as a blank line
    return (",".join(written) if written != [""] else '""') + "\r\n"


def _cell(value: Any) -> str:
    text = cell_words(value)
    if isinstance(value, str) or not _is_number(value):
        text = neutralise(clean(text))
    if _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


def cell_words(value: Any) -> str:
    """A cell's value as text: whole numbers without decimals, yes and no, lists with ``;``."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list):
        return ";".join(cell_words(part) for part in value)
    if isinstance(value, dict):
        return ";".join(f"{key}={cell_words(part)}" for key, part in value.items())
    return str(value)


def json_text(value: Any) -> str:
    """``value`` as JSON with a final line break: full precision, NaN and infinities as null.

    Understands mappings, sequences, sets (sorted), dates and times, NumPy scalars and arrays.
    """
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def plain(value: Any) -> Any:
    """``value`` in JSON's own types; undefined numbers become None, times ISO 8601."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(part) for part in value), key=str)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, Iterable):
        return [plain(part) for part in value]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _is_number(value: Any) -> bool:
    return isinstance(plain(value), int | float) and not isinstance(plain(value), bool)


def write_output(data: bytes, path: str | Path | None) -> None:
    """Write ``data`` to a file, whole or not at all, or to stdout for None and ``-``.

    Raises BadInput for a folder, a folder that is missing, or a workspace's own files, AssessError
    when writing fails; a file that was there then stays as it was.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    name = shown(str(path), 300)
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise BadInput(_("{file} is a folder: name a file in it").format(file=name))
        if not target.parent.is_dir():
            raise BadInput(
                _("{file}: the folder {folder} does not exist: create it first").format(
                    file=name, folder=shown(str(target.parent), 300)
                )
            )
        if _is_kept(target):
            raise BadInput(
                _("{file} is where a workspace keeps its records: name another file").format(
                    file=name
                )
            )
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe is written to, never replaced
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise AssessError(
            _("{file} cannot be written: {reason}").format(file=name, reason=reason)
        ) from error


def _is_kept(target: Path) -> bool:
    """Whether a path is one under which a workspace keeps its records, its log or its packs."""
    for folder in target.parents:
        if (folder / "interviews").is_dir() and (folder / "packs").is_dir():
            first = target.relative_to(folder).parts[0]
            return first in ("interviews", "packs") or first.startswith(
                ("engagement.json", "audit.jsonl")
            )
    return False


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    temporary = target.with_name(f".assess-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
