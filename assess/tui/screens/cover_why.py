"""Why a plan is what it is: the choices of a module, the formula, the most painful departures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assess.i18n import N_, _, language, listed, ngettext
from assess.tui.commands import Command, bindings
from assess.tui.screens.page import BACK, PageScreen
from assess.tui.widgets.cells import Spans, columns, fit, fit_spans
from assess.tui.widgets.cover_rows import open_rows
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.workspace.flag_words import name as flag_name
from assess.workspace.wording import DASH, number, value

if TYPE_CHECKING:
    from assess.workspace.cover_results import CoverPlan, ModuleCover, RoleChange, Seat, Together
    from assess.workspace.departing import Painful, Worst

_LEVELS = {"red": ("●●●", "error"), "amber": ("●●○", "warning"), "green": ("●○○", "success")}


class CoverWhyScreen(PageScreen):
    """One module of a plan: who and why, together, flags, the next best plan."""

    ABOUT = N_(
        "One module of the plan: why each was chosen and what would be done without them, "
        "what both reach together in every competency, the flags with the facts they rest on,"
        " and what the next best plan would cost."
    )

    ACTIONS = (
        Command(
            "cover_why.module",
            "next_module(1)",
            "right",
            N_("module"),
            N_("The next module of the plan; ← the one before."),
            footer=1,
            shown="←→",
            before="left",
        ),
        BACK,
    )
    BINDINGS = bindings(ACTIONS)

    def __init__(self, plan: CoverPlan, module: str) -> None:
        super().__init__()
        self._plan = plan
        self._module = module

    @property
    def module(self) -> ModuleCover:
        """The module on the screen."""
        return next(m for m in self._plan.modules if m.module == self._module)

    def heading(self) -> Sequence[str]:
        """The module's name, and the cover of the whole plan."""
        pack = self.workspace.pack
        name = pack.say(pack.modules[self._module].name, language())
        cover = _("cover {cover} of 100").format(cover=number(self._plan.cover))
        return f"{self._module} {name}", cover

    def page(self, width: int) -> Sequence[Row]:
        """Why each was chosen, and what speaks against it."""
        module = self.module
        rows: list[Row] = []
        for role, seat in (("A", module.a), ("B", module.b)):
            rows += self._seat(role, seat, width)
        opened = list(open_rows(self._plan, width)) if not all(
            (module.a, module.b)
        ) else []  # fmt: skip
        rows += opened
        rows += [rule(_("Together")), *map(self._together, module.together)]
        rows.append(rule(_("Flags on the module")))
        for flag in sorted(module.flags, key=lambda one: list(_LEVELS).index(one.level)):
            marks, role = _LEVELS[flag.level]
            words = {"red": _("red"), "amber": _("amber"), "green": _("green")}[flag.level]
            said = f"{marks} {words} {flag_name(flag.id)}  {flag.why}"
            rows += prose_rows(said, width, role, hang=4)
        rows += next_best_rows(self._plan, width)
        return [*rows, rule(_("Cover")), *prose_rows(self._plan.formula, width, "muted")]

    def _seat(self, role: str, seat: Seat | None, width: int) -> Iterator[Row]:
        if seat is None:
            yield text_row(f"   {role}  {DASH} " + _("open"), "warning")
            return
        name = self.workspace.candidates()[seat.candidate].name
        yield text_row(f"   {role}  {seat.candidate} {name}", "strong")
        for reason in seat.why:
            yield from prose_rows(reason, width, indent=6, hang=2)
        for reason in seat.refused:
            words = _("appointment refused: {reason}").format(reason=reason)
            yield from prose_rows(f"! {words}", width, "warning", indent=6, hang=2)

    def _together(self, one: Together) -> Row:
        pack = self.workspace.pack
        name = pack.say(pack.competencies[one.competency].name, language())
        low = one.value is None or one.value < one.at - 1e-9
        aside = _("lower than {at}").format(at=f"{one.at:g}") if low else ""
        cells = [
            (one.competency, 6, "strong"),
            (name, 40, ""),
            (value(one.value), -5, "warning" if low else ""),
            (one.by or DASH, 8, "muted"),
        ]
        spans: Spans = [("   ", ""), *columns(cells, 1), (f"  {aside}", "warning")]
        return Row(lambda width: fit_spans(spans, width))

    def action_next_module(self, step: int) -> None:
        """Go to the next or previous module."""
        codes = [m.module for m in self._plan.modules]
        self._module = codes[(codes.index(self._module) + step) % len(codes)]
        self.show_words()


def next_best_rows(plan: CoverPlan, width: int) -> Iterator[Row]:
    """What the next best plan costs, and who would change places."""
    best = plan.next_best
    yield rule(_("Next best plan"))
    if best is None:
        said = _("there is none") if plan.explained else _("not worked out for so many people")
        yield text_row("   " + said, "muted")
        return
    words = (
        _("cover {cover}, and {loses}").format(cover=number(best.cover), loses=best.loses)
        if best.loses
        else _("cover {cover}, {cost} less").format(
            cover=number(best.cover), cost=number(best.cost, 2)
        )
    )
    yield from prose_rows(words, width)
    for change in best.changes:
        yield text_row("   " + change_words(change))


def change_words(change: RoleChange) -> str:
    """``COST A: LU → HE``."""
    before, after = change.before or DASH, change.after or DASH
    return f"{change.module} {change.role.upper()}: {before} {glyphs().above} {after}"


class FormulaScreen(PageScreen):
    """How cover is worked out, with the figures of a plan."""

    ABOUT = N_(
        "The formula by which plans are compared, with the figures of the plan that is shown:"
        " in which order goals count, each role's part of the sum, and the rules that every "
        "plan keeps."
    )

    def __init__(self, plan: CoverPlan) -> None:
        super().__init__()
        self._plan = plan

    def heading(self) -> Sequence[str]:
        """What is explained."""
        return (_("How cover is worked out"),)

    def page(self, width: int) -> Sequence[Row]:
        """The formula, what comes before it, and each role's part of the sum."""
        plan, goals = self._plan, self._plan.goals
        n = len(plan.modules)
        rows = [text_row(""), *prose_rows(plan.formula, width, "strong")]
        rows += [text_row(""), rule(_("In this order a plan is chosen"))]
        counted = (
            (_("every module has role A"), "with_a"),
            (_("every module has role B"), "with_b"),
            (_("A and B come from different teams"), "two_teams"),
            (_("together they reach what is asked for in every competency"), "together"),
        )
        for at, (words, key) in enumerate(counted, 1):
            reached = ngettext("{n} of {all} module", "{n} of {all} modules", n)
            said = reached.format(n=f"{goals[key]:g}", all=n)
            rows += prose_rows(f"{at}. {words}: {said}", width, hang=3)
        last = _("then the highest sum of P · S: {sum}").format(sum=number(goals["value"]))
        rows += prose_rows(f"5. {last}", width, hang=3)
        rows += [text_row(""), rule(_("The sum, role by role"))]
        for module in plan.modules:
            rows += [self._part(module, seat) for seat in (module.a, module.b) if seat]
        rows += [
            text_row(
                "   "
                + _("sum {sum} of {most}: cover {cover}").format(
                    sum=number(goals["value"]), most=200 * n, cover=number(plan.cover, 2)
                ),
                "strong",
            ),
            text_row(""),
            rule(_("Rules")),
        ]
        return rows + [row for words in self._rules() for row in prose_rows(words, width, hang=2)]

    def _part(self, module: ModuleCover, seat: Seat) -> Row:
        share = f"{seat.chance:.3f}"
        said = f"{module.module} {seat.role.upper()}  {seat.candidate}"
        product = f"{share} × {number(seat.score)} = {number(seat.value)}"
        cells = [(said, 26, ""), (product, -26, "")]
        return Row(lambda width: fit_spans([("   ", ""), *columns(cells, 2)], width))

    def _rules(self) -> list[str]:
        load = f"{100 * self._plan.load_a:g}"
        return [
            _("nobody is A twice; B at most twice, and once for who is A"),
            _(
                "role A takes the phase's release floor, {load} % of the contracted hours, role B "
                "half of it, within each one's capacity"
            ).format(load=load),
            _(
                "proposed are the ranked, as B also who misses one minimum by a little, with a "
                "plan; open releases and gates refuse an appointment, not a proposal"
            ),
        ]


class WorstScreen(PageScreen):
    """The most painful departures of one and of two."""

    ABOUT = N_(
        "What the modules would lose if one person or two left: every one and every pair was "
        "tried, and the best plan without them is shown, the lowest cover first. It says "
        "nothing on who might leave."
    )

    def __init__(self, worst: Worst) -> None:
        super().__init__()
        self.found = worst

    def heading(self) -> Sequence[str]:
        """How many were tried."""
        tried = _("all {n} tried").format(n=self.found.tried)
        return _("The most painful departures"), tried

    def page(self, width: int) -> Sequence[Row]:
        """Cover of the best plan without them, the lowest first."""
        now = _("with everybody: cover {cover}").format(cover=number(self.found.cover))
        rows = [text_row("   " + now, "strong")]
        for title, found in (
            (_("One leaves"), self.found.singles),
            (_("Two leave"), self.found.pairs),
        ):
            rows += [rule(title), *(self._line(one) for one in found)]
        said = _("Cover of the best plan without them. It says what the modules would lose.")
        return [*rows, text_row(""), *prose_rows(said, width, "muted")]

    def _line(self, one: Painful) -> Row:
        less = self.found.cover - one.cover
        words = (
            _("cover {cover}, and {loses}").format(cover=number(one.cover), loses=one.loses)
            if one.loses
            else _("cover {cover}, {cost} less").format(cover=number(one.cover), cost=number(less))
        )
        spans: Spans = [("   ", ""), (fit(listed(one.people), 20), "strong"), (words, "")]
        return Row(lambda width: fit_spans(spans, width))
