"""The formats of exports; cheap to import."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "csv": "assess.exchange.render_csv",
    "xlsx": "assess.exchange.render_xlsx",
    "html": "assess.exchange.render_html",
    "md": "assess.exchange.render_md",
    "json": "assess.exchange.render_json",
}
"""The module of each format; it has ``render(report, progress) -> bytes``."""
