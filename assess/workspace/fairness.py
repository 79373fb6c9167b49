"""Selection rates by group, from a file that is read for the moment and never stored.

Who is selected: by default the best ``k`` of the module, as many as the pack's shortlists hold;
else everybody in a band or a higher one. Counted are those who could be selected, in the order or
below a minimum; who is incomplete has no outcome yet, and who withdrew is no case of selection.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.exchange.cells import Findings, shown, tidy
from assess.exchange.tables import Table, read_table
from assess.i18n import _, listed
from assess.measure.fairness import FOUR_FIFTHS, LEAST, Rate, selection_rates
from assess.model.pack import Pack
from assess.workspace.results import CandidateResult, ModuleResult

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

_CANDIDATE = {"candidate", "candidate id", "code", "id", "候选人", "候选人编号", "编号", "工号"}


@dataclass(frozen=True)
class Rule:
    """Who is selected: the best ``top``, or a band and those above it."""

    top: int | None
    band: str | None

    def as_json(self) -> dict[str, Any]:
        """``{"by": "top", "k": 3}`` or ``{"by": "band", "band": "ready"}``."""
        return {"by": "top", "k": self.top} if self.band is None else {
            "by": "band", "band": self.band
        }  # fmt: skip

    def chooses(self, pack: Pack, one: CandidateResult) -> bool:
        """Whether a candidate is selected; who is out of the order never is."""
        if one.rank is None or one.score is None:
            return False
        if self.band is None:
            return one.rank <= (self.top or 0)
        starts = {band.id: band.start for band in pack.file.bands}
        return starts[pack.band(one.score).id] >= starts[self.band]


@dataclass(frozen=True)
class Fairness:
    """Rates by group and whom they leave out; nothing of it is stored."""

    module: str
    wave: str
    pack: dict[str, str]
    rule: Rule
    groups: dict[str, Rate]
    without_group: int
    """Counted candidates of the module whom the file does not name."""
    incomplete: int
    """Named in the file, but with no outcome yet."""
    elsewhere: int
    """Named in the file, but not standing for the module, or withdrawn."""

    @property
    def lowest_ratio(self) -> float | None:
        """The smallest of the ratios, None where there is nothing to compare."""
        ratios = [one.ratio for one in self.groups.values() if one.ratio is not None]
        return min(ratios, default=None)

    @property
    def look(self) -> bool:
        """Whether a group's rate is under four fifths of the highest."""
        return self.lowest_ratio is not None and self.lowest_ratio < FOUR_FIFTHS - 1e-12

    def as_json(self) -> dict[str, Any]:
        """Plain values; groups that are too few have None for every figure."""
        return {
            "module": self.module,
            "wave": self.wave,
            "pack": self.pack,
            "selected": self.rule.as_json(),
            "least": LEAST,
            "groups": [
                {
                    "group": name,
                    "too_few": one.too_few,
                    "n": one.n,
                    "selected": one.selected,
                    "rate": one.rate,
                    "ratio": one.ratio,
                    "p": one.p,
                }
                for name, one in self.groups.items()
            ],
            "four_fifths": {"lowest": self.lowest_ratio, "limit": FOUR_FIFTHS, "look": self.look},
            "left_out": {
                "without_group": self.without_group,
                "incomplete": self.incomplete,
                "elsewhere": self.elsewhere,
            },
        }


def fairness(
    workspace: Workspace,
    file: Path | str,
    module: str,
    *,
    band: str | None = None,
    top: int | None = None,
    wave: str | None = None,
) -> Fairness:
    """Selection rates of the groups that a two-column file (candidate, group) names.

    The log says that a report was made, and nothing of the groups. Raises BadInput for a file of
    another shape, unknown candidates, an unknown module, band or wave, or a ``top`` below 1.
    """
    pack = workspace.pack
    rule = _rule(pack, band, top)
    chosen = workspace.module(module)
    groups = _groups(read_table(file), set(workspace.candidates()))
    ranking = workspace.rank([chosen.id], wave)
    found = _counted(workspace, ranking.modules[0], rule, groups)
    result = Fairness(chosen.id, ranking.wave, dict(ranking.pack), rule, *found)
    workspace.log("fairness", module=chosen.id)
    return result


def _rule(pack: Pack, band: str | None, top: int | None) -> Rule:
    bands = [one.id for one in pack.file.bands]
    if band is not None and band not in bands:
        raise BadInput(
            _("the pack has no band {band}; it has {known}").format(
                band=shown(band), known=listed(bands)
            )
        )
    if top is not None and top < 1:
        raise BadInput(_("a shortlist has at least one place, not {top}").format(top=top))
    return Rule(None if band else top or pack.file.policy.top, band)


def _counted(
    workspace: Workspace, module: ModuleResult, rule: Rule, groups: dict[str, str]
) -> tuple[dict[str, Rate], int, int, int]:
    withdrawn = workspace.withdrawn()
    standing = {one.candidate: one for one in module.candidates if one.candidate not in withdrawn}
    with_outcome = {c: one for c, one in standing.items() if one.status != "incomplete"}
    named = sorted(set(groups.values()))
    n, selected = dict.fromkeys(named, 0), dict.fromkeys(named, 0)
    for code, group in groups.items():
        if code in with_outcome:
            n[group] += 1
            selected[group] += rule.chooses(workspace.pack, with_outcome[code])
    rates = selection_rates([n[g] for g in named], [selected[g] for g in named])
    return (
        dict(zip(named, rates, strict=True)),
        sum(code not in groups for code in with_outcome),
        sum(code in standing and code not in with_outcome for code in groups),
        sum(code not in standing for code in groups),
    )


# -- the file


def _groups(table: Table, known: Collection[str]) -> dict[str, str]:
    """The group of each candidate in the file. Raises BadInput with a line per mistake."""
    named = [name for name in table.header if name]
    at = next((i for i, n in enumerate(table.header) if tidy(n).casefold() in _CANDIDATE), None)
    if len(named) != 2 or at is None:
        raise BadInput(
            _(
                "{file}: the header names {header}: give two columns and no more, "
                "'candidate' and the group"
            ).format(file=table.file, header=listed(f"'{shown(name, 60)}'" for name in named))
        )
    group_at = next(i for i, name in enumerate(table.header) if name and i != at)
    findings, groups = Findings(table.file), dict[str, str]()
    names = table.header[at], table.header[group_at]
    for row in table.rows:
        code, group = tidy(row.cells[at]), tidy(row.cells[group_at])
        if code not in known:
            problem = _("there is no candidate '{cell}': give the code as the roster has it")
            findings.add(problem.format(cell=shown(code)), row.number, names[0])
        elif code in groups:
            problem = _("'{cell}' stands here twice: list every candidate once")
            findings.add(problem.format(cell=shown(code)), row.number, names[0])
        elif not group:
            problem = _("the cell is empty: give the group, or leave the row out")
            findings.add(problem, row.number, names[1])
        else:
            groups[code] = group
    if findings.count:
        raise BadInput(
            _("{file}: the groups cannot be read").format(file=table.file), findings=findings.lines
        )
    return groups
