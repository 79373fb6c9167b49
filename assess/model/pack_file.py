"""What ``pack.yaml`` says: competencies, modules, bands, waves, phases, and how it all counts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from assess.model.id_field import Id
from assess.model.ids import VERSION, as_spelled
from assess.model.items import Number, Scale, Strict
from assess.model.text import LanguageCode, Text, Texts

Version = Annotated[
    str,
    StringConstraints(pattern=f"^{VERSION.pattern}$"),
    BeforeValidator(as_spelled),
]
Share = Annotated[Number, Field(ge=0, le=1)]
Percent = Annotated[Number, Field(ge=0, le=100)]


class Competency(Strict):
    """What is judged: of the person, or (``arrangement``) of the conditions around the role."""

    id: Id
    name: Text
    definition: Text | None = None
    kind: Literal["person", "arrangement"] = "person"
    tasks: Text | None = None
    """The tasks of the job analysis that it is traced to."""


class Module(Strict):
    """An ERP module: what counts how much, and what must be reached, to carry it."""

    id: Id
    name: Text
    weights: dict[Id, Percent] = Field(min_length=1)
    minimums: dict[Id, Number] = {}
    knowledge: dict[Id, Share] = {}
    gates: list[Id] = []
    reason: Text | None = None


class ScoreBand(Strict):
    """Scores from ``start`` (0-100) on, up to where the next band starts."""

    id: Id
    start: Number = Field(alias="from", ge=0, le=100)
    name: Text
    use: Text | None = None


class Wave(Strict):
    """A milestone at which people are asked: everything, or the competencies named."""

    id: Id
    name: Text
    asks: Annotated[
        Annotated[Literal["all"], Tag("everything")] | Annotated[list[Id], Tag("competencies")],
        Discriminator(lambda asks: "competencies" if isinstance(asks, list) else "everything"),
    ] = "all"
    when: Text | None = None
    evidence: Text | None = None
    decision: Text | None = None


class Phase(Strict):
    """A phase of the roll-out with the share (percent) of contracted hours that role A needs."""

    id: Id
    name: Text
    floor: Percent
    aim: Percent


class Policy(Strict):
    """The rules of counting and reading that a programme sets."""

    min_coverage: Percent = 80.0
    min_items: Annotated[int, Field(ge=1)] = 2
    discuss_at: Annotated[Number, Field(gt=0)] = 2.0
    note_required: list[Number] = []
    confidence: Annotated[Number, Field(gt=0.5, lt=1)] = 0.90
    top: Annotated[int, Field(ge=1)] = 3
    role_from: Percent = 60.0
    """The score from which on somebody carries a role: cover counts the chance to reach it."""
    together: Number | None = None
    """What role A and B reach together in each competency; by default the middle of the scale."""
    backup_slack: Annotated[Number, Field(ge=0)] | None = None
    """By how much role B may miss one minimum; by default an eighth of the scale."""


class Priors(Strict):
    """Prior standard deviations in points and their strength (docs/measurement.md, section 6)."""

    strength: Annotated[Number, Field(ge=0)] = 4.0
    rater: Annotated[Number, Field(ge=0)] = 8.0
    halo: Annotated[Number, Field(ge=0)] = 9.0
    cell: Annotated[Number, Field(ge=0)] = 18.0
    candidate: Annotated[Number, Field(ge=0)] = 15.0


class ForbiddenTopic(Strict):
    """What must not be asked, noted or inferred; ``words`` let a note warn its writer."""

    id: Id
    topic: Text
    words: Texts | None = None


class Without(Strict):
    """What a pack on top of another leaves out of it, by id."""

    items: list[Id] = []
    questionnaires: list[Id] = []
    modules: list[Id] = []
    competencies: list[Id] = []
    bands: list[Id] = []
    waves: list[Id] = []
    phases: list[Id] = []
    forbidden: list[Id] = []
    actions: list[Id] = []
    facts: list[Id] = []


class PackFile(Strict):
    """The content of ``pack.yaml``."""

    pack: Id
    version: Version
    extends: (
        Annotated[str, StringConstraints(pattern=r"\S"), BeforeValidator(as_spelled)] | None
    ) = None
    """The pack that this one is laid on: its id, or the way to its folder from this one."""
    without: Without = Without()
    retired: list[Id] = []
    """Former items that are no longer asked, on purpose; their answers stay and count nowhere."""
    languages: list[LanguageCode] = Field(min_length=1)
    title: Text
    scale: Scale
    competencies: list[Competency] = Field(min_length=1)
    modules: list[Module] = Field(min_length=1)
    notice: Text | None = None
    bands: list[ScoreBand] = Field(min_length=1)
    waves: list[Wave] = Field(min_length=1)
    policy: Policy = Policy()
    priors: Priors = Priors()
    phases: list[Phase] = []
    forbidden: list[ForbiddenTopic] = []
