"""Facts on a module's position: what is known, of which day, from whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings
from assess.tui.screens.form import Field, FormScreen
from assess.tui.screens.page import BACK, PageScreen
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.lines import Row, prose_rows, text_row
from assess.workspace.facts import KEYS, Fact, Key, facts_of, put_facts, value_words
from assess.workspace.wording import DASH

if TYPE_CHECKING:
    from collections.abc import Sequence


class FactsScreen(PageScreen):
    """A line for each fact that can be entered; Enter asks for value, day and source."""

    ABOUT = N_(
        "What is known of a module's position: the facts that its flags rest on, each with "
        "value, day and source. Enter asks for a newer one; the earlier ones stay on record."
    )

    ACTIONS = (
        Command(
            "facts.enter",
            "enter_fact",
            "enter,e",
            N_("enter"),
            N_("Enter this fact with its date and source; the one before stays on record."),
            footer=1,
        ),
        Command(
            "facts.module",
            "next_module(1)",
            "right",
            N_("module"),
            N_("The facts of the next module; ← the one before."),
            footer=3,
            shown="←→",
            before="left",
        ),
        BACK,
    )
    BINDINGS = bindings(ACTIONS)

    def __init__(self, module: str = "") -> None:
        super().__init__()
        self._module = module

    @property
    def module(self) -> str:
        """The module on the screen."""
        return self._module or self.workspace.modules[0].id

    def heading(self) -> Sequence[str]:
        """The module."""
        pack = self.workspace.pack
        name = pack.say(pack.modules[self.module].name, language())
        return (_("Facts · {module} {name}").format(module=self.module, name=name),)

    def page(self, width: int) -> Sequence[Row]:
        """A line for each key: value, day, source; what it means below it."""
        found = facts_of(self.workspace, self.module)
        code = widest([key.code for key in KEYS])
        rows = []
        for key in KEYS:
            rows.append(Row(_drawing(key, found.get(key.code), code), key.code, key.code))
            rows += prose_rows(_(key.meaning), width, "muted", indent=5)
        note = _(
            "Facts are on the position, not on people: nothing here asks why somebody leaves, "
            "for anybody's health, or who might follow."
        )
        return [*rows, text_row(""), *prose_rows(note, width, "muted")]

    def on_rows_picked(self) -> None:
        """Enter the fact."""
        self.action_enter_fact()

    def action_enter_fact(self) -> None:
        """Ask for value, day and source."""
        key = next((one for one in KEYS if one.code == self.rows.key), None)
        if key is not None:
            self.run_worker(self._enter(key), group="fact", exclusive=True)

    async def _enter(self, key: Key) -> None:
        workspace, module = self.workspace, self.module
        fact = facts_of(workspace, module).get(key.code)
        fields = [
            Field("value", _("value"), value_words(fact.value) if fact else "", _hint(key)),
            Field("date", _("of which day"), "", workspace.clock()[:10]),
            Field("source", _("where it comes from"), fact.source if fact else ""),
        ]

        def keep(texts: dict[str, str]) -> None:
            put_facts(
                workspace,
                module,
                [f"{key.code}={texts['value']}"],
                source=texts["source"],
                day=texts["date"],
            )

        title = f"{module} · {key.code}"
        if await self.app.push_screen_wait(FormScreen(title, _(key.meaning), fields, keep)):
            self.show_words()

    def action_next_module(self, step: int) -> None:
        """Go to the next or previous module."""
        codes = [module.id for module in self.workspace.modules]
        self._module = codes[(codes.index(self.module) + step) % len(codes)]
        self.show_words()


def _hint(key: Key) -> str:
    hints = {
        "people_or_count": _("codes as JA, LU or a number"),
        "people": _("codes as JA, LU"),
        "count": _("a number"),
        "days": _("days"),
        "percent": _("a share as 25 %"),
        "text": _("in words"),
    }
    return hints[key.kind]


def _drawing(key: Key, fact: Fact | None, code: int) -> Callable[[int], Spans]:
    told = DASH if fact is None else value_words(fact.value)
    aside = "" if fact is None else " · ".join(part for part in (fact.date, fact.source) if part)

    def draw(width: int) -> Spans:
        room = max(10, width - 3 - code - 2 - 2 - 28)
        cells = [
            (key.code, code, "strong"),
            (told, room, "" if fact else "muted"),
            (aside, 28, "muted"),
        ]
        return fit_spans([("   ", ""), *columns(cells, 2)], width)

    return draw
