"""Finding the item that a cell names: its id, a former id, or its question."""

from __future__ import annotations

from assess.exchange.cells import CellError, labels, shown, trim
from assess.exchange.names import Names
from assess.i18n import _, listed
from assess.model.items import Item
from assess.model.pack import Pack, Questionnaire

Found = tuple[Questionnaire, Item]


class ItemFinder:
    """The items and questionnaires of a pack by what people call them."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._found = {item.id: (home, item) for home, item in pack.each_item()}
        self._former = {old: item.id for _home, item in pack.each_item() for old in item.was}
        self._all = Names({item.id: labels(item.ask) for _home, item in pack.each_item()})
        self._within = {
            home.id: Names({item.id: labels(item.ask) for item in home.items})
            for home in pack.questionnaires.values()
        }
        self._questionnaires = Names(
            {home.id: labels(home.title) for home in pack.questionnaires.values()}
        )

    def questionnaire(self, cell: str) -> str:
        """The id of the questionnaire that ``cell`` names. Raises CellError."""
        found = self._questionnaires.find(cell)
        if found is None:
            raise CellError(
                _("'{cell}' is no questionnaire: known are {known}").format(
                    cell=shown(cell), known=listed(self._questionnaires.codes, most=20)
                )
            )
        return found

    def find(self, cell: str, questionnaire: str | None) -> Found:
        """The item that ``cell`` names and its questionnaire, which must be the one given, if any.

        Raises CellError.
        """
        text = trim(cell)
        item = text if text in self._found else self._former.get(text)
        if item is None and questionnaire is not None:
            item = self._within[questionnaire].find(text)
        if item is None:
            item = self._all.find(text)
        if item is None:
            raise CellError(self._unknown(cell))
        home, _item = self._found[item]
        if questionnaire not in (None, home.id):
            raise CellError(
                _("item '{item}' belongs to questionnaire '{home}', not '{given}'").format(
                    item=item, home=home.id, given=questionnaire
                )
            )
        return self._found[item]

    def _unknown(self, cell: str) -> str:
        near = self._all.nearest(cell)
        if near is not None:
            return _("'{cell}' is no item of the pack {pack}: did you mean '{near}'?").format(
                cell=shown(cell), pack=self._pack.file.pack, near=near
            )
        return _(
            "'{cell}' is no item of the pack {pack}: give an item's id such as '{one}'"
        ).format(cell=shown(cell), pack=self._pack.file.pack, one=next(iter(self._found), ""))
