"""Damage to files that people bring: bytes, cells, lines, and parts of workbooks."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable

WORDS = [
    "", " ", "\x00", "=1+1", "'", '"', ",", ";", "\t", "\n", "\r\n", "yes", "~", "null", "-1",
    "1e309", "9" * 400, "nan", "${", "${a}", "${a} > ", "selected(${a}, 'x')", "not(",
    ")" * 50, "(" * 200, "{", "}", "[", "]", "&a", "*a", "<<: *a",
    "!!python/object:os.system x", "%YAML 1.1", "---", "...", "json:", "json:{", "json:null",
    "json:[1]", "{item: a}", "begin_group", "end_group", "begin_repeat", "end_repeat",
    "select_one a", "select_one a or_other", "note", "rank a", "calculate", "::", "a::b",
    "label::中文 (zh)", "anchor::x::y", "anchor::1", "𝕏", "\u202e", "\ufeff", "á" * 70,
    "A" * 70_000, "type", "name", "label", "survey", "pack", "items", "section", "true()",
    ". >= 1 and . <= 5",
]  # fmt: skip
Data = bytes
Damage = Callable[[random.Random, Data], Data]


def bits(dice: random.Random, data: Data) -> Data:
    """A few bytes are others."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        if made:
            made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def cut(dice: random.Random, data: Data) -> Data:
    """The file ends early, begins late, or misses its middle."""
    a, b = sorted(dice.randint(0, len(data)) for _ in range(2))
    return dice.choice([data[:a], data[b:], data[:a] + data[b:]])


def doubled(dice: random.Random, data: Data) -> Data:
    """A piece stands twice, maybe elsewhere."""
    a, b = sorted(dice.randint(0, len(data)) for _ in range(2))
    at = dice.randint(0, len(data))
    return data[:at] + data[a : min(b, a + 2000)] + data[at:]


def words(dice: random.Random, data: Data) -> Data:
    """Words that programs trip over stand somewhere in a text."""
    text = data.decode("utf-8", "replace")
    for _ in range(dice.randint(1, 2)):
        a = dice.randint(0, len(text))
        b = a + dice.choice([0, 0, 1, 5, 20])
        text = text[:a] + dice.choice(WORDS) + text[b:]
    return text.encode("utf-8", "replace")


def lines(dice: random.Random, data: Data) -> Data:
    """Lines change places, go, or come twice."""
    rows = data.split(b"\n")
    for _ in range(dice.randint(1, 2)):
        a, b = dice.randrange(len(rows)), dice.randrange(len(rows))
        what = dice.randrange(3)
        if what == 0:
            rows[a], rows[b] = rows[b], rows[a]
        elif what == 1 and len(rows) > 1:
            del rows[a]
        else:
            rows.insert(a, rows[b])
    return b"\n".join(rows)


def recoded(dice: random.Random, data: Data) -> Data:
    """The same text in another encoding, or as one that it is not."""
    text = data.decode("utf-8", "replace")
    coding = dice.choice(["utf-16", "utf-16-le", "gb18030", "latin-1", "utf-8-sig", "utf-32"])
    return text.encode(coding, "replace")


TEXT: tuple[Damage, ...] = (bits, cut, doubled, words, words, lines, lines, recoded)


def cells(dice: random.Random, data: Data) -> Data:
    """Cells of a workbook hold other words."""
    import openpyxl

    try:
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
        for _ in range(dice.randint(1, 3)):
            page = dice.choice(book.worksheets)
            row, column = dice.randint(1, page.max_row + 1), dice.randint(1, page.max_column + 1)
            what = dice.randrange(8)
            if what == 0:
                page.delete_rows(row)
            elif what == 1:
                page.delete_cols(column)
            elif what == 2:
                page.insert_rows(row)
            elif what == 3 and page.max_row > 2:
                page.merge_cells(
                    start_row=row, end_row=row + 1, start_column=column, end_column=column
                )
            elif what == 4:
                page.title = dice.choice(["survey", "choices", "items", "Form", "x"])
            else:
                other = page.cell(dice.randint(1, page.max_row), dice.randint(1, page.max_column))
                value = dice.choice([dice.choice(WORDS), other.value, 5, -0.5, True])
                page.cell(row, column).value = _held(value)
        out = io.BytesIO()
        book.save(out)
    except Exception:
        # the damage broke openpyxl, not the program that is tried
        return bits(dice, data)
    return out.getvalue()


def _held(value: object) -> object:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000] if isinstance(value, str) else value


def parts(dice: random.Random, data: Data) -> Data:
    """A part of the archive is damaged, gone, or another's; the archive itself is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return bits(dice, data)
    name = dice.choice(sorted(held))
    what = dice.randrange(4)
    if what == 0:
        del held[name]
    elif what == 1:
        held[dice.choice(sorted(held))] = held[name]
    else:
        held[name] = dice.choice([bits, cut, words, doubled])(dice, held[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


BOOK: tuple[Damage, ...] = (bits, cut, doubled, cells, cells, cells, parts, parts)
