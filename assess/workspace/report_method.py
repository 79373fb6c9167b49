"""The method statement: what is asked, what counts how much, and how it becomes a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.exchange.report import Column, Part, Passage, Report, Sheet
from assess.i18n import _
from assess.model.pack import Pack
from assess.workspace.report_facts import facts_of, method_of
from assess.workspace.results import Ranking

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace


def method(workspace: Workspace, wanted: Wanted) -> Report:
    """Weights, minimums, bands, rules and error, with what they rest on; nobody's results."""
    ranking = workspace.rank(wanted.modules, wanted.wave)
    wanted.progress(1, 1)
    pack = workspace.pack
    parts: list[Part] = [
        _purpose(pack),
        method_of(workspace, ranking),
        _weights(pack, ranking),
        _bands(pack),
        _competencies(pack),
        _rules(pack, ranking),
        _error(ranking),
        _duties(),
    ]
    return Report(
        _("Method statement: {engagement}").format(engagement=ranking.engagement),
        facts_of(workspace, ranking.wave, ranking.newest),
        parts,
        about=_("Method"),
    )


def _purpose(pack: Pack) -> Passage:
    return Passage(
        _("What is measured"),
        [
            _(
                "How ready candidates are to carry a module as key users, from structured "
                "interviews with anchored scales and from knowledge checks. Each competency is "
                "traced to tasks of the roll-out; {n} competencies, pack {title}."
            ).format(n=len(pack.competencies), title=pack.say(pack.file.title, i18n.language())),
        ],
    )


def _duties() -> Passage:
    return Passage(
        _("What it is not"),
        [
            _("The formula is fixed and published with the program; nothing in it is learned."),
            _("No computer decides: a person decides, with a name and a reason on record."),
            _("Nobody is dropped unseen: who is incomplete or below a minimum is listed and why."),
            _("Groups such as age or sex are neither asked nor stored and enter no score."),
            _("Candidates may see, correct and answer what is stored on them."),
        ],
        listed=True,
    )


def _weights(pack: Pack, ranking: Ranking) -> Sheet:
    columns = [
        Column("module", _("Module")),
        Column("module_name", _("Module name")),
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("weight", _("Weight"), bar=(0, 100)),
        Column("minimum", _("Minimum")),
        Column("knowledge", _("Share of the knowledge check"), 0, unit="share"),
        Column("module_reason", _("Reason")),
    ]
    language = i18n.language()
    rows = []
    for result in ranking.modules:
        module = pack.modules[result.module]
        codes = [c for c in pack.competencies if c in module.weights or c in module.minimums]
        rows += [
            [
                module.id,
                pack.say(module.name, language),
                code,
                pack.say(pack.competencies[code].name, language),
                module.weights.get(code, 0.0),
                module.minimums.get(code),
                module.knowledge.get(code),
                pack.say(module.reason, language) if module.reason else "",
            ]
            for code in codes
        ]
    return Sheet(_("Weights and minimums"), columns, rows)


def _bands(pack: Pack) -> Sheet:
    columns = [
        Column("band", _("Band")),
        Column("band_name", _("Band name")),
        Column("from", _("From")),
        Column("use", _("What it is for")),
    ]
    language = i18n.language()
    rows = [
        [
            band.id,
            pack.say(band.name, language),
            band.start,
            pack.say(band.use, language) if band.use else "",
        ]
        for band in sorted(pack.file.bands, key=lambda one: -one.start)
    ]
    return Sheet(_("Bands"), columns, rows)


def _competencies(pack: Pack) -> Sheet:
    columns = [
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column(
            "kind",
            _("Kind"),
            called={"person": _("of the person"), "arrangement": _("an arrangement")},
        ),
        Column("definition", _("Definition")),
        Column("tasks", _("Tasks it is traced to")),
    ]
    language = i18n.language()
    rows = [
        [
            one.id,
            pack.say(one.name, language),
            one.kind,
            pack.say(one.definition, language) if one.definition else "",
            pack.say(one.tasks, language) if one.tasks else "",
        ]
        for one in pack.file.competencies
    ]
    return Sheet(_("Competencies"), columns, rows)


def _rules(pack: Pack, ranking: Ranking) -> Sheet:
    policy = pack.file.policy
    rows: list[list[Any]] = [
        ["min_coverage", _("least share of the weight covered, percent"), policy.min_coverage],
        ["min_items", _("least rating items of a competency"), policy.min_items],
        ["discuss_at", _("difference between raters that is discussed"), policy.discuss_at],
        ["note_required", _("ratings that need a note"), policy.note_required],
        ["confidence", _("confidence of intervals"), policy.confidence],
        ["top", _("places of a shortlist"), policy.top],
        ["seed", _("seed of the draws for ranks"), ranking.seed],
        ["pack_hash", _("content hash of the pack"), ranking.pack["hash"]],
    ]
    columns = [
        Column("rule", _("Rule")),
        Column("rule_name", _("What it says")),
        Column("value", _("Value")),
    ]
    return Sheet(_("Rules"), columns, rows)


def _error(ranking: Ranking) -> Sheet:
    """Prior standard deviations beside what this wave's answers give."""
    names = {
        "rater": (_("between raters (severity)"), "rater"),
        "halo": (_("between interviews of one candidate (halo)"), "halo"),
        "candidate_item": (_("candidate by item"), "cell"),
        "residual": (_("residual within a competency of an interview"), "cell"),
        "candidate": (_("between candidates"), "candidate"),
    }
    rows: list[list[Any]] = [
        [code, name, ranking.priors[prior], ranking.variance[code], ranking.variance[code] ** 0.5]
        for code, (name, prior) in names.items()
    ]
    rows.append(["strength", _("strength of the priors"), ranking.priors["strength"], None, None])
    columns = [
        Column("component", _("Component")),
        Column("component_name", _("Meaning")),
        Column("prior", _("Prior standard deviation")),
        Column("variance", _("Variance, points squared"), 1),
        Column("deviation", _("Standard deviation, points"), 1),
    ]
    return Sheet(_("Error"), columns, rows)
