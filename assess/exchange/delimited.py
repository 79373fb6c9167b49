"""Text tables: which encoding, which separator, which cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from assess.errors import BadInput
from assess.exchange.safe import restore, unholdable
from assess.i18n import _

SEPARATORS = ",;\t"
MAX_CELL = 1_000_000
"""Characters in one cell; more is an unclosed quote that swallowed the file."""

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# what Excel writes and reads above the header to name the separator
_SEPARATOR_LINE = re.compile(r'(?:sep=|"sep=)([,;\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)


def delimited_rows(file: str, data: bytes) -> list[tuple[int, list[str]]]:
    """The records of a text table with their row numbers, blank ones included.

    Raises BadInput for bytes that are no text in a known encoding and for quotes that do not match.
    """
    text = decoded(file, data)
    odd = unholdable(text)
    if odd:
        line = len(re.findall(r"\r\n|\r|\n", text[: odd[0]])) + 1
        raise BadInput(
            _(
                "{file}: line {line} holds the control character {code}: delete it, or save the"
                " table anew as CSV UTF-8 or .xlsx"
            ).format(file=file, line=line, code=odd[1])
        )
    named = _SEPARATOR_LINE.match(text)
    first = 2 if named else 1
    text = text[named.end() :] if named else text
    separator = named[1] if named else separator_of(text)
    return list(_records(file, text, separator, first))


def decoded(file: str, data: bytes) -> str:
    """The text of ``data``: by its byte order mark, else UTF-8, else GB18030, both strictly."""
    if data.startswith(b"PK\x03\x04"):
        raise BadInput(
            _("{file} is a workbook, not a text table: let its name end in .xlsx").format(file=file)
        )
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    wrong = -1
    for encoding in (marked,) if marked else ("UTF-8", "GB18030"):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            wrong = max(wrong, error.start)
    message = _("{file}: byte {at} ({byte}) is not {encoding}: save it as CSV UTF-8 or as .xlsx")
    raise BadInput(
        message.format(
            file=file,
            at=wrong + 1,
            byte=f"0x{data[wrong]:02X}",
            encoding=marked or _("UTF-8 or GB18030"),
        )
    )


def separator_of(text: str) -> str:
    """The separator that stands most often outside quotes in the first line with content."""
    counts, quoted, content = dict.fromkeys(SEPARATORS, 0), False, False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "\r\n" and content:
            break
        elif not quoted and char in counts:
            counts[char] += 1
        content = content or not (char.isspace() or char in SEPARATORS)
    return max(SEPARATORS, key=lambda mark: counts[mark])


def _records(file: str, text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(_quoting(file, number, str(error))) from None
        yield number, [restore(cell) for cell in cells]
        number += 1


def _quoting(file: str, row: int, reason: str) -> str:
    if "field larger" in reason:
        message = _(
            "{file}: row {row}: a cell holds more than a million characters: shorten it, or close"
            ' the double quote (") that opens it'
        )
    elif "expected after" in reason:
        message = _(
            "{file}: row {row}: text follows a closing quote:"
            ' write a double quote inside a quoted cell twice ("")'
        )
    else:
        message = _(
            '{file}: row {row}: a double quote (") opens a cell and is never closed:'
            " close it, or remove it"
        )
    return message.format(file=file, row=row)
