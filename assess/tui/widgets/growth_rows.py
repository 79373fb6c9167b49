"""Growth as lines: gaps with actions, what was agreed, waves side by side, the pool's training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assess.i18n import _, clauses, language, listed
from assess.model.pack import Action, Pack
from assess.tui.commands import spelled
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.workspace.growth_words import change_lines, closes_words, standing_words, state_name
from assess.workspace.wording import DASH, number, value

if TYPE_CHECKING:
    from assess.workspace.agreed import Agreed
    from assess.workspace.developing import Gap, Growth
    from assess.workspace.pool import Lifted, Pool

OPEN = ("planned", "started")


def growth_rows(pack: Pack, found: Growth, width: int) -> Iterator[Row]:
    """One person: where they stand, gaps with the pack's actions, what was agreed, waves."""
    for module, words in standing_words(pack, found):
        yield from prose_rows(f"{module}  {words}", width, hang=6)
    yield rule(_("Gaps"), _("level L low, M middle, H high"))
    agreed = {one.action: one for one in found.agreed}
    for gap in sorted(found.gaps, key=lambda gap: gap.competency not in found.proposed):
        yield _gap(pack, gap, gap.competency in found.proposed)
        if gap.competency in found.proposed:
            yield from offers(pack, gap.actions, agreed, width)
    yield rule(_("Agreed"))
    if not found.agreed:
        yield text_row("   " + spelled(_("nothing yet: ↵ on an action agrees on it")), "muted")
    yield from agreed_rows(pack, found.agreed, found.today, width)
    yield rule(_("Waves side by side"))
    lines = list(change_lines(pack, found.changes))
    if not lines:
        yield text_row("   " + _("rated at one wave only so far"), "muted")
    for line in lines:
        if line:
            yield from prose_rows(line, width, _change_role(line), hang=4)


def _change_role(line: str) -> str:
    if line.lstrip().startswith("?"):
        return "accent"
    return "strong" if line.endswith(_("beyond error")) else ""


def _gap(pack: Pack, gap: Gap, proposed: bool) -> Row:
    name = pack.say(pack.competencies[gap.competency].name, language())
    short = listed(f"{module} -{value(by)}" for module, by in gap.missed)
    said = _("under the minimum: {modules}").format(modules=short) if short else ""
    if proposed:
        when = _("before the next milestone") if gap.before_next else _("in this phase")
        said = f"{said} · {when}" if said else when
    mark = glyphs().above if proposed else " "

    def draw(width: int) -> Spans:
        room = max(12, min(40, width - 54))
        cells = [
            (gap.competency, 6, "strong"),
            (name, room, ""),
            (value(gap.value), -5, ""),
            (gap.level or DASH, 2, "muted"),
        ]
        aside = (f" {said}", "warning" if short else "accent")
        return fit_spans([(f"  {mark} ", "accent"), *columns(cells, 1), aside], width)

    return Row(draw, f"gap:{gap.competency}", f"{gap.competency} {name}")


def offers(
    pack: Pack, actions: Iterable[Action], agreed: Mapping[str, Agreed], width: int
) -> Iterator[Row]:
    """The actions that the pack has for a level; the first line of each can be walked to."""
    for action in actions:
        there = agreed.get(action.id)
        text = pack.say(action.text, language())
        words = f"{action.id}  {text}" + (f" · {state_name(there.state)}" if there else "")
        first, *rest = prose_rows(words, width, "muted" if there else "", indent=7, hang=2)
        yield Row(first.draw, f"offer:{action.id}", words)
        yield from rest


def agreed_rows(
    pack: Pack, agreed: Sequence[Agreed], today: str, width: int, *, people: bool = False
) -> Iterator[Row]:
    """Who sees to what by when, how far it is; what is overdue is said and marked."""
    texts = pack.actions
    owner = widest([one.owner for one in agreed], most=16)
    state = widest([_state(one, today) for one in agreed], least=6, most=20)

    def drawing(one: Agreed) -> Callable[[int], Spans]:
        late = one.overdue(today)
        text = pack.say(texts[one.action].text, language()) if one.action in texts else ""
        role = "error" if late else "muted" if one.state not in OPEN else ""

        def draw(width: int) -> Spans:
            cells = [
                (one.candidate, 5 if people else 0, "strong"),
                (one.action, 8, "strong"),
                (one.due, 10, role),
                (_state(one, today), state, role),
                (one.owner, owner, ""),
            ]
            spans: Spans = [("   ", ""), *columns(cells, 2), (f"  {text}", "muted")]
            return fit_spans(spans, width)

        return draw

    for one in agreed:
        words = f"{one.candidate} {one.action} {one.owner}"
        yield Row(drawing(one), f"agreed:{one.candidate}:{one.action}", words)
        if one.proof:
            proof = _("proof: {what}").format(what=one.proof)
            yield from prose_rows(proof, width, "muted", indent=7)


def _state(one: Agreed, today: str) -> str:
    words = state_name(one.state)
    return _("{state}, overdue").format(state=words) if one.overdue(today) else words


def pool_rows(pack: Pack, found: Pool, width: int) -> Iterator[Row]:
    """What is overdue, what lifts the cover most, who could become B, whose gaps."""
    late = found.overdue
    if late:
        yield rule(_("Overdue"), str(len(late)))
        yield from agreed_rows(pack, late, found.today, width, people=True)
    cover = _("cover {cover} of 100").format(cover=number(found.cover))
    yield rule(_("These actions lift the cover most"), cover)
    if not found.lifts:
        yield text_row("   " + _("no single action lifts it"), "muted")
    for at, one in enumerate(found.lifts, 1):
        yield from _lift(pack, at, one, width)
    yield rule(_("Who could become role B"))
    for could in found.next_b:
        words = f"{could.module}  {could.candidate}  {closes_words(could.closes)}"
        first, *rest = prose_rows(words, width, hang=6)
        yield Row(first.draw, f"next:{could.candidate}:{could.module}", words)
        yield from rest
    if not found.next_b:
        yield text_row("   " + _("all who stand for a module may be role B"), "muted")
    running = [one for one in found.agreed if one.state in OPEN and one not in late]
    if running:
        yield rule(_("Agreed"), str(len(running)))
        yield from agreed_rows(pack, running, found.today, width, people=True)
    yield rule(_("Gaps of all candidates"))
    for gap in found.gaps:
        name = pack.say(pack.competencies[gap.competency].name, language())
        parts = [
            _("under a minimum: {people}").format(people=listed(gap.below_minimum))
            if gap.below_minimum
            else "",
            _("low level: {people}").format(people=listed(gap.low)) if gap.low else "",
        ]
        said = clauses(part for part in parts if part)
        yield from prose_rows(
            _("{label}: {value}").format(label=f"{gap.competency} {name}", value=said),
            width,
            hang=2,
        )
    if not found.gaps:
        yield text_row("   " + _("nobody misses a minimum, no level is low"), "muted")


def _lift(pack: Pack, at: int, one: Lifted, width: int) -> Iterator[Row]:
    name = pack.say(pack.competencies[one.competency].name, language())
    words = _("{at}. {candidate} {competency} {name} from {value} to {to}: cover {cover}").format(
        at=at,
        candidate=one.candidate,
        competency=one.competency,
        name=name,
        value=value(one.value),
        to=value(one.to),
        cover=number(one.cover),
    )
    first, *rest = prose_rows(words, width, "strong", hang=3)
    yield Row(first.draw, f"lift:{one.candidate}:{one.competency}", words)
    yield from rest
    for action in one.actions:
        text = f"{action.id}  {pack.say(action.text, language())}"
        yield from prose_rows(text, width, "muted", indent=6, hang=2)
