"""The case cards of a work sample: what is handed out, and behind a key what to look for."""

from __future__ import annotations

from collections.abc import Sequence

from assess.i18n import N_, _, language
from assess.model.items import Card
from assess.model.pack import Pack
from assess.tui.commands import Command, bindings
from assess.tui.screens.page import BACK, PageScreen
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row


class CardScreen(PageScreen):
    """One card at a time, in the language of the questions.

    The screen may be turned to the candidate: the key is hidden until it is asked for, and where
    candidates answer themselves (``with_key`` false) there is none.
    """

    ABOUT = N_(
        "The case of this work sample, to read out or to show: what to look for stays hidden "
        "until its key is pressed, so that the screen can be turned round. Write into the "
        "note which card it was."
    )

    ACTIONS = (
        Command(
            "card.key",
            "turn_card",
            "k",
            N_("what to look for"),
            N_("Show or hide what to look for; while it is hidden the card can be shown around."),
            footer=1,
        ),
        Command(
            "card.next",
            "next_card",
            "right,n",
            N_("next card"),
            N_("The card of the candidate's next module."),
            footer=1,
        ),
        BACK,
    )
    BINDINGS = bindings(ACTIONS)

    def __init__(
        self, pack: Pack, cards: Sequence[Card], spoken: str, *, with_key: bool = True
    ) -> None:
        super().__init__()
        self._pack = pack
        self._cards = cards
        self._spoken = spoken
        self._with_key = with_key
        self._at = 0
        self._open = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has nothing to do is not offered."""
        del parameters
        if action == "next_card":
            return len(self._cards) > 1
        if action == "turn_card":
            return self._with_key and self._card.look_for is not None
        return True

    @property
    def _card(self) -> Card:
        return self._cards[self._at]

    def heading(self) -> Sequence[str]:
        """The card and its modules; which of how many."""
        names = [
            self._pack.say(self._pack.modules[module].name, language())
            for module in self._card.modules or ()
        ]
        count = _("{n} of {all}").format(n=self._at + 1, all=len(self._cards))
        return [" · ".join([self._card.id, *names]), *([count] if len(self._cards) > 1 else [])]

    def page(self, width: int) -> Sequence[Row]:
        """The card line by line; its key below where it is shown."""
        rows = [text_row("")]
        for line in self._pack.say(self._card.text, self._spoken).splitlines():
            rows += prose_rows(line, width, hang=2) if line else [text_row("")]
        if self._open and self._card.look_for is not None:
            rows += [text_row(""), rule(_("What to look for"))]
            fallback = self._pack.file.languages[0]
            for point in self._card.look_for.say(self._spoken, fallback):
                rows += prose_rows(f"– {point}", width, hang=2)
        return rows

    def action_turn_card(self) -> None:
        """Show the key, or hide it."""
        self._open = not self._open
        self.show_words()

    def action_next_card(self) -> None:
        """Another card; its key is hidden again."""
        self._at = (self._at + 1) % len(self._cards)
        self._open = False
        self.show_words()
        self.rows.scroll_home(animate=False)
        self.refresh_bindings()
