"""Texts of a pack, in one language or several."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, RootModel, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Text(RootModel[Words | dict[LanguageCode, Words]]):
    """One text: a string for all languages, or a text per language code."""

    model_config = ConfigDict(frozen=True)

    def say(self, language: str, fallback: str = "en") -> str:
        """The text in ``language``, else in ``fallback``, else in the first language it has."""
        if isinstance(self.root, str):
            return self.root
        return (
            self.root.get(language) or self.root.get(fallback) or next(iter(self.root.values()), "")
        )

    def languages(self) -> frozenset[str] | None:
        """The languages it is written in; None where one text serves all."""
        return None if isinstance(self.root, str) else frozenset(self.root)


class Texts(RootModel[list[Words] | dict[LanguageCode, list[Words]]]):
    """Several short texts (probes): a list for all languages, or a list per language code."""

    model_config = ConfigDict(frozen=True)

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
