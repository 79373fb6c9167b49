"""What is set by hand before a plan is made: roles pinned to people, people barred from roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.cover.problem import Role
from assess.errors import BadInput
from assess.i18n import _

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class Wishes:
    """What is set by hand: roles pinned, people barred (from all, or from a role of a module)."""

    pins: tuple[tuple[str, Role, str], ...] = ()
    """(module, role, candidate)."""
    bars: tuple[tuple[str, str, str], ...] = ()
    """(candidate, module or "", role or "")."""


def read_wishes(workspace: Workspace, pins: Iterable[str], bars: Iterable[str]) -> Wishes:
    """Pins written ``MODULE.a=X`` and bars written ``X`` or ``MODULE.a=X`` or ``MODULE=X``.

    Raises BadInput for what cannot be read, unknown codes, and pins that contradict each other or a
    bar.
    """
    pinned: dict[tuple[str, Role], str] = {}
    for word in pins:
        place, equals, person = word.partition("=")
        module, dot, role = place.rpartition(".")
        if not (equals and dot and role.lower() in ("a", "b")):
            raise BadInput(
                _("'{word}' pins nothing: write MODULE.a=CODE or MODULE.b=CODE").format(word=word)
            )
        side: Role = "a" if role.lower() == "a" else "b"
        chosen = workspace.module(module).id
        code = _standing(workspace, person, chosen)
        if pinned.get((chosen, side), code) != code:
            raise BadInput(
                _("{module}.{role} is pinned to {first} and to {second}").format(
                    module=chosen, role=side, first=pinned[chosen, side], second=code
                )
            )
        pinned[chosen, side] = code
    barred = [_bar(workspace, word) for word in bars]
    for (module, side), code in pinned.items():
        if pinned.get((module, "b" if side == "a" else "a")) == code:
            raise BadInput(
                _("{candidate} is pinned to both roles of {module}").format(
                    candidate=code, module=module
                )
            )
        if any(c == code and m in ("", module) and r in ("", side) for c, m, r in barred):
            raise BadInput(
                _("{candidate} is pinned to {module}.{role} and barred from it").format(
                    candidate=code, module=module, role=side
                )
            )
    return Wishes(tuple((m, r, c) for (m, r), c in pinned.items()), tuple(barred))


def _bar(workspace: Workspace, word: str) -> tuple[str, str, str]:
    place, equals, person = word.partition("=")
    if not equals:
        return workspace.candidate(word.strip()).id, "", ""
    module, dot, role = place.rpartition(".")
    if not (dot and role.lower() in ("a", "b")):
        module, role = place, ""
    return workspace.candidate(person.strip()).id, workspace.module(module).id, role.lower()


def _standing(workspace: Workspace, person: str, module: str) -> str:
    candidate = workspace.candidate(person.strip())
    if module not in workspace.modules_of(candidate):
        raise workspace.not_standing(candidate, module)
    return candidate.id
