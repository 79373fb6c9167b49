"""When an item is asked: conditions on earlier answers and on the candidate's modules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StrictBool, model_validator

from assess.model.id_field import Id

_TESTS = ("at_least", "equals", "within", "answered")
_GROUPS = ("all_of", "any_of", "none_of", "module")


class Condition(BaseModel):
    """What must hold for an item to be asked; of several things given, all must.

    ``item`` goes with one or more tests on its answer (``at_least``, ``equals``, ``in``,
    ``answered``); ``module`` holds when the candidate is asked for one of the modules named.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    item: Id | None = None
    at_least: FiniteFloat | None = None
    equals: bool | FiniteFloat | str | None = None
    within: list[bool | FiniteFloat | str] | None = Field(None, alias="in", min_length=1)
    answered: StrictBool | None = None
    all_of: list[Condition] | None = Field(None, alias="all", min_length=1)
    any_of: list[Condition] | None = Field(None, alias="any", min_length=1)
    none_of: Condition | None = Field(None, alias="not")
    module: list[Id] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Condition:
        tested = any(getattr(self, name) is not None for name in _TESTS)
        grouped = any(getattr(self, name) is not None for name in _GROUPS)
        if tested and self.item is None:
            raise ValueError("condition_item")
        if not tested and (self.item is not None or not grouped):
            raise ValueError("condition_form")
        return self

    def items(self) -> set[str]:
        """The ids of all items that the condition reads."""
        found = {self.item} if self.item is not None else set()
        for part in (*(self.all_of or ()), *(self.any_of or ())):
            found |= part.items()
        return found | (self.none_of.items() if self.none_of else set())

    def holds(self, answers: Mapping[str, Any], modules: Collection[str]) -> bool:
        """Whether it holds for ``answers`` (item id to value, unanswered items absent)."""
        if self.item is not None and not self._passes(answers.get(self.item)):
            return False
        if self.module is not None and set(self.module).isdisjoint(modules):
            return False
        if self.none_of is not None and self.none_of.holds(answers, modules):
            return False
        if self.any_of and not any(part.holds(answers, modules) for part in self.any_of):
            return False
        return all(part.holds(answers, modules) for part in self.all_of or ())

    def _passes(self, value: Any) -> bool:
        """Whether an item's answer (None: none) passes the tests."""
        if self.answered is not None and (value is not None) != self.answered:
            return False
        given = value if isinstance(value, list) else [] if value is None else [value]
        if self.at_least is not None and not any(
            _is_number(one) and one >= self.at_least for one in given
        ):
            return False
        if self.equals is not None and not any(_same(one, self.equals) for one in given):
            return False
        return self.within is None or any(
            _same(one, other) for one in given for other in self.within
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(answer: object, wanted: object) -> bool:
    """Equal as people write them: ``yes`` is True, and an option id may look like a number."""
    if isinstance(answer, bool) or isinstance(wanted, bool):
        return _truth(answer) is not None and _truth(answer) == _truth(wanted)
    if _is_number(answer) and _is_number(wanted):
        return answer == wanted
    if isinstance(wanted, float) and wanted.is_integer():
        wanted = int(wanted)
    return str(answer) == str(wanted)


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False}.get(str(value).strip().lower())
