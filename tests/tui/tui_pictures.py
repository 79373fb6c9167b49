"""Pictures of screens as SVG, made comparable: no generated ids, no fonts from elsewhere."""

from __future__ import annotations

import html
import re
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

PICTURES = Path(__file__).parent / "pictures"

_ID = re.compile(r"terminal-\d+-")
_TEXT = re.compile(r'<text ([^>]*)textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
CELL = 12.2
"""Width of a cell in the pictures."""
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def picture_of(app: App[object]) -> str:
    """What the app shows now."""
    svg = app.export_screenshot(title="assess", simplify=True)
    svg = _FONT_FACE.sub("", _ID.sub("terminal-", svg)).replace("\r\n", "\n")
    return _TEXT.sub(_wide_letters, svg)


def _wide_letters(found: re.Match[str]) -> str:
    """A text with the length that its letters take in a terminal, a Chinese one two cells."""
    before, _length, after, text = found.groups()
    cells = cell_len(html.unescape(text))
    return f'<text {before}textLength="{cells * CELL:g}"{after}>{text}</text>'


def words_of(svg: str) -> str:
    """The rows of text in a picture, to say in words what differs."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]*)</text>", svg):
        found = re.search(r'x="([\d.]+)" y="([\d.]+)"', attributes)
        if found:
            x, y = map(float, found.groups())
            rows.setdefault(y, []).append((x, html.unescape(text)))
    return "\n".join(
        "".join(text for _x, text in sorted(rows[y])).replace("\xa0", " ").rstrip()
        for y in sorted(rows)
    )
