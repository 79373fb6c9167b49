"""Reports as CSV: codes as header, the report's facts as columns at the end of each row.

Facts in columns keep the file a plain table that programs read without skipping lines. A report of
several tables is written as one after the other, each under a line with its name, its passages as
tables of one column between them.
"""

from __future__ import annotations

from assess.exchange.report import Passage, Progress, Report, Sheet, silent
from assess.exchange.words import exact
from assess.exchange.write import csv_bytes

_MARK = len("\ufeff".encode())


def render(report: Report, progress: Progress = silent) -> bytes:
    """The report as CSV (UTF-8 with byte order mark)."""
    sheets = report.sheets("csv")
    if len(sheets) == 1:
        return _table(report, sheets[0])
    named: list[tuple[str, bytes]] = []
    for done, part in enumerate(report.parts):
        if isinstance(part, Sheet) and part in sheets:
            named.append((part.name, _table(report, part)))
        elif isinstance(part, Passage):
            named.append((part.title, csv_bytes(["text"], [[line] for line in part.lines])))
        progress(done + 1, len(report.parts))
    # one byte order mark at the start, none inside
    parts = [csv_bytes([name], []) + table[_MARK:] for name, table in named]
    return b"\r\n".join([*parts[:1], *(part[_MARK:] for part in parts[1:])])


def _table(report: Report, sheet: Sheet) -> bytes:
    codes = [column.code for column in sheet.columns]
    facts = [fact for fact in report.facts if fact.code not in codes]
    tail = [fact.value for fact in facts]
    rows = ([*map(exact, row), *tail] for row in sheet.rows)
    return csv_bytes(codes + [fact.code for fact in facts], rows)
