"""A dialogue to choose one of several things that are named by a code and some words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from assess.i18n import _
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.widgets.cells import widest
from assess.tui.widgets.wrapping import pad


@dataclass(frozen=True, slots=True)
class Option:
    """``value`` is given back; ``head`` stands in bold, ``words`` behind it, ``mark`` last."""

    value: str
    head: str
    words: str = ""
    mark: str = ""


class ChoiceScreen(Chooser[str]):
    """Gives the value of the option that was chosen, None when it was left."""

    def __init__(self, title: str, options: Sequence[Option], *, at: str = "") -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._at = at

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return self._title, _("type to find")

    def start_row(self) -> int:
        """The option asked for."""
        values = [option.value for option in self._options]
        return values.index(self._at) if self._at in values else 0

    def rows(self) -> list[Row[str]]:
        """A line each."""
        head = widest([option.head for option in self._options], most=24)
        return [
            Row(
                option.value,
                f"{option.head} {option.words} {option.mark}",
                Content.assemble(
                    (pad(option.head, head), "bold"),
                    "  ",
                    option.words,
                    ("   " + option.mark if option.mark else "", "$accent"),
                ),
            )
            for option in self._options
        ]

    def narrow(self, rows: Sequence[Row[str]], typed: str) -> list[Row[str]]:
        """What holds every word typed, those first whose head does."""
        parts = typed.casefold().split()
        heads = {option.value: option.head.casefold() for option in self._options}

        def behind(row: Row[str]) -> bool:
            return not all(part in heads[row.value] for part in parts)

        return sorted(super().narrow(rows, typed), key=behind)
