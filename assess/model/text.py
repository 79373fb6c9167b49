"""Texts of a pack, in one language or several."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, RootModel, StringConstraints, Tag

from assess.model.ids import as_spelled
from assess.model.said import said

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S"), BeforeValidator(as_spelled)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


def _form(value: Any) -> str:
    """Which of the two forms is meant, so that a mistake is reported for that form alone."""
    return "per language" if isinstance(value, dict) else "for all languages"


_WordsOrMap = Annotated[
    Annotated[Words, Tag("for all languages")]
    | Annotated[dict[LanguageCode, Words], Tag("per language")],
    Discriminator(_form),
]
_ListOrMap = Annotated[
    Annotated[list[Words], Tag("for all languages")]
    | Annotated[dict[LanguageCode, list[Words]], Tag("per language")],
    Discriminator(_form),
]


class Text(RootModel[_WordsOrMap]):
    """One text: a string for all languages, or a text per language code."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def say(self, language: str, fallback: str = "en") -> str:
        """The text in ``language``, else in ``fallback``, else in the first language it has."""
        return said(self.root, language, fallback)

    def languages(self) -> frozenset[str] | None:
        """The languages it is written in; None where one text serves all."""
        return None if isinstance(self.root, str) else frozenset(self.root)


class Texts(RootModel[_ListOrMap]):
    """Several short texts (probes): a list for all languages, or a list per language code."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def say(self, language: str, fallback: str = "en") -> list[str]:
        """The texts in ``language``, else in ``fallback``, else in the first language there is."""
        if isinstance(self.root, list):
            return self.root
        return (
            self.root.get(language) or self.root.get(fallback) or next(iter(self.root.values()), [])
        )

    def languages(self) -> frozenset[str] | None:
        """The languages they are written in; None where one list serves all."""
        return None if isinstance(self.root, list) else frozenset(self.root)
