"""A cover plan as lines: modules with their two people and flags, open roles, people with loads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assess.i18n import _, clauses, listed
from assess.model.pack import Pack
from assess.model.people import Candidate
from assess.tui.widgets.cells import Spans, cell_len, columns, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.tui.widgets.statuses import short_name
from assess.workspace import wording
from assess.workspace.cover_results import CoverPlan, FlagSaid, ModuleCover, PersonLoad, Seat

_FULL = 1.0 - 1e-9
"""From this share of the capacity on a load is marked."""


def seat_words(pack: Pack, seat: Seat | None) -> str:
    """``JA 84 Ready``: who, the score, the band in a word; a dash for nobody."""
    if seat is None:
        return wording.DASH
    score = wording.DASH if seat.score is None else f"{seat.score:.0f}"
    return f"{seat.candidate} {score} {standing_words(pack, seat)}"


def standing_words(pack: Pack, seat: Seat) -> str:
    """The band of somebody in a role, or that a minimum is missed."""
    if seat.status == "below_minimum":
        return _("below a minimum")
    return short_name(wording.band(pack, seat.status))


@dataclass(frozen=True, slots=True)
class _Cells:
    """How wide the columns of the modules are."""

    module: int
    code: int
    score: int
    status: int

    @property
    def seat(self) -> int:
        return self.code + self.score + self.status + 2


class PlanTable:
    """The plan's modules as rows, all with the same columns."""

    def __init__(self, pack: Pack, plan: CoverPlan, pinned: Collection[tuple[str, str]]) -> None:
        self._pack = pack
        self._plan = plan
        self._pinned = pinned
        seats = [seat for m in plan.modules for seat in (m.a, m.b) if seat]
        self._at = _Cells(
            widest([m.module for m in plan.modules], least=6, most=12),
            widest([seat.candidate + "*" for seat in seats], least=3, most=12),
            3,
            widest([standing_words(pack, seat) for seat in seats], least=4, most=18),
        )

    def head(self, width: int) -> Spans:
        """The heads of the columns."""
        cells = [
            (_("module"), self._at.module, "muted"),
            ("A", self._at.seat, "muted"),
            ("B", self._at.seat, "muted"),
            (_("together"), max(5, cell_len(_("together"))), "muted"),
        ]
        return fit_spans([("   ", ""), *columns(cells, 2)], width)

    def rows(self, width: int) -> Iterator[Row]:
        """A row for each module, its raised flags below it."""
        for module in self._plan.modules:
            yield Row(self._drawing(module), f"module:{module.module}", module.module)
            if flags := flag_words(module.flags):
                yield from prose_rows(flags, width, _role(module.flags), indent=5 + self._at.module)

    def _drawing(self, module: ModuleCover) -> Callable[[int], Spans]:
        together = module.together_min
        least = min((one.at for one in module.together), default=0.0)
        low = together is not None and together < least - 1e-9
        said = "–" if together is None else f"{together:.1f}" + (" !" if low else "")

        def draw(width: int) -> Spans:
            spans: Spans = [("   ", ""), *columns([(module.module, self._at.module, "strong")])]
            for role, seat in (("a", module.a), ("b", module.b)):
                spans += [("  ", ""), *self._seat(module.module, role, seat)]
            cells = max(5, cell_len(_("together")))
            spans += [("  ", ""), *columns([(said, cells, "warning" if low else "")])]
            return fit_spans(spans, width)

        return draw

    def _seat(self, module: str, role: str, seat: Seat | None) -> Spans:
        at = self._at
        if seat is None:
            return columns([(wording.DASH + " " + _("open"), at.seat, "warning")])
        code = seat.candidate + ("*" if (module, role) in self._pinned else "")
        score = wording.DASH if seat.score is None else f"{seat.score:.0f}"
        warned = bool(seat.refused)
        status = standing_words(self._pack, seat) + (" !" if warned else "")
        return columns([(code, at.code, "strong"), (score, -at.score, ""), (status, at.status, "")])


def flag_words(flags: Sequence[FlagSaid]) -> str:
    """The raised flags in a few words, red ones first: ``red: no role B; amber: …``."""
    said = []
    for level, name in (("red", _("red: {flags}")), ("amber", _("amber: {flags}"))):
        raised = [one.short or one.id for one in flags if one.level == level]
        if raised:
            said.append(name.format(flags=listed(raised)))
    return clauses(said)


def _role(flags: Sequence[FlagSaid]) -> str:
    return "error" if any(one.level == "red" for one in flags) else "warning"


def open_rows(plan: CoverPlan, width: int) -> Iterator[Row]:
    """The rule that stands in the way of each open role, and the smallest relaxation."""
    for one in plan.infeasible:
        yield from prose_rows("! " + one.why, width, "warning", indent=3, hang=2)
        if one.relaxation:
            way = _("smallest way out: {what}").format(what=one.relaxation)
            yield from prose_rows("→ " + way, width, "", indent=5, hang=2)
    if plan.way_out and len(plan.infeasible) > 1:
        way = _("all open roles together: {what}").format(what=plan.way_out)
        yield from prose_rows("→ " + way, width, "", indent=3, hang=2)


def people_rows(
    plan: CoverPlan, people: Sequence[Candidate], marked: Collection[str], barred: Collection[str]
) -> Iterator[Row]:
    """Everybody who stands for a module, who holds a role first, with what the roles take."""
    loads = {one.candidate: one for one in plan.people}
    order = {code: n for n, code in enumerate(_by_role(plan))}
    everybody = sorted(people, key=lambda one: (order.get(one.id, len(order)), one.id))
    code = widest([one.id for one in everybody], least=2, most=12)
    name = widest([one.name for one in everybody], most=14)
    roles = widest([_roles(loads.get(one.id)) for one in everybody], least=6, most=30)
    yield rule(_("People"), _("load of capacity"))

    def drawing(person: Candidate) -> Callable[[int], Spans]:
        load = loads.get(person.id)
        team = person.team or person.department

        def draw(width: int) -> Spans:
            box = f"[{'x' if person.id in marked else ' '}]"
            tail = _load(load, person)
            room = width - 8 - code - name - roles - 14 - 8
            cells = [
                (box, 3, "accent" if person.id in marked else "muted"),
                (person.id, code, "strong"),
                (person.name, name, ""),
                (team, max(6, min(room, 30)), "muted"),
                (_roles(load), roles, ""),
            ]
            spans = columns([cell for cell in cells if cell[1]], 2)
            spans.append((f"  {tail}", "warning" if "!" in tail else ""))
            aside = [("  " + _("barred"), "warning")] if person.id in barred else []
            return fit_spans([("  ", ""), *spans, *aside], width)

        return draw

    for person in everybody:
        words = f"{person.id} {person.name} {person.department} {person.team}"
        yield Row(drawing(person), f"person:{person.id}", words)


def _by_role(plan: CoverPlan) -> list[str]:
    held = [seat.candidate for m in plan.modules for seat in (m.a, m.b) if seat]
    return list(dict.fromkeys(held))


def _roles(load: PersonLoad | None) -> str:
    if load is None:
        return ""
    parts = [("A", load.a_of), ("B", load.b_of)]
    return "  ".join(f"{role} {' '.join(modules)}" for role, modules in parts if modules)


def _load(load: PersonLoad | None, person: Candidate) -> str:
    if load is None:
        return (
            ""
            if person.capacity is None
            else _("of {most} %").format(most=f"{100 * person.capacity:.0f}")
        )
    said = _("{load} of {most} %").format(
        load=f"{100 * load.load:.0f}", most=f"{100 * load.capacity:.0f}"
    )
    return said + (" !" if load.capacity and load.load / load.capacity >= _FULL else "")


def wishes_row(pins: Sequence[str], bars: Sequence[str]) -> Iterator[Row]:
    """What was set by hand; nothing where nothing was."""
    said = []
    if pins:
        said.append(_("pinned: {what}").format(what=listed(map(_wish, pins))))
    if bars:
        said.append(_("barred: {what}").format(what=listed(map(_wish, bars))))
    if said:
        yield text_row("   " + "   ".join(said), "accent")


def _wish(wanted: str) -> str:
    """``COST.a=JA`` as it is written elsewhere on the screen."""
    place, _equals, code = wanted.rpartition("=")
    module, _dot, role = place.partition(".")
    return " ".join(part for part in (module, role.upper(), code) if part)


def decided_row(plan: CoverPlan) -> Iterator[Row]:
    """Which modules are decided, and where the plan would change hands."""
    decided = [m.module for m in plan.modules if m.decided]
    if not decided:
        return
    arrow = glyphs().above
    changes = [
        f"{one.module} {one.role.upper()} {one.before or wording.DASH} {arrow} "
        f"{one.after or wording.DASH}"
        for one in plan.changes
    ]
    said = _("decided: {modules}").format(modules=listed(decided))
    if changes:
        said = _("decided: {modules}; l keeps to that").format(modules=listed(decided))
        said += "   " + _("the plan differs: {changes}").format(changes=listed(changes))
    yield text_row("   " + said, "muted")
