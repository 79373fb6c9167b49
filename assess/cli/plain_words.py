"""What an interview in lines of text says beside its items: what can be typed, how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess import i18n
from assess.errors import StoreError
from assess.i18n import _, listed, ngettext
from assess.workspace.interviewing import Interview


def begun(session: Interview) -> str:
    """The first line of a talk."""
    if session.kept:
        return _("? explains   q stops, everything is kept")
    return _("? explains   q stops; nothing is stored")


def whom_and_what(session: Interview) -> Iterator[str]:
    """Before a notice: whom it is told, and the modules that it may call those named above."""
    told = _("Before the first answer: tell {candidate}")
    if session.form == "self":
        told = _("Self-test of {candidate}")
    yield told.format(candidate=session.candidate.called)
    names = session.pack.modules
    if session.modules:
        spoken = [
            f"{m} {session.pack.say(names[m].name, i18n.language())}" for m in session.modules
        ]
        yield ngettext("Module: {modules}", "Modules: {modules}", len(spoken)).format(
            modules=listed(spoken)
        )


def behind_the_last(session: Interview) -> str:
    """What can be done where no item is asked any more."""
    if session.kept:
        return _("s submits   g ITEM goes to an item   q stops, everything is kept")
    return _("s submits   g ITEM goes to an item   q stops; nothing is stored")


def stopped(session: Interview | None = None) -> str:
    """What is said where somebody stops and everything could be saved."""
    if session is None or session.kept:
        return _("stopped; everything answered is kept")
    return _("stopped; nothing is stored")


def ended(session: Interview | None = None) -> str:
    """What is said at the end of the input where everything could be saved."""
    if session is None or session.kept:
        return _("end of input; everything answered is kept")
    return _("end of input; nothing is stored")


def explanation(session: Interview) -> Iterator[str]:
    """What can be typed."""
    yield _("a number answers; for options their number or their id (A, or A|C for several)")
    if session.form == "self":
        yield _("d declined   empty line: leave open and go on")
    else:
        yield _("n not asked   o not observed   d declined   empty line: leave open and go on")
    yield _("+ TEXT adds a note to the item answered last   b back   g ITEM goes to an item")
    yield _("f flags the item, to come back to it; f again takes the flag away")
    yield _("z takes the last change back   l asks in the pack's next language")
    if session.kept:
        yield _("r lists what is open   s submits   q stops, everything is kept")
    else:
        yield _("r lists what is open   s submits   q stops; nothing is stored")


def review_lines(session: Interview) -> Iterator[str]:
    """What is open, what must be answered, what was flagged, where evidence is missing."""
    review = session.review()
    n = len(review.open)
    said = ngettext("{n} item open: {items}", "{n} items open: {items}", n)
    yield said.format(n=n, items=" ".join(review.open)) if n else _("nothing is open")
    for words, items in (
        (_("must be answered: {items}"), review.required),
        (_("flagged to come back to: {items}"), review.flagged),
        (_("evidence missing: {items}"), review.notes_due),
        (_("a minimum rests on one item alone: {items}"), review.alone),
    ):
        if items:
            yield words.format(items=" ".join(items))


def reasons(session: Interview) -> Iterator[str]:
    """After submission: why the keyed options are right."""
    language = i18n.language()
    for item in session.items:
        if item.reason is not None and item.keyed:
            yield f"{item.id}  {session.pack.say(item.reason, language)}"


def not_saved(items: Iterable[str]) -> StoreError:
    """What to end with where not everything that was said could be saved."""
    return StoreError(
        _("not saved: {items}").format(items=listed(items)),
        hint=_("what was saved before is kept; answer these again"),
    )
