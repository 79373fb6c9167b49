"""All items of an interview with where they stand; choosing one goes to it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from assess.i18n import _
from assess.model.items import Item
from assess.tui.commands import spelled
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.interview_sheet import Sheet
from assess.tui.widgets.strip import CURRENT, FLAG, SIGNS
from assess.tui.widgets.wrapping import pad


class ItemListScreen(Chooser[str]):
    """Found by words of question or competency in any language, by code; a number is the place."""

    def __init__(self, sheet: Sheet, at: str) -> None:
        super().__init__()
        self._sheet = sheet
        self._at = at

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("Go to an item"), _("words, code or number")

    def start_row(self) -> int:
        """The item one comes from."""
        return self._sheet.place(self._at)

    def keys_line(self) -> str:
        """The keys and what the signs mean."""
        return spelled(_("↑ ↓ move   ↵ go   esc close")) + "\n" + legend()

    def rows(self) -> list[Row[str]]:
        """Sign, number, code and question of every item asked."""
        session = self._sheet.session
        found = []
        for place, item in enumerate(self._sheet.items, 1):
            ask = session.pack.say(item.ask, self._sheet.language)
            sign = CURRENT if item.id == self._at else SIGNS[self._sheet.mark_of(item)]
            flag = FLAG if item.id in self._sheet.flags else " "
            line = Content.assemble(
                (f"{sign}{flag}", "$accent"),
                (f"{place:>3}  ", "$muted"),
                (pad(item.id, 9), "bold"),
                " ",
                ask.replace("\n", " "),
            )
            found.append(Row(item.id, f"{item.id} {self._searched(item)}", line))
        return found

    def _searched(self, item: Item) -> str:
        """Question and competency in every language of the pack."""
        pack = self._sheet.session.pack
        competency = pack.competencies.get(item.competency or "")
        texts = [item.ask, *([competency.name] if competency else [])]
        return " ".join(pack.say(text, spoken) for text in texts for spoken in pack.file.languages)

    def narrow(self, rows: Sequence[Row[str]], typed: str) -> list[Row[str]]:
        """A number is a place; anything else is searched for."""
        if typed.strip().isdecimal() and 0 < int(typed) <= len(rows):
            return [rows[int(typed) - 1]]
        return super().narrow(rows, typed)


def legend() -> str:
    """What the signs of the strip mean."""
    return _("■ answered  ◧ evidence missing  ▨ no value  □ open  ▣ here  ⚑ flagged")
