"""Two to five candidates on one axis: their scores, and each competency with what parts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assess.i18n import _, language, listed
from assess.model.items import Scale
from assess.model.pack import Pack
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.interval import cell_of, draw_axis, draw_interval, glyphs
from assess.tui.widgets.lines import Row, rule, text_row
from assess.tui.widgets.ranking_row import WIDE, ends_of
from assess.tui.widgets.statuses import places, short_status
from assess.workspace import wording
from assess.workspace.comparing import ComparedLine, ComparedModule
from assess.workspace.results import CandidateResult

COMPETENCY = "competency:"
"""Begins the key of a competency's row; no code of a candidate has a colon."""
_LETTERS = "ABCDE"
_SEVERAL = "*"
_AXIS_LEAST = 15
_AXIS_MOST = 61


def compare_rows(pack: Pack, module: ComparedModule, width: int, *, names: bool) -> list[Row]:
    """The candidates (their codes are the keys), then a line for each competency."""
    rows = [rule(_("score")), *_score_rows(pack, module, width, names)]
    rows += [text_row("   " + words, "muted") for words in _apart_words(module)]
    rows += [text_row(""), rule(_("competencies"), _("A>B: above by more than error"))]
    return [*rows, *_competency_rows(pack, module, width)]


def _score_rows(pack: Pack, module: ComparedModule, width: int, names: bool) -> list[Row]:
    found = module.candidates
    starts = [band.start for band in pack.file.bands]
    code = widest([one.candidate for one in found], most=10)
    name = widest([one.name for one in found], most=14) if names else 0
    score = widest([wording.score(one) for one in found])
    place = widest([places(one) for one in found])
    status = widest([short_status(pack, one) for one in found], most=18)
    taken = 5 + code + 1 + (name + 1 if name else 0) + score + place + status + 3
    axis = max(_AXIS_LEAST, min(_AXIS_MOST, width - taken))

    def draw(letter: str, one: CandidateResult) -> Callable[[int], Spans]:
        def line(width: int) -> Spans:
            spans: Spans = [("   ", ""), (letter + " ", "accent")]
            spans += columns([(one.candidate, code, "strong"), (one.name, name, "")])
            spans += [(" ", ""), *draw_interval(axis, one.score, ends_of(one), starts), (" ", "")]
            spans += columns(
                [
                    (wording.score(one), -score, "strong"),
                    (places(one), -place, ""),
                    (short_status(pack, one), status, ""),
                ]
            )
            return fit_spans(spans, width)

        return line

    before = 5 + code + 1 + (name + 1 if name else 0)
    head = Row(lambda width: fit_spans([(" " * before + draw_axis(axis, starts), "muted")], width))
    lines = [
        Row(draw(letter, one), one.candidate, f"{one.candidate} {one.name}")
        for letter, one in zip(_LETTERS, found, strict=False)
    ]
    return [head, *lines]


def _apart_words(module: ComparedModule) -> list[str]:
    letters = _letters(module)
    if not module.apart:
        return [_("no difference in score beyond error")]
    pairs = listed(f"{letters[a]} > {letters[b]}" for a, b in module.apart)
    return [_("beyond error: {pairs}").format(pairs=pairs)]


def _letters(module: ComparedModule) -> dict[str, str]:
    return {one.candidate: letter for one, letter in zip(module.candidates, _LETTERS, strict=False)}


def _competency_rows(pack: Pack, module: ComparedModule, width: int) -> list[Row]:
    letters = _letters(module)
    scale = pack.file.scale
    figures = widest([f"{scale.high:.2f}"])
    apart = widest([_pairs(line, letters) for line in module.lines], most=16)
    apart = max(apart, widest([_("apart")])) if apart else 0
    values = len(module.candidates) * (figures + 1)
    name = max(10, min(44 if width >= WIDE else 36, width - 3 - _AXIS_LEAST - values - apart - 4))
    axis = max(_AXIS_LEAST, min(_AXIS_MOST, width - 3 - name - values - apart - 4))

    def draw(line: ComparedLine) -> Callable[[int], Spans]:
        competency = pack.competencies[line.competency]
        words = f"{line.competency} {pack.say(competency.name, language())}"

        def drawn(width: int) -> Spans:
            spans: Spans = [("   ", ""), *columns([(words, name, "")]), (" ", "")]
            spans += _marks(axis, scale, [value for value, _half in line.values])
            spans.append((" ", ""))
            cells = [(wording.value(value), -figures, "") for value, _half in line.values]
            spans += columns([*cells, (_pairs(line, letters), apart, "strong")])
            return fit_spans(spans, width)

        return drawn

    heads = [(letter, -figures, "accent") for letter in letters.values()]
    steps = [scale.points(step) for step in scale.marks()]
    head_cells = columns([*heads, (_("apart"), apart, "muted")])
    head = Row(
        lambda width: fit_spans(
            [(" " * (4 + name), ""), (_steps(axis, scale, steps), "muted"), (" ", ""), *head_cells],
            width,
        )
    )
    lines = [
        Row(draw(line), COMPETENCY + line.competency, line.competency) for line in module.lines
    ]
    return [head, *lines]


def _pairs(line: ComparedLine, letters: dict[str, str]) -> str:
    return " ".join(f"{letters[a]}>{letters[b]}" for a, b in line.apart)


def _steps(cells: int, scale: Scale, steps: Sequence[float]) -> str:
    text = [" "] * cells
    for step in steps:
        label = f"{scale.units(step):g}"
        at = min(cell_of(step, cells), cells - len(label))
        if not "".join(text[max(0, at - 1) : at + len(label) + 1]).strip():
            text[at : at + len(label)] = label
    return "".join(text)


def _marks(cells: int, scale: Scale, values: Sequence[float | None]) -> Spans:
    """The letters of the candidates where their values lie; ``*`` where several do."""
    row = [(glyphs().axis, "axis")] * cells
    for letter, value in zip(_LETTERS, values, strict=False):
        if value is not None:
            at = cell_of(scale.points(value), cells)
            taken = row[at][1] == "score"
            row[at] = (_SEVERAL if taken else letter, "score")
    return row
