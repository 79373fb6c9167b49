"""What an export holds, before it takes a form: one model, a small renderer per format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from assess.errors import BadInput
from assess.exchange.cells import shown
from assess.i18n import _
from assess.model.pack import PackRef

FORMATS: Mapping[str, str] = {
    "csv": "assess.exchange.render_csv",
    "json": "assess.exchange.render_json",
    "md": "assess.exchange.render_md",
}
"""The module of each format; it has ``render(report) -> bytes``."""

BASIS = ("wave", "pack", "pack_version", "newest")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``code`` for machines, its ``label`` for people.

    ``digits`` are the decimals that people see; CSV and JSON keep full precision.
    """

    code: str
    label: str
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: each row has a value per column, a text, number, bool, list of texts or None."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds for the whole export."""

    code: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Report:
    """A title, facts (among them those of :func:`basis`) and sheets, the main one first."""

    title: str
    facts: Sequence[Fact]
    sheets: Sequence[Sheet]

    def __post_init__(self) -> None:
        lacking = set(BASIS) - {fact.code for fact in self.facts}
        if lacking:
            raise ValueError(f"a report names its {', '.join(sorted(lacking))}")
        for sheet in self.sheets:
            if any(len(row) != len(sheet.columns) for row in sheet.rows):
                raise ValueError(f"a row of sheet {sheet.name} does not fit its columns")


def basis(wave: str, pack: PackRef, newest: str | None) -> tuple[Fact, ...]:
    """The facts that every export states: wave, pack, its version, time of the newest record."""
    return (
        Fact("wave", _("Wave"), wave),
        Fact("pack", _("Pack"), pack.id),
        Fact("pack_version", _("Pack version"), pack.version),
        Fact("newest", _("Newest record"), newest),
    )


def render(report: Report, format: str) -> bytes:
    """``report`` in one of :data:`FORMATS`; the same report always gives the same bytes.

    Raises BadInput for another format.
    """
    if format not in FORMATS:
        raise BadInput(
            _("'{format}' is no format: known are {known}").format(
                format=shown(format), known=", ".join(FORMATS)
            )
        )
    data: bytes = import_module(FORMATS[format]).render(report)
    return data
