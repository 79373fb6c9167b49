"""What was chosen on the cover: phase, pins, bars, who is marked, as of when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.workspace import Workspace

_KEPT = "cover"


@dataclass
class CoverChoices:
    """Kept while the app runs, so that one finds them again."""

    phase: str | None = None
    pins: list[str] = field(default_factory=list)
    """``MODULE.a=CODE``."""
    bars: list[str] = field(default_factory=list)
    """``CODE``, ``MODULE=CODE`` or ``MODULE.a=CODE``."""
    decided: bool = False
    """Whether the plan keeps to what was decided."""
    wave: str | None = None
    as_of: str | None = None
    """A past day, ISO 8601."""
    marked: list[str] = field(default_factory=list)
    """Who leaves, if they leave."""
    told_on: str | None = None
    """From when the notice runs; by default today."""
    _past: tuple[str, Workspace] | None = None

    def view(self, workspace: Workspace) -> Workspace:
        """The workspace, or what it was on the day chosen."""
        if self.as_of is None:
            return workspace
        if self._past is None or self._past[0] != self.as_of:
            from assess.workspace.past import as_of

            # kept, as what it worked out stays with it
            self._past = self.as_of, as_of(workspace, self.as_of)
        return self._past[1]

    def options(self) -> dict[str, Any]:
        """The choices as the functions on plans and departures take them."""
        return {
            "phase": self.phase,
            "pins": tuple(self.pins),
            "bars": tuple(self.bars),
            "wave": self.wave,
        }

    def options_without(self, gone: list[str]) -> dict[str, Any]:
        """The same without the pins of those who leave."""
        kept = tuple(pin for pin in self.pins if pin.partition("=")[2] not in gone)
        return self.options() | {"pins": kept}

    def wanted(self) -> dict[str, Any]:
        """The choices as exports take them."""
        return {
            **self.options_without(self.marked),
            "decided": self.decided,
            "without": tuple(self.marked),
            "told_on": self.told_on,
        }

    def pinned(self) -> set[tuple[str, str]]:
        """(module, role) of each pin."""
        places = [pin.partition("=")[0].rpartition(".") for pin in self.pins]
        return {(module, role) for module, _dot, role in places}

    def mark(self, code: str) -> None:
        """Mark somebody, or take the mark away."""
        if code in self.marked:
            self.marked.remove(code)
        else:
            self.marked.append(code)

    def mark_team(self, codes: list[str]) -> None:
        """Mark all of them; where all are marked, take the marks away."""
        if set(codes) <= set(self.marked):
            self.marked = [one for one in self.marked if one not in codes]
        else:
            self.marked += [code for code in codes if code not in self.marked]

    def pin(self, place: str, code: str) -> list[str]:
        """The pins with this one set, or taken away where it was; nobody is pinned to both."""
        wanted = f"{place}={code}"
        if wanted in self.pins:
            return [one for one in self.pins if one != wanted]
        module = place.rpartition(".")[0]
        both = {f"{module}.a={code}", f"{module}.b={code}"}
        others = [p for p in self.pins if not p.startswith(f"{place}=") and p not in both]
        return [*others, wanted]

    def bar(self, wanted: str) -> list[str]:
        """The bars with this one set, or lifted where it was."""
        if wanted in self.bars:
            return [one for one in self.bars if one != wanted]
        return [*self.bars, wanted]


def choices_of(app: AssessApp) -> CoverChoices:
    """The choices that the app keeps."""
    kept = app.kept.setdefault(_KEPT, CoverChoices())
    assert isinstance(kept, CoverChoices)
    return kept
