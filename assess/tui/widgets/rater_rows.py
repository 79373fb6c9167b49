"""Raters as lines: severity with its error, spread, agreement, notes, in figures and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.workspace import rater_feedback as words
from assess.workspace import wording
from assess.workspace.agreeing import RaterResult
from assess.workspace.calibration import Distance
from assess.workspace.calibration_words import distance_words
from assess.workspace.rater_feedback import Feedback

_WIDE = 100
_GAP = 2
_NAME_LEAST = 6


class RaterTable:
    """The lines of all raters; a rater's code is the key."""

    def __init__(self, found: Sequence[RaterResult], away: Mapping[str, Distance]) -> None:
        self._found = found
        self._away = away
        self._code = widest([one.rater for one in found], least=2, most=10)
        self._name = widest([one.name for one in found], most=16)
        self._severity = widest([*map(_severity, found), _("severity")])
        self._said = widest([words.in_short(one) for one in found], most=20)

    def shows_samples(self, width: int) -> bool:
        """Whether the distance to the master ratings stands among the columns."""
        return any(one.rated or width >= _WIDE for one in self._away.values())

    def _columns(self, cells: Sequence[str], width: int, role: str = "") -> Spans:
        code, name, severity, said, interviews, spread, order, notes, samples = cells
        wide, asked = width >= _WIDE, self.shows_samples(width)
        figures = [
            (severity, -self._severity, role),
            (said, self._said, role),
            (interviews, -widest([_("interviews")], least=4) if wide else 0, role),
            (spread, -widest([_("spread")], least=5), role),
            (order, -widest([_("agreement")], least=5), role),
            (notes, -widest([_("no note")], least=5), role),
            (samples, -widest([_("samples")], least=5) if asked else 0, role),
        ]
        taken = 3 + self._code + _GAP + sum(abs(at) + _GAP for _text, at, _role in figures if at)
        # a name gives way to the figures; the feedback has it in full
        named = min(self._name, max(_NAME_LEAST, width - taken))
        cells_of = [(code, self._code, role or "strong"), (name, named, role), *figures]
        return fit_spans([("   ", ""), *columns(cells_of, _GAP)], width)

    def head(self) -> Row:
        """The heads of the columns."""
        cells = (
            "",
            "",
            _("severity"),
            "",
            _("interviews"),
            _("spread"),
            _("agreement"),
            _("no note"),
            _("samples"),
        )
        return Row(lambda width: self._columns(cells, width, "muted"))

    def rows(self) -> list[Row]:
        """A line for each rater."""
        return [Row(self._draw(one), one.rater, f"{one.rater} {one.name}") for one in self._found]

    def _draw(self, one: RaterResult) -> Callable[[int], Spans]:
        away = self._away.get(one.rater)
        cells = (
            one.rater,
            one.name,
            _severity(one),
            words.in_short(one),
            str(one.interviews),
            wording.number(one.spread),
            wording.number(one.correlation, 2),
            wording.percent(one.without_note),
            wording.signed(away.signed if away else None),
        )
        return lambda width: self._columns(cells, width)


def _severity(one: RaterResult) -> str:
    """``+7.2 ±6.9``."""
    if one.half is None or one.severity is None:
        return wording.signed(one.severity)
    return f"{wording.signed(one.severity)} ±{wording.number(one.half)}"


def feedback_rows(pack: Pack, one: Feedback, width: int) -> list[Row]:
    """The page for one rater, a heading for each subject."""
    required = listed(f"{value:g}" for value in pack.file.policy.note_required)
    sections = [
        (_("lower or higher than the others"), words.severity_lines(one), []),
        (_("use of the scale"), words.spread_lines(one), []),
        (_("agreement with the others"), words.order_lines(one), words.apart_lines(one)),
        (_("evidence"), words.evidence_lines(one, required), []),
    ]
    if one.distance is not None:
        sections.append((_("sample answers"), distance_words(one.distance), []))
    rows = prose_rows(
        _("This page is feedback to whoever rated, to rate better together; it ranks nobody."),
        width,
        "muted",
    )
    for title, lines, indented in sections:
        rows += [text_row(""), rule(title)]
        for line in lines:
            rows += prose_rows(line, width, hang=2)
        for line in indented:
            rows += prose_rows(line, width, indent=5)
    return rows
