"""Calibration: raters score sample answers before their first interview; how far from the master.

A rating of a sample is a record of the stream ``engagement`` (kind ``calibrated``: ``rater``,
``sample``, ``value``, ``pack`` hash). Of several for one rater and sample the oldest stands, so
that workspaces merge in any order and whoever has seen the master rating cannot rate again. Nothing
of it enters a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _
from assess.model.asking import fits
from assess.model.calibration import Sample
from assess.model.ids import ID_RULE, as_id
from assess.model.items import RatingItem, Scale
from assess.model.pack import Pack
from assess.workspace.team import waiting_words

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

KIND = "calibrated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One's own rating of a sample beside the master rating; there is none before it is stored."""

    sample: str
    value: float
    """In units of the item's scale, like ``master``."""
    master: float
    distance: float
    """In points (0-100), positive where the own rating is lower: the sign that severity has."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a rater is from the master ratings; in points (0-100), None without a rating."""

    rater: str
    rated: int
    of: int
    """How many samples the pack has."""
    signed: float | None = None
    """The mean of master minus own rating: severity on samples, positive rates lower."""
    absolute: float | None = None
    """The mean of the distances without their signs."""

    def as_json(self) -> dict[str, Any]:
        """The key ``calibration`` of a rater in ``raters --json``."""
        return {
            "rated": self.rated,
            "of": self.of,
            "signed": self.signed,
            "absolute": self.absolute,
        }


class Calibration:
    """One rater's ratings of the pack's samples, in the order that is the same for all."""

    def __init__(self, workspace: Workspace, rater: str) -> None:
        self._workspace = workspace
        self.rater = rater
        self._values = _values(workspace).get(rater, {})

    @property
    def pack(self) -> Pack:
        """The pack whose samples are rated."""
        return self._workspace.pack

    @property
    def samples(self) -> list[Sample]:
        """All samples in the order of the file."""
        return samples(self.pack)

    @property
    def waiting(self) -> str:
        """What is kept on this machine because the team server did not take it; empty: nothing."""
        return waiting_words(self._workspace.store)

    def sample(self, sample_id: str) -> Sample:
        """The sample of that id. Raises BadInput for an unknown one."""
        for sample in self.samples:
            if sample.id == sample_id:
                return sample
        raise BadInput(_("there is no sample answer {sample}").format(sample=sample_id))

    def item(self, sample: Sample) -> RatingItem:
        """The item that lends question, anchors and scale."""
        return _item(self.pack, sample)

    def verdict(self, sample_id: str) -> Verdict | None:
        """The own rating beside the master's; None as long as the sample is not rated."""
        sample = self.sample(sample_id)
        if sample.id not in self._values:
            return None
        return _verdict(self.pack, sample, self._values[sample.id])

    def next_open(self) -> Sample | None:
        """The first sample not rated yet."""
        return next((one for one in self.samples if one.id not in self._values), None)

    @property
    def distance(self) -> Distance:
        """How far the ratings so far are from the master's."""
        return _distance(self.pack, self.rater, self._values)

    def rate(self, sample_id: str, value: float) -> Verdict:
        """Store a rating, durable when this returns, and give it beside the master's.

        A sample rated before keeps its rating. Raises BadInput for a value outside the scale,
        StoreError where it could not be stored.
        """
        sample = self.sample(sample_id)
        item = self.item(sample)
        if not fits(self.pack, item, value):
            raise BadInput(_("{value} is no answer to {item}").format(value=value, item=sample.id))
        if sample.id not in self._values:
            self._workspace.known_rater(self.rater)
            self._workspace.add(
                {
                    "kind": KIND,
                    "rater": self.rater,
                    "sample": sample.id,
                    "value": value,
                    "pack": self.pack.hash,
                    "revises": [],
                },
                by=self.rater,
            )
            self._values = _values(self._workspace).get(self.rater, {})
        return _verdict(self.pack, sample, self._values[sample.id])


def calibration(workspace: Workspace, rater: str) -> Calibration:
    """The calibration of a rater, new or as far as it got; the first rating adds an unknown rater.

    Raises BadInput where the pack has no sample answers, for what cannot be a code, and for another
    rater than the one that somebody works as.
    """
    if not samples(workspace.pack):
        raise BadInput(
            _("the pack has no sample answers to rate"),
            hint=_("its author adds them in calibration.yaml"),
        )
    workspace.check_own(rater)
    try:
        return Calibration(workspace, as_id(rater))
    except ValueError:
        raise BadInput(
            _("{code} cannot be the code of a rater").format(code=rater), hint=_(ID_RULE)
        ) from None


def due(workspace: Workspace, rater: str) -> bool:
    """Whether a rater has samples left to rate and has not begun an interview here yet."""
    asked = samples(workspace.pack)
    if not asked:
        return False
    rated = _values(workspace).get(rater, {})
    if all(sample.id in rated for sample in asked):
        return False
    return not _has_begun(workspace, rater)


def _has_begun(workspace: Workspace, rater: str) -> bool:
    """Whether there is an interview by a rater, told by its name: reading all would take long."""
    pack, joins, there = workspace.pack, workspace.standing.joins, set(workspace.store.streams())
    return any(
        not there.isdisjoint(joins.sources(candidate, rater, questionnaire, wave))
        for candidate in workspace.candidates()
        for questionnaire in pack.questionnaires
        for wave in pack.waves
    )


def distances(workspace: Workspace) -> dict[str, Distance]:
    """How far each rater is from the master ratings, by code; empty where the pack has no samples.

    Every rater has an entry, with ``rated == 0`` and no figures where none was rated. Whoever works
    as an interviewer sees the own one alone. Reads the stream ``engagement`` and nothing else.
    """
    if not samples(workspace.pack):
        return {}
    values = _values(workspace)
    codes = sorted({*workspace.raters(), *values})
    return {
        code: _distance(workspace.pack, code, values.get(code, {}))
        for code in codes
        if workspace.me in (None, code)
    }


def samples(pack: Pack) -> list[Sample]:
    """The pack's sample answers, in order; none where it has none."""
    return list(pack.calibration.calibration) if pack.calibration else []


def _item(pack: Pack, sample: Sample) -> RatingItem:
    item = pack.items[pack.present_id.get(sample.item, sample.item)]
    assert isinstance(item, RatingItem)
    return item


def _values(workspace: Workspace) -> dict[str, dict[str, float]]:
    """The ratings that stand, by rater and sample: of several the oldest."""
    found: dict[str, dict[str, float]] = {}
    for record in workspace.heads(KIND):
        found.setdefault(record["rater"], {}).setdefault(record["sample"], record["value"])
    return found


def _verdict(pack: Pack, sample: Sample, value: float) -> Verdict:
    scale: Scale = pack.scale_of(_item(pack, sample))
    away = scale.points(sample.master) - scale.points(value)
    return Verdict(sample.id, value, sample.master, away)


def _distance(pack: Pack, rater: str, values: dict[str, float]) -> Distance:
    asked = samples(pack)
    away = [_verdict(pack, one, values[one.id]).distance for one in asked if one.id in values]
    if not away:
        return Distance(rater, 0, len(asked))
    return Distance(
        rater,
        len(away),
        len(asked),
        fsum(away) / len(away),
        fsum(map(abs, away)) / len(away),
    )
