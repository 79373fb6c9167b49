"""The export dialogue: what, of which module, in which format, where to, and how it will look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from assess.errors import AssessError
from assess.i18n import _, language
from assess.tui.screens.base import AppModal
from assess.tui.screens.message import QuestionScreen
from assess.tui.screens.ranking_measured import measured
from assess.tui.widgets.cells import Spans, fit, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.prose import Panel, Prose
from assess.tui.widgets.rows import Caption, Row, Rows, text_row

ALL = ""
"""The choice of every module."""
_PREVIEW = 5
_TAKES = {"shortlist": ("module", "top"), "scores": ("module",)}
"""The choices that an export takes beside its format; the others are on the whole engagement."""
_TEXTS = ("csv", "json", "md", "html")


class ExportScreen(AppModal[Path | None]):
    """Writes a file and gives its path, None when it was left; ``module`` is chosen at first."""

    DEFAULT_CSS = """
    ExportScreen Rows { height: 4; background: $surface; scrollbar-gutter: auto; }
    ExportScreen Caption { background: $surface; }
    ExportScreen #path-label { padding-left: 2; color: $muted; }
    ExportScreen #path { margin-left: 2; }
    ExportScreen #preview { margin-top: 1; height: 6; }
    """
    BINDINGS = [
        Binding("escape", "leave", show=False, id="export.leave"),
        Binding("left", "change(-1)", show=False, id="export.before"),
        Binding("right,space", "change(1)", show=False, id="export.next"),
        Binding("down", "go(1)", show=False, priority=True, id="export.down"),
        Binding("up", "go(-1)", show=False, priority=True, id="export.up"),
    ]
    AUTO_FOCUS = "Rows"

    FIELDS: ClassVar[tuple[str, ...]] = ("what", "module", "top", "format")

    def __init__(self, module: str | None = None) -> None:
        super().__init__()
        self._module = module or ALL
        self._chosen: dict[str, str] = {}
        self._suggested = ""
        self._preview: list[str] = []
        self._busy = ""

    def compose(self) -> ComposeResult:
        """Choices, the path, the first lines, keys."""
        with Panel():
            yield Prose(classes="heading", id="title")
            yield Rows(id="choices")
            yield Prose(id="path-label")
            yield Input(id="path", select_on_focus=False)
            yield Caption(id="preview")
            yield Prose(classes="keys", id="keys")

    def on_mount(self) -> None:
        """Begin with the shortlist of the module, as a table."""
        policy = self.workspace.pack.file.policy
        self._chosen = {
            "what": "shortlist",
            "module": self._module,
            "top": str(policy.top),
            "format": self._options("format")[0],
        }
        super().on_mount()
        self._look()

    # -- choices

    def _options(self, field: str) -> list[str]:
        from assess.workspace.exporting import FORMATS, WHATS

        if field == "what":
            return list(WHATS)
        if field == "module":
            return [ALL, *(module.id for module in self.workspace.modules)]
        if field == "top":
            return [str(n) for n in range(1, max(11, len(self.workspace.candidates()) + 1))]
        return list(FORMATS)

    def _applies(self, field: str) -> bool:
        return field in ("what", "format") or field in _TAKES.get(self._chosen["what"], ())

    def _label(self, field: str) -> str:
        return {
            "what": _("what"),
            "module": _("module"),
            "top": _("how many"),
            "format": _("format"),
        }[field]

    def _words(self, field: str) -> str:
        from assess.workspace.exporting import WHATS

        chosen = self._chosen[field]
        if not self._applies(field):
            return _("all")
        if field == "what":
            return _(WHATS[chosen])
        if field == "module":
            if chosen == ALL:
                return _("all modules")
            pack = self.workspace.pack
            return f"{chosen} {pack.say(pack.modules[chosen].name, language())}"
        if field == "top":
            return _("the best {n}").format(n=chosen)
        return chosen

    @property
    def target(self) -> Path:
        """Where it will be written."""
        return Path(self.query_one("#path", Input).value.strip()).expanduser()

    def _suggestion(self) -> str:
        """A name in the folder one works in that says what is in the file."""
        words = [self.workspace.engagement.name, self._chosen["what"]]
        if self._applies("module") and self._chosen["module"] != ALL:
            words.append(self._chosen["module"])
        stem = re.sub(r"[^\w.-]+", "-", "-".join(words)).strip("-.").lower()
        return str(Path.cwd() / f"{stem}.{self._chosen['format']}")

    # -- what is shown

    def show_words(self) -> None:
        """Everything anew; what was typed stays."""
        if not self._chosen:
            return
        self.query_one("#title", Prose).show(_("Export"))
        self.query_one("#path-label", Prose).show(_("write to"))
        self.query_one("#keys", Prose).show(
            _("←→ change   ↑↓ move   ↵ write   esc close") if not self._busy else self._busy
        )
        rows = [Row(self._drawing(field), field) for field in self.FIELDS]
        self.query_one("#choices", Rows).show(rows)
        line = self.query_one("#path", Input)
        if line.value in ("", self._suggested):
            self._suggested = line.value = self._suggestion()
            line.cursor_position = len(line.value)
        self._show_preview()

    def _drawing(self, field: str) -> Callable[[int], Spans]:
        def draw(width: int) -> Spans:
            cells = widest([self._label(one) for one in self.FIELDS]) + 2
            changes = self._applies(field)
            left, right = (glyphs().below, glyphs().above) if changes else (" ", " ")
            return fit_spans(
                [
                    ("  ", ""),
                    (fit(self._label(field), cells), "muted"),
                    (left + " ", "accent"),
                    (self._words(field), "" if changes else "muted"),
                    (" " + right, "accent"),
                ],
                width,
            )

        return draw

    def _show_preview(self) -> None:
        lines = self._preview or [_("looking …")]
        heading = text_row(_("the first lines"), "heading")
        shown = [text_row(line, "muted") for line in lines[:_PREVIEW]]
        self.query_one("#preview", Caption).show([heading, *shown])

    def _look(self) -> None:
        self.run_worker(self._read_ahead(), group="preview", exclusive=True, exit_on_error=False)

    async def _read_ahead(self) -> None:
        from assess.workspace.exporting import render

        chosen = dict(self._chosen)
        shown = chosen["format"] if chosen["format"] in _TEXTS else "csv"
        data = await measured(
            lambda: render(
                self.workspace,
                chosen["what"],
                format=shown,
                modules=self._modules(),
                top=self._top(),
            )
        )
        text = data[:20000].decode("utf-8-sig", errors="ignore")
        self._preview = [line for line in text.splitlines() if line.strip()] or [_("(empty)")]
        self._show_preview()

    def _modules(self) -> list[str]:
        module = self._chosen["module"]
        return [module] if self._applies("module") and module != ALL else []

    def _top(self) -> int | None:
        return int(self._chosen["top"]) if self._applies("top") else None

    # -- commands

    def action_change(self, step: int) -> None:
        """The next or previous choice of the line under the cursor."""
        field = self.query_one("#choices", Rows).key
        if not field or not self._applies(field):
            return
        options = self._options(field)
        at = options.index(self._chosen[field]) if self._chosen[field] in options else 0
        self._chosen[field] = options[(at + step) % len(options)]
        self.show_words()
        self._look()

    def action_go(self, step: int) -> None:
        """Up and down over the choices and the path."""
        choices = self.query_one("#choices", Rows)
        if choices.has_focus and not (step > 0 and choices.key == self.FIELDS[-1]):
            choices.action_move(step)
        elif step > 0:
            self.query_one("#path", Input).focus()
        else:
            choices.focus()

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Enter writes the file."""
        del event
        self._write()

    def on_input_submitted(self) -> None:
        """Enter writes the file."""
        self._write()

    def _write(self) -> None:
        if not self.query_one("#path", Input).value.strip():
            self.query_one("#path", Input).focus()
            return
        self.run_worker(self._export(), group="export", exclusive=True, exit_on_error=False)

    async def _export(self) -> None:
        from assess.workspace.exporting import export

        target = self.target
        if target.exists():
            question = QuestionScreen(
                _("Export"), _("{path} exists. Replace it?").format(path=target)
            )
            if not await self.app.push_screen_wait(question):
                return
        self._busy = _("writing …")
        self.show_words()
        try:
            path = await measured(
                lambda: export(
                    self.workspace,
                    self._chosen["what"],
                    target=target,
                    format=self._chosen["format"],
                    modules=self._modules(),
                    top=self._top(),
                )
            )
        except AssessError:
            self._busy = ""
            self.show_words()
            raise
        self.app.notify(_("written: {path}").format(path=path))
        self.dismiss(path)

    def action_leave(self) -> None:
        """Write nothing."""
        self.dismiss(None)
