"""What an import tells: what has no counterpart, what was assumed, what is wrong in our columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.errors import BadInput
from assess.i18n import _, listed, ngettext
from assess.packs.xlsform_sheets import ROW

_MOST = 200


@dataclass
class Notes:
    """The lines of the report, in the order of the form, and the mistakes that stop an import."""

    file: str
    assumed: list[str] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    columns: dict[str, list[int]] = field(default_factory=dict)

    def leave(self, node: dict[str, Any], what: str) -> None:
        """Something of a row that is not taken over."""
        row = row_of(node)
        self.left.append((row, _at(row, str(node.get("name", "")), what)))

    def leave_column(self, column: str, node: dict[str, Any]) -> None:
        """A filled cell of a column that has no counterpart; told once per column."""
        self.columns.setdefault(column, []).append(row_of(node))

    def refuse(self, node: dict[str, Any], column: str, what: str, sheet: str = "survey") -> None:
        """A mistake in one of our columns."""
        row = row_of(node)
        place = _("{file}: sheet '{sheet}', row {row}, column '{column}': {problem}")
        line = place.format(
            file=self.file, sheet=sheet, row=row or "?", column=column, problem=what
        )
        if (row, line) not in self.wrong:
            self.wrong.append((row, line))

    def stop(self) -> None:
        """Raise BadInput with the mistakes, if there are any."""
        if self.wrong:
            raise BadInput(
                _("{file}: the form cannot be used; nothing was written").format(file=self.file),
                findings=[line for _row, line in sorted(self.wrong)][:_MOST],
            )

    def lines(self) -> list[str]:
        """What was assumed, then what was left out, each with its row."""
        columns = [
            ngettext(
                "column '{column}' has no counterpart and is left out (row {rows})",
                "column '{column}' has no counterpart and is left out (rows {rows})",
                len(rows),
            ).format(column=column, rows=listed((str(row) for row in rows if row), most=12) or "–")
            for column, rows in self.columns.items()
        ]
        return [*self.assumed, *(line for _row, line in sorted(self.left)), *columns]


def row_of(node: dict[str, Any]) -> int:
    """The row of the sheet that a question stands in; 0 for what pyxform added."""
    try:
        return int(node.get(ROW) or 0)
    except (TypeError, ValueError):
        return 0


def _at(row: int, name: str, what: str) -> str:
    if not row:
        return _("'{name}': {what}").format(name=name, what=what)
    return _("row {row}, '{name}': {what}").format(row=row, name=name, what=what)


def bind(node: dict[str, Any], key: str) -> str:
    """An expression of a question: ``relevant``, ``constraint``, ``required``."""
    given = node.get("bind")
    expression = given.get(key) if isinstance(given, dict) else None
    return expression.strip() if isinstance(expression, str) else ""


def constraint_lost(node: dict[str, Any], notes: Notes, why: str) -> None:
    """Tell of a constraint that is not taken over."""
    what = _("constraint '{expression}' is left out: {why}")
    notes.leave(node, what.format(expression=bind(node, "constraint"), why=why))


def no_constraint(node: dict[str, Any], notes: Notes) -> None:
    """Tell of a constraint on something other than a number."""
    if bind(node, "constraint"):
        constraint_lost(node, notes, _("only numbers have bounds"))
