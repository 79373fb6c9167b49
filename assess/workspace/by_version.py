"""The same answers, read and counted by a version of the pack that the engagement used before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.model.pack import Pack, PackRef
from assess.workspace.versions import read_version
from assess.workspace.workspace import Workspace


def under(workspace: Workspace, ref: PackRef) -> Workspace:
    """The same answers, read and counted by a version that the engagement used; read only."""
    pack = read_version(workspace, ref)
    now = workspace.pack
    aliases: dict[str, str] = {}
    for other, present in now.present_id.items():
        # what is called otherwise now was this item then
        back = next((own for own in (present, other) if own in pack.items), None)
        if back is not None:
            aliases |= {code: back for code in (present, other) if code not in pack.items}
    return _Under(workspace, pack.model_copy(update={"aliases": {**pack.aliases, **aliases}}))


class _Under(Workspace):
    """A workspace whose engagement uses another version of its pack."""

    def __init__(self, base: Workspace, pack: Pack) -> None:
        self._under = pack
        super().__init__(_ReadOnly(base.store), place=base.place, me=base.me, clock=base.clock)

    def said_engagement(self) -> dict[str, Any]:
        """What its records say, in the words of that version."""
        found, pack = super().said_engagement(), self._under
        return found | {
            "pack": pack.ref.model_dump(),
            "modules": [module for module in found["modules"] if module in pack.modules],
            "wave": found["wave"] if found["wave"] in pack.waves else pack.file.waves[0].id,
        }

    @property
    def pack(self) -> Pack:
        """The version looked through."""
        return self._under


class _ReadOnly:
    """A store that takes nothing in."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, *_what: object) -> int:
        """Refuse. Raises AssessError."""
        raise AssessError(_("results by an earlier version are only read"))

    put_many = put


@dataclass(frozen=True)
class Compared:
    """One candidate in one module by two versions."""

    module: str
    candidate: str
    old_score: float | None
    new_score: float | None
    old_rank: int | None
    new_rank: int | None
    old_status: str
    new_status: str


def compared(
    workspace: Workspace, ref: PackRef, modules: Iterable[str] = (), wave: str | None = None
) -> list[Compared]:
    """The rankings of the present version beside those of an earlier one, from the same answers."""
    chosen = [workspace.module(code).id for code in modules]
    before = under(workspace, ref)
    chosen = chosen or [module.id for module in workspace.modules]
    both = [code for code in chosen if code in before.pack.modules]
    if not both:
        raise BadInput(_("the two versions have none of these modules in common"))
    at = workspace.scoring.wave(wave)
    old, new = before.rank(both, at), workspace.rank(both, at)
    found = []
    for earlier, now in zip(old.modules, new.modules, strict=True):
        for one in now.candidates:
            was = earlier.of(one.candidate)
            found.append(
                Compared(
                    now.module,
                    one.candidate,
                    was.score if was else None,
                    one.score,
                    was.rank if was else None,
                    one.rank,
                    was.status if was else "",
                    one.status,
                )
            )
    return found
