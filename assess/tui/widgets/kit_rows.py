"""A departure kit as lines: who takes over when, what is handed over, what is asked next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess.i18n import _, ngettext
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.workspace.growth_words import closes_words
from assess.workspace.kit_words import about_words, takes_over

if TYPE_CHECKING:
    from assess.workspace.departure_kit import Kit


def kit_rows(kit: Kit, width: int) -> Iterator[Row]:
    """The kit of one module; its first line, short forms and questions can be walked to."""
    yield rule(kit.module, _("last day {day}").format(day=kit.last_day))
    yield from _keyed(f"kit:{kit.module}", takes_over(kit), width, "strong")
    for remark in kit.remarks:
        yield from prose_rows(f"! {remark}", width, "warning", hang=2)
    yield text_row("   " + _("hand-over"), "heading")
    for line in kit.handover:
        yield from prose_rows(f"[ ] {line.by}  {line.what}", width, indent=5, hang=4)
    if kit.train:
        yield text_row("   " + _("nobody stands as B: train"), "heading")
    for one in kit.train:
        words = _("{candidate}: {what}, by {day}").format(
            candidate=one.candidate, what=closes_words(one.closes), day=one.by
        )
        yield from prose_rows(words, width, indent=5, hang=2)
    if kit.short_forms:
        yield text_row("   " + _("short form for successors"), "heading")
    for form in kit.short_forms:
        count = ngettext("{n} item", "{n} items", len(form.items)).format(n=len(form.items))
        words = _("{label}: {value}").format(label=form.candidate, value=f"{form.why} · {count}")
        yield from _keyed(f"form:{kit.module}:{form.candidate}", words, width, "", indent=5)
    yield text_row("   " + _("what it changes in scope, cost and time"), "heading")
    for question in kit.impact:
        asked = _("{label}: {value}").format(label=about_words(question.about), value=question.ask)
        key = f"impact:{kit.module}:{question.about}"
        yield from _keyed(key, asked, width, "", indent=5)
        answer = question.answer or _("to be answered")
        yield from prose_rows(answer, width, "" if question.answer else "accent", indent=9)


def _keyed(key: str, words: str, width: int, role: str, *, indent: int = 3) -> Iterator[Row]:
    """A paragraph whose first line can be walked to."""
    first, *rest = prose_rows(words, width, role, indent=indent, hang=2)
    yield Row(first.draw, key, words)
    yield from rest
