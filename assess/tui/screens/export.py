"""The export dialogue: what, of which module, in which format, where to, and how it will look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding

from assess.errors import AssessError
from assess.i18n import _
from assess.tui.commands import spelled
from assess.tui.screens.base import AppModal
from assess.tui.screens.export_choices import ALL, FIELDS, ExportChoices
from assess.tui.screens.message import QuestionScreen
from assess.tui.screens.ranking_measured import measured
from assess.tui.widgets.cells import Spans, fit, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Caption, Row, text_row
from assess.tui.widgets.prose import Line, Panel, Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.moment import one_moment

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

_PREVIEW = 5
_TEXTS = ("csv", "json", "md", "html")


class PathLine(Line):
    """Where to write to."""


class ExportScreen(AppModal[Path | None]):
    """Writes a file and gives its path, None when it was left.

    ``module`` is chosen at first; with ``candidate`` it begins with that person's feedback sheet,
    with ``what`` with that export. ``further`` is what plans and departure kits take beside it,
    ``view`` the workspace as of the day that is shown.
    """

    DEFAULT_CSS = f"""
    ExportScreen Rows {{ height: {len(FIELDS)}; background: $surface; scrollbar-gutter: auto; }}
    ExportScreen Caption {{ background: $surface; }}
    ExportScreen #path-label {{ padding-left: 2; color: $muted; }}
    ExportScreen PathLine {{ margin-left: 2; }}
    ExportScreen #preview {{ margin-top: 1; height: {_PREVIEW + 1}; }}
    """
    BINDINGS = [
        Binding("escape", "leave", show=False, id="export.leave"),
        Binding("left", "change(-1)", show=False, id="export.before"),
        Binding("right,space", "change(1)", show=False, id="export.next"),
        Binding("down", "go(1)", show=False, priority=True, id="export.down"),
        Binding("up", "go(-1)", show=False, priority=True, id="export.up"),
    ]
    AUTO_FOCUS = "Rows"

    def __init__(
        self,
        module: str | None = None,
        *,
        candidate: str = "",
        what: str = "",
        further: Mapping[str, Any] | None = None,
        view: Workspace | None = None,
    ) -> None:
        super().__init__()
        self._further: dict[str, Any] = {"what": what, "further": further}
        self._view = view
        self._begin = (module or ALL, candidate)
        self.choices: ExportChoices | None = None
        self._suggested = ""
        self._preview: list[str] = []
        self._busy = ""
        self._stopped = False

    def compose(self) -> ComposeResult:
        """Choices, the path, the first lines, keys."""
        with Panel():
            yield Prose(classes="heading", id="title")
            yield Rows(id="choices")
            yield Prose(id="path-label")
            yield PathLine()
            yield Caption(id="preview")
            yield Prose(classes="keys", id="keys")

    def on_mount(self) -> None:
        """Begin with the shortlist of the module, as a table."""
        self.choices = ExportChoices(self.workspace, *self._begin, **self._further)
        self._look()
        # Textual itself calls the on_mount of AppModal next, which shows the words

    @property
    def workspace(self) -> Workspace:
        """What is exported from."""
        return self._view or self.app.workspace

    # -- what is shown

    @property
    def target(self) -> Path:
        """Where it will be written."""
        return Path(self.query_one(PathLine).value.strip()).expanduser()

    def show_words(self) -> None:
        """Everything anew; what was typed stays."""
        if self.choices is None:
            return
        self.query_one("#title", Prose).show(_("Export"))
        self.query_one("#path-label", Prose).show(_("write to"))
        self.query_one("#keys", Prose).show(
            self._busy or spelled(_("←→ change   ↑↓ move   ↵ write   esc close"))
        )
        with one_moment():
            rows = [Row(self._drawing(self.choices, field), field) for field in FIELDS]
        self.query_one("#choices", Rows).show(rows)
        line = self.query_one(PathLine)
        if line.value in ("", self._suggested):
            self._suggested = line.value = self.choices.suggestion()
            line.cursor_position = len(line.value)
        self._show_preview()

    @staticmethod
    def _drawing(choices: ExportChoices, field: str) -> Callable[[int], Spans]:
        cells = widest([choices.label(one) for one in FIELDS]) + 2
        applies = choices.applies(field)
        left, right = (glyphs().below, glyphs().above) if applies else (" ", " ")
        spans = [
            ("  ", ""),
            (fit(choices.label(field), cells), "muted"),
            (left + " ", "accent"),
            (choices.words(field), "" if applies else "muted"),
            (" " + right, "accent"),
        ]
        return lambda width: fit_spans(spans, width)

    def _show_preview(self) -> None:
        lines = self._preview or [_("looking …")]
        heading = text_row(_("the first lines"), "heading")
        shown = [text_row(line, "muted") for line in lines[:_PREVIEW]]
        preview = self.query_one("#preview", Caption)
        preview.show([heading, *shown])
        # the choices and the path come first where the window is low
        room = self.app.size.height * 9 // 10 - len(FIELDS) - 8
        preview.styles.height = max(0, min(_PREVIEW + 1, room))

    def on_resize(self) -> None:
        """As many of the first lines as there is room for."""
        if self.choices is not None:
            self._show_preview()

    def _look(self) -> None:
        self.run_worker(self._read_ahead(), group="preview", exclusive=True, exit_on_error=False)

    async def _read_ahead(self) -> None:
        from assess.workspace.exporting import render

        assert self.choices is not None
        what, chosen = self.choices.chosen["what"], self.choices.chosen["format"]
        wanted = self.choices.wanted()
        # a workbook has no lines to look at: its table has the same content
        shown = chosen if chosen in _TEXTS else "csv"
        data = await measured(lambda: render(self.workspace, what, format=shown, **wanted))
        text = data[:20000].decode("utf-8-sig", errors="ignore")
        self._preview = [line for line in text.splitlines() if line.strip()] or [_("(empty)")]
        self._show_preview()

    # -- commands

    def action_change(self, step: int) -> None:
        """The next or previous choice of the line under the cursor."""
        field = self.query_one("#choices", Rows).key
        if field and self.choices and self.choices.change(field, step):
            self.show_words()
            self._look()

    def action_go(self, step: int) -> None:
        """Up and down over the choices and the path."""
        choices = self.query_one("#choices", Rows)
        if choices.has_focus and not (step > 0 and choices.key == FIELDS[-1]):
            choices.action_move(step)
        elif step > 0:
            self.query_one(PathLine).focus()
        else:
            choices.focus()

    def on_rows_picked(self) -> None:
        """Enter writes the file."""
        self._write()

    def on_input_submitted(self) -> None:
        """Enter writes the file."""
        self._write()

    def _write(self) -> None:
        if self._busy:
            return
        if not self.query_one(PathLine).value.strip():
            self.query_one(PathLine).focus()
            return
        self.run_worker(self._export(), group="export", exclusive=True)

    async def _export(self) -> None:
        target = self.target
        if target.exists():
            question = QuestionScreen(
                _("Export"), _("{path} exists. Replace it?").format(path=target)
            )
            if not await self.app.push_screen_wait(question):
                return
        self._stopped = False
        self._say(_("writing …   esc stop"))
        try:
            await self._written(target)
        except AssessError as error:
            self._say("")
            self.show_words()
            self.app.show_error(error)
        else:
            self.app.notify(_("written: {path}").format(path=target))
            self.dismiss(target)

    async def _written(self, target: Path) -> None:
        from assess.workspace.exporting import export

        assert self.choices is not None
        chosen, wanted = dict(self.choices.chosen), self.choices.wanted()
        await measured(
            lambda: export(
                self.workspace,
                chosen["what"],
                target=target,
                format=chosen["format"],
                progress=self._progress,
                **wanted,
            )
        )

    def _progress(self, done: int, total: int) -> None:
        """Told from the thread that writes; raising stops it."""
        if self._stopped:
            raise AssessError(_("the export was stopped; nothing was written"))
        share = 100 * done // max(total, 1)
        self.app.call_from_thread(self._say, _("writing … {n} %   esc stop").format(n=share))

    def _say(self, words: str) -> None:
        self._busy = words
        if words:
            self.query_one("#keys", Prose).show(words)

    def action_leave(self) -> None:
        """Stop what is being written, or close."""
        if self._busy:
            self._stopped = True
        else:
            self.dismiss(None)
