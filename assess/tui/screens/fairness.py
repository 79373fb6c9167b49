"""The fairness report of a module: asked for with a file, shown, and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assess.errors import AssessError
from assess.i18n import N_, _
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.message import LineScreen
from assess.tui.screens.page import PageScreen
from assess.tui.screens.ranking_measured import measured
from assess.tui.widgets.cells import columns, fit_spans, widest
from assess.tui.widgets.lines import Row as LineRow
from assess.tui.widgets.lines import prose_rows, text_row

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.fairness import Fairness


class ModuleScreen(Chooser[str]):
    """Which module."""

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("Of which module?"), _("type to find")

    def rows(self) -> list[Row[str]]:
        """A row for each module."""
        from textual.content import Content

        from assess.i18n import language

        pack = self.workspace.pack
        found = []
        for module in self.workspace.modules:
            words = f"{module.id} {pack.say(module.name, language())}"
            found.append(Row(module.id, words, Content(words)))
        return found


class FairnessScreen(PageScreen):
    """Selection rates by group with what to know about them."""

    ABOUT = N_(
        "How often the people of each group are selected, the ratio to the group selected "
        "most often, and a test. Groups of fewer than five have no figures. The groups were "
        "read for this page: they enter no score and are not stored."
    )

    def __init__(self, found: Fairness) -> None:
        super().__init__()
        self._found = found

    def heading(self) -> Sequence[str]:
        """Of which module and group."""
        from assess.workspace.fairness_words import title

        return [_("Fairness") + " · " + title(self.workspace.pack, self._found)]

    def page(self, width: int) -> Sequence[LineRow]:
        """The report in the language in use."""
        from assess.workspace import fairness_words as words

        pack, found = self.workspace.pack, self._found
        table = [list(words.header()), *words.rows(found)]
        cells = [widest([row[at] for row in table], most=30) for at in range(len(table[0]))]

        def line(row: list[str], role: str) -> LineRow:
            parts = [
                (text, -cells[at] if at in words.RIGHT else cells[at], role)
                for at, text in enumerate(row)
            ]
            return LineRow(lambda width: fit_spans([("   ", ""), *columns(parts, 2)], width))

        rows = [text_row(""), *prose_rows(words.selected(pack, found), width), text_row("")]
        rows += [line(table[0], "muted"), *(line(row, "") for row in table[1:]), text_row("")]
        for remark in words.remarks(found):
            rows += prose_rows(remark, width, "muted", hang=2)
        rows += prose_rows(_("The groups are not stored and enter no score."), width, "muted")
        return rows


async def ask_fairness(app: AssessApp, module: str = "") -> None:
    """Ask for the file (and the module where none is given), and show the report."""
    from assess.workspace.fairness import fairness

    chosen: str | None = module
    if not chosen:
        chosen = await app.push_screen_wait(ModuleScreen())
    if chosen is None:
        return
    asked = _("A file with two columns, candidate and group; it is read now and not stored.")
    title = _("Fairness report of {module}").format(module=chosen)
    typed = await app.push_screen_wait(LineScreen(title, asked))
    if typed is None:
        return
    try:
        path = Path(typed).expanduser()
        found = await measured(lambda: fairness(app.workspace, path, chosen))
    except AssessError as error:
        app.show_error(error)
        return
    await app.push_screen(FairnessScreen(found))
