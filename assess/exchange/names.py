"""Finding what a cell names: a code first, else a label in any language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from assess.exchange.cells import CellError, fold, shown, trim
from assess.i18n import _, listed


class Names:
    """Codes with their labels; the code itself always wins over a label that reads the same.

    A code may be written in other case, unless ``exact``: two people may differ in case only.
    """

    def __init__(self, known: Mapping[str, Iterable[str]], *, exact: bool = False) -> None:
        self.codes = tuple(known)
        self.known = frozenset(known)
        self._labels: dict[str, list[str]] = defaultdict(list)
        for code, its_labels in known.items():
            for label in {fold(label) for label in ((code,) * (not exact) + tuple(its_labels))} - {
                ""
            }:
                self._labels[label].append(code)

    def find(self, cell: str) -> str | None:
        """The code that ``cell`` names, None when it names nothing known.

        Raises CellError when several share the label.
        """
        text = trim(cell)
        if text in self.known:
            return text
        found = self._labels.get(fold(text), [])
        if len(found) > 1:
            raise CellError(
                _("'{cell}' names {codes} alike: give the id").format(
                    cell=shown(cell), codes=listed(found, most=20)
                )
            )
        return found[0] if found else None

    def nearest(self, cell: str) -> str | None:
        """The code most like ``cell``, for "did you mean"."""
        close = get_close_matches(fold(cell)[:64], [code.casefold() for code in self.codes], 1, 0.6)
        return next((code for code in self.codes if code.casefold() in close), None)
