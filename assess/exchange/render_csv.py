"""Reports as CSV: codes as header, the report's facts as columns at the end of each row.

Facts in columns keep the file a plain table that programs read without skipping lines. A report of
several sheets is written as one table after the other, each under a line with its name.
"""

from __future__ import annotations

from assess.exchange.report import Report, Sheet
from assess.exchange.write import csv_bytes


def render(report: Report) -> bytes:
    """The report as CSV (UTF-8 with byte order mark)."""
    if len(report.sheets) == 1:
        return _table(report, report.sheets[0])
    parts = [csv_bytes([sheet.name], []) + _table(report, sheet)[3:] for sheet in report.sheets]
    # one byte order mark at the start, none inside
    return b"\r\n".join([*parts[:1], *(part[3:] for part in parts[1:])])


def _table(report: Report, sheet: Sheet) -> bytes:
    codes = [column.code for column in sheet.columns]
    facts = [fact for fact in report.facts if fact.code not in codes]
    tail = [fact.value for fact in facts]
    return csv_bytes(codes + [fact.code for fact in facts], ([*row, *tail] for row in sheet.rows))
