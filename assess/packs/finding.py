"""What a check says about a pack: one mistake or one piece of advice, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_SHOWN = ("file", "line", "column", "where", "what", "remedy")


@dataclass(frozen=True, order=True)
class Finding:
    """A mistake, or (``advice``) something that works but could be better.

    ``line`` and ``column`` count from 1; ``where`` is the way down the document (``modules > PROC >
    weights``), ``what`` is wrong and ``remedy`` would be right. ``str()`` gives the line that is
    shown: ``file:line:column: where: what, remedy``.
    """

    file: str
    line: int
    column: int
    where: str
    what: str
    remedy: str
    rule: str = ""
    """Of a piece of advice: which rule of the craft; empty for a mistake."""

    @property
    def advice(self) -> bool:
        """Whether the pack works all the same."""
        return bool(self.rule)

    @property
    def kind(self) -> Literal["error", "advice"]:
        """A mistake makes the pack unusable, advice does not."""
        return "advice" if self.advice else "error"

    def as_json(self) -> dict[str, str | int]:
        """The finding as plain data: its kind and the fields of which a line is made."""
        told = {"kind": self.kind, **{name: getattr(self, name) for name in _SHOWN}}
        return told | ({"rule": self.rule} if self.rule else {})

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {self.what}, {self.remedy}"
