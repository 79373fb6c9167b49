"""An id as a field of a pydantic model; :mod:`assess.model.ids` alone needs no pydantic."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from assess.model.ids import ID_RULE, as_id, as_spelled


def _only_text(value: object) -> object:
    value = as_spelled(value)
    if not isinstance(value, str):
        raise ValueError("not_an_id")
    return value


Id = Annotated[
    str,
    BeforeValidator(_only_text),
    AfterValidator(as_id),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "minLength": 1,
            "maxLength": 64,
            "pattern": r"^[^\s.\-][^\s]*$",
            "description": ID_RULE,
        }
    ),
]
