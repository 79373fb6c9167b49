"""What a feedback sheet says: what is strong, what to work on and how, and what a result means."""

from __future__ import annotations

from collections.abc import Sequence

from assess import i18n
from assess.exchange.report import Passage
from assess.i18n import _, listed
from assess.model.pack import Action, Pack
from assess.workspace import wording
from assess.workspace.report_plots import module_title
from assess.workspace.results import CandidateResult, ModuleResult

Results = Sequence[tuple[ModuleResult, CandidateResult]]
MOST_STRENGTHS, MOST_GAPS = 3, 2
_LINES_TO_WRITE_ON = 4


# -- what is chosen


def strengths_and_gaps(
    pack: Pack, results: Sequence[CandidateResult]
) -> tuple[list[str], list[str]]:
    """The competencies of the person that came out highest, and up to two to work on.

    To work on is what misses a minimum, then what is lowest on average over the modules, the
    heavier first where they are level; conditions around the role (arrangements) are no strength
    and no gap of a person.
    """
    values: dict[str, list[float]] = {}
    weights: dict[str, float] = {}
    missed: set[str] = set()
    for one in results:
        missed |= {m.competency for m in one.minimums if m.state == "missed"}
        for line in one.lines:
            if pack.competencies[line.competency].kind == "person":
                values.setdefault(line.competency, []).append(line.value)
                weights[line.competency] = weights.get(line.competency, 0.0) + line.weight
    mean = {code: sum(given) / len(given) for code, given in values.items()}
    lowest = sorted(mean, key=lambda code: (code not in missed, mean[code], -weights[code], code))
    below_top = [code for code in lowest if mean[code] < pack.file.scale.high - 1e-9]
    gaps = below_top[: max(0, min(MOST_GAPS, len(mean) - 1))]
    rest = [code for code in mean if code not in gaps]
    rest.sort(key=lambda code: (-mean[code], -weights[code], code))
    return rest[:MOST_STRENGTHS], gaps


def actions_for(pack: Pack, competency: str, results: Results) -> list[Action]:
    """The pack's actions for a competency at the level reached, the lowest over the modules."""
    values = [value for _module, value in _values(competency, results)]
    return pack.actions_at(competency, min(values)) if values else []


def _values(competency: str, results: Results) -> list[tuple[str, float]]:
    return [
        (module.module, line.value)
        for module, one in results
        for line in one.lines
        if line.competency == competency
    ]


# -- what is said


def result_lines(pack: Pack, results: Results) -> list[str]:
    """The result in each module, a sentence each."""
    lines = []
    for module, one in results:
        names = {"module": module_title(pack, module.module), "status": wording.status(pack, one)}
        if one.score is None:
            lines.append(_("{module}: no result yet, {status}").format(**names))
            continue
        lines.append(
            _(
                "{module}: {score} of 100 points, with {confidence} certainty between {low} and "
                "{high}: {status}. {coverage} of what counts was asked."
            ).format(
                score=wording.number(one.score),
                confidence=f"{100 * module.confidence:g} %",
                low=wording.number(one.low),
                high=wording.number(one.high),
                coverage=wording.coverage(one.coverage),
                **names,
            )
        )
    return lines or [_("No module is named for you yet.")]


def value_lines(pack: Pack, codes: Sequence[str], results: Results) -> list[str]:
    """Competencies with their values, by module where these differ, and what they mean."""
    language = i18n.language()
    lines = []
    for code in codes:
        competency = pack.competencies[code]
        values = _values(code, results)
        told = [_value_of(pack, value) for _module, value in values[:1]]
        if len({wording.value(value) for _module, value in values}) > 1:
            told = [f"{module} {_value_of(pack, value)}" for module, value in values]
        names = {
            "competency": pack.say(competency.name, language),
            "values": listed(told),
        }
        if competency.definition is None:
            line = _("{competency}: {values}").format(**names)
        else:
            line = _("{competency}: {values}. {definition}").format(
                definition=pack.say(competency.definition, language), **names
            )
        lines.append(line)
    return lines or [_("Too little has been asked yet to say.")]


def _value_of(pack: Pack, value: float) -> str:
    return _("{value} of {most}").format(
        value=wording.value(value), most=f"{pack.file.scale.high:g}"
    )


def action_lines(
    pack: Pack, gaps: Sequence[str], actions: Sequence[tuple[str, Action]]
) -> list[str]:
    """What to do about each gap, and how to agree on it."""
    language = i18n.language()
    lines = [
        _("{competency}: {action}").format(
            competency=pack.say(pack.competencies[code].name, language),
            action=pack.say(action.text, language),
        )
        for code, action in actions
    ]
    if not lines and gaps:
        lines = [_("Agree on one or two actions for each of these with your line manager.")]
    if lines:
        lines.append(_("Agree for each action who owns it, by when, and what shows it is done."))
    return lines or [_("Nothing is open for now.")]


def meaning(pack: Pack, results: Results) -> list[str]:
    """How to read the figures, a paragraph each."""
    scale = pack.file.scale
    lines = [
        _(
            "The points say how far what was shown in the interviews and checks covers the work of "
            "a key user of a module, from 0 to 100. Each competency is rated from {low} to {high}; "
            "the points are their weighted mean, with differences between interviewers and "
            "questions taken out."
        ).format(low=f"{scale.low:g}", high=f"{scale.high:g}"),
        _(
            "No measurement is exact: the range says where the result would lie most of the time "
            "if other interviewers had asked other questions. Small differences mean nothing."
        ),
        _(
            "It says what was shown up to the wave named above. It is no judgement of you as a "
            "person, and it changes as you grow; you will be asked again."
        ),
        _("No computer decides. A person decides, and can tell you why."),
    ]
    if any(one.release_open for _module, one in results):
        lines.append(
            _(
                "Time and cover for the role are still to be settled with your line manager; that "
                "is no fault of yours and takes nothing from your points."
            )
        )
    return lines


def contact_passage(contact: str) -> Passage:
    """Rights, whom to ask, and room for a comment; without a contact, a line to fill in."""
    lines = [
        _(
            "You may see and copy what is stored on you, correct or add to it, object, or ask for "
            "a second assessment."
        ),
        _("Whom to ask: {contact}").format(contact=contact.strip() or "_" * 40),
        _(
            "If you see something differently, say so to that person, or write it below and hand "
            "it in: your comment is kept with your record."
        ),
    ]
    return Passage(_("Questions, corrections, your own view"), lines, blank=_LINES_TO_WRITE_ON)
