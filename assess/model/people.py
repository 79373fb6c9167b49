"""The engagement and the people in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assess.model.id_field import Id
from assess.model.pack import PackRef


class Engagement(BaseModel):
    """One roll-out: which pack, which modules, where it stands."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    pack: PackRef
    modules: list[Id]
    wave: Id
    purpose: str = ""
    readers: str = ""
    contact: str = ""
    """Whom candidates ask, correct and answer."""
    ends: date | None = None
    go_live: date | None = None
    phase: str = ""


class Candidate(BaseModel):
    """A person who may become a key user: only what the choice needs."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: Id
    name: str = ""
    department: str = ""
    team: str = ""
    manager: str = ""
    role: str = ""
    email: str = ""
    modules: list[Id] = []
    language: str = ""
    capacity: Annotated[float, Field(ge=0, le=1)] | None = None

    @property
    def called(self) -> str:
        """The name, or the code where no name was given."""
        return self.name or self.id


class Rater(BaseModel):
    """Who interviews and rates."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: Id
    name: str = ""

    @property
    def called(self) -> str:
        """The name, or the code where no name was given."""
        return self.name or self.id
