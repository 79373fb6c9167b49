"""When an item is asked: conditions on earlier answers and on the candidate's modules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assess.model.ids import Id

_TESTS = ("at_least", "equals", "within", "answered")
_GROUPS = ("all_of", "any_of", "none_of", "module")


class Condition(BaseModel):
    """One test on an item's answer, a group of conditions, or a test on the candidate's modules.

    Exactly one of: ``item`` with one test, ``all``, ``any``, ``not``, ``module``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    item: Id | None = None
    at_least: float | None = None
    equals: bool | float | str | None = None
    within: list[bool | float | str] | None = Field(None, alias="in")
    answered: bool | None = None
    all_of: list[Condition] | None = Field(None, alias="all", min_length=1)
    any_of: list[Condition] | None = Field(None, alias="any", min_length=1)
    none_of: Condition | None = Field(None, alias="not")
    module: list[Id] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        tests = [name for name in _TESTS if getattr(self, name) is not None]
        groups = [name for name in _GROUPS if getattr(self, name) is not None]
        if self.item is not None:
            if len(tests) != 1 or groups:
                raise ValueError("condition_item")
        elif tests or len(groups) != 1:
            raise ValueError("condition_form")
        return self

    def items(self) -> set[str]:
        """The ids of all items that the condition reads."""
        found = {self.item} if self.item is not None else set()
        for part in (*(self.all_of or ()), *(self.any_of or ())):
            found |= part.items()
        return found | (self.none_of.items() if self.none_of else set())

    def modules(self) -> set[str]:
        """The ids of all modules that the condition reads."""
        found = set(self.module or ())
        for part in (*(self.all_of or ()), *(self.any_of or ())):
            found |= part.modules()
        return found | (self.none_of.modules() if self.none_of else set())

    def holds(self, answers: Mapping[str, Any], modules: Collection[str]) -> bool:
        """Whether it holds for ``answers`` (item id to value, unanswered items absent)."""
        if self.all_of is not None:
            return all(part.holds(answers, modules) for part in self.all_of)
        if self.any_of is not None:
            return any(part.holds(answers, modules) for part in self.any_of)
        if self.none_of is not None:
            return not self.none_of.holds(answers, modules)
        if self.module is not None:
            return not set(self.module).isdisjoint(modules)
        value = answers.get(self.item or "")
        if self.answered is not None:
            return (value is not None) == self.answered
        if value is None:
            return False
        given = value if isinstance(value, list) else [value]
        if self.at_least is not None:
            return any(_is_number(one) and one >= self.at_least for one in given)
        wanted = self.within if self.within is not None else [self.equals]
        return any(_same(one, other) for one in given for other in wanted)


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
