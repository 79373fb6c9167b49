"""A rating form as a page to print: it asks the network for nothing and runs nothing."""

from __future__ import annotations

from assess.exchange.form import FormReport
from assess.exchange.pages import page
from assess.exchange.report import Progress, Report, silent
from assess.exchange.words import fact_words


def render(report: Report, progress: Progress = silent) -> bytes:
    """The form as a page; every text is escaped."""
    assert isinstance(report, FormReport) and report.form is not None
    made = page(
        "form",
        report.language,
        title=report.title,
        form=report.form,
        facts=[(fact.label, fact_words(fact)) for fact in report.facts],
    )
    progress(1, 1)
    return made
