"""What an export holds, before it takes a form: one model, a small renderer per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from assess.errors import BadInput
from assess.exchange.figures import ComparisonPlot, OrderPlot
from assess.exchange.formats import FORMATS
from assess.i18n import _, language, listed

if TYPE_CHECKING:
    from assess.model.pack import PackRef

BASIS = ("wave", "pack", "pack_version", "newest")

Progress = Callable[[int, int], None]
"""Told ``(done, total)`` while something long is made; raising in it stops the work."""


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``code`` for machines, its ``label`` for people.

    ``digits`` are the decimals that people see; CSV and JSON keep full precision. ``unit`` is
    ``share`` for probabilities 0-1 and ``percent`` for 0-100, both shown with a percent sign.
    ``bar`` are the values at which a bar drawn in the cell is empty and full. A ``personal``
    column says who somebody is or holds what people wrote, and is left out of pseudonymous
    exports. A ``detail`` is folded away in workbooks, where a click shows it. ``called`` says what
    the column's codes are called where people read; CSV and JSON keep the codes.
    """

    code: str
    label: str
    digits: int | None = None
    unit: Literal["", "share", "percent"] = ""
    bar: tuple[float, float] | None = None
    personal: bool = False
    detail: bool = False
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A figure whose shown digits were chosen so that a sum adds up; None is shown as nothing."""

    exact: float
    shown: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: each row has a value per column, a text, number, bool, list of texts or None.

    ``formats`` are those that show it, by default all; ``sums`` is a last row for people.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    formats: frozenset[str] | None = None
    sums: Sequence[Any] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with paragraphs, or with a list; ``blank`` leaves so many lines to write on."""

    title: str
    lines: Sequence[str]
    listed: bool = False
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds for the whole export."""

    code: str
    label: str
    value: Any


Part = Sheet | Passage | OrderPlot | ComparisonPlot


@dataclass(frozen=True, slots=True)
class Report:
    """A title, facts (among them those of :func:`basis`) and parts in the order of reading.

    Formats that draw show the plots; what they show is in a sheet too. ``about`` is the name of the
    workbook's sheet that holds facts and passages.
    """

    title: str
    facts: Sequence[Fact]
    parts: Sequence[Part]
    about: str = ""
    language: str = field(default_factory=language)

    def __post_init__(self) -> None:
        lacking = set(BASIS) - {fact.code for fact in self.facts}
        if lacking:
            raise ValueError(f"a report names its {', '.join(sorted(lacking))}")
        for sheet in self.sheets():
            rows = [*sheet.rows, sheet.sums] if sheet.sums is not None else sheet.rows
            if any(len(row) != len(sheet.columns) for row in rows):
                raise ValueError(f"a row of sheet {sheet.name} does not fit its columns")

    def sheets(self, format: str = "") -> list[Sheet]:
        """The sheets that a format shows, by default all."""
        found = [part for part in self.parts if isinstance(part, Sheet)]
        return [s for s in found if not format or s.formats is None or format in s.formats]

    def renderer(self, format: str) -> str | None:
        """The module that renders this kind of report in a format; None for the format's own."""
        del format
        return None

    @property
    def passages(self) -> list[Passage]:
        """The passages in their order."""
        return [part for part in self.parts if isinstance(part, Passage)]


def basis(wave: str, pack: PackRef, newest: str | None) -> tuple[Fact, ...]:
    """The facts that every export states: wave, pack, its version, time of the newest record."""
    return (
        Fact("wave", _("Wave"), wave),
        Fact("pack", _("Pack"), pack.id),
        Fact("pack_version", _("Pack version"), pack.version),
        Fact("newest", _("Newest record"), newest),
    )


def check_format(format: str) -> None:
    """Raise BadInput for what is none of :data:`FORMATS`."""
    if format not in FORMATS:
        from assess.exchange.cells import shown

        raise BadInput(
            _("'{format}' is no format: known are {known}").format(
                format=shown(format), known=listed(FORMATS)
            )
        )


def render(report: Report, format: str, progress: Progress = silent) -> bytes:
    """``report`` in one of :data:`FORMATS`; the same report always gives the same bytes.

    Raises BadInput for another format.
    """
    check_format(format)
    module = report.renderer(format) or FORMATS[format]
    data: bytes = import_module(module).render(report, progress)
    return data
