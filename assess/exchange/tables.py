"""A table from a file: a header and rows of text cells that know where they stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assess.errors import AssessError, BadInput
from assess.exchange.cells import Findings, fold, shown, tidy, trim
from assess.i18n import _

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read."""

_FOREIGN_SEPARATORS = "|，；、^~:"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one per column of the header; ``number`` as a spreadsheet counts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds: ``header`` (trimmed names), ``letters`` of its columns, and the rows."""

    file: str
    header: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[Row, ...]
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {fold(name): at for at, name in enumerate(self.header)}
        object.__setattr__(self, "_index", index)

    def column(self, name: str) -> int | None:
        """The position of the column called ``name``, however its case is written."""
        return self._index.get(fold(name))


def letter(position: int) -> str:
    """A column's letter in a spreadsheet: 0 is A, 26 is AA."""
    name, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name


def read_table(path: str | Path) -> Table:
    """The table in a ``.csv`` or ``.xlsx`` file.

    CSV: UTF-8 or UTF-16 (with or without, respectively with, a byte order mark) or GB18030; comma,
    semicolon or tab. XLSX: the first visible sheet with content. Blank rows are skipped, short rows
    filled up. Raises BadInput naming the file, and the row where there is one; AssessError when the
    file cannot be read.
    """
    path = Path(path)
    ending = path.suffix.lower()
    data = _content(path, ending)
    if ending == ".xlsx":
        from assess.exchange.workbook import workbook_rows

        return _shaped(path.name, workbook_rows(path.name, data))
    from assess.exchange.delimited import delimited_rows

    return _shaped(path.name, delimited_rows(path.name, data))


def _content(path: Path, ending: str) -> bytes:
    names = {"file": shown(str(path), 300), "ending": shown(ending), "most": MAX_BYTES >> 20}
    try:
        if path.is_dir():
            raise BadInput(_("{file} is a folder: name a .csv or .xlsx file").format(**names))
        if not path.exists():
            raise BadInput(_("{file}: there is no such file").format(**names))
        if ending not in (".csv", ".xlsx"):
            raise BadInput(
                _(
                    "{file}: files ending in '{ending}' are not read:"
                    " save the table as .csv (UTF-8) or .xlsx"
                ).format(**names)
            )
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise BadInput(
                _("{file} is larger than {most} MB: divide it into several files").format(**names)
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise AssessError(
            _("{file} cannot be read: {reason}").format(reason=reason, **names)
        ) from error
    if not data.strip():
        raise BadInput(_("{file} is empty: give a header and a row for each entry").format(**names))
    return data


def _shaped(file: str, records: Iterable[tuple[int, list[str]]]) -> Table:
    filled = [(number, cells) for number, cells in records if any(map(trim, cells))]
    if not filled:
        raise BadInput(
            _("{file} is empty: give a header and a row for each entry").format(file=file)
        )
    (header_row, header), *body = filled
    names = [tidy(name) for name in header]
    while not names[-1]:
        names.pop()
    _check_header(file, header_row, names)
    if not body:
        raise BadInput(_("{file} has a header but no rows below it").format(file=file))
    findings = Findings(file)
    rows = [_fitted(findings, names, number, cells) for number, cells in body]
    findings.stop()
    letters = tuple(letter(at) for at in range(len(names)))
    return Table(file, tuple(names), letters, tuple(rows))


def _check_header(file: str, row: int, names: Sequence[str]) -> None:
    if len(names) == 1 and any(mark in names[0] for mark in _FOREIGN_SEPARATORS):
        raise BadInput(
            _(
                "{file}: row {row}: the header '{header}' is not recognised:"
                " separate the cells with commas, semicolons or tabs"
            ).format(file=file, row=row, header=shown(names[0]))
        )
    findings, seen = Findings(file), dict[str, int]()
    for at, name in enumerate(names):
        first = seen.setdefault(fold(name), at)
        if name and first != at:
            findings.add(
                _("columns {first} and {second} have the same name: rename or remove one").format(
                    first=letter(first), second=letter(at)
                ),
                row,
                shown(name),
            )
    findings.stop()


def _fitted(findings: Findings, names: Sequence[str], number: int, cells: list[str]) -> Row:
    for at, cell in enumerate(cells):
        if not trim(cell) or (at < len(names) and names[at]):
            continue
        if at < len(names):
            problem = _(
                "column {letter} has no name but holds '{cell}' here: name it in the header"
            )
        else:
            problem = _(
                "'{cell}' stands in column {letter}, beyond the header: name the column,"
                " or put text that holds a separator in double quotes"
            )
        findings.add(problem.format(letter=letter(at), cell=shown(cell)), number)
        break
    width = len(names)
    return Row(number, tuple(cells[:width] + [""] * (width - len(cells))))
