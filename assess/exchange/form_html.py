"""A rating form as a page to print: it asks the network for nothing and runs nothing."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from assess.exchange.form import FormReport
from assess.exchange.report import Progress, Report, silent
from assess.exchange.safe import clean
from assess.exchange.words import fact_words

if TYPE_CHECKING:
    from jinja2 import Template

_TAGS = {"zh": "zh-CN"}


def render(report: Report, progress: Progress = silent) -> bytes:
    """The form as a page; every text is escaped."""
    assert isinstance(report, FormReport) and report.form is not None
    page = _template().render(
        report=report,
        form=report.form,
        lang=_TAGS.get(report.language, report.language),
        facts=[(fact.label, fact_words(fact)) for fact in report.facts],
        css=_file("form.css"),
    )
    progress(1, 1)
    return clean(page).encode("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return page.from_string(_file("form.html"))


def _file(name: str) -> str:
    return (resources.files("assess.exchange") / "templates" / name).read_text(encoding="utf-8")
