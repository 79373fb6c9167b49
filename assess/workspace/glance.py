"""What the first screen says of an engagement and its people, from the records as they are.

The models of people and packs take longer to load than that screen takes to be drawn. What the
records hold has been through them before it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assess.packs.face import Face
    from assess.workspace.workspace import Workspace


class Person(NamedTuple):
    """A candidate as lists name them."""

    id: str
    name: str
    department: str
    team: str
    modules: tuple[str, ...]
    """The modules stood for; empty: all."""


class Glance(NamedTuple):
    """An engagement with its people."""

    name: str
    pack: str
    """The hash of the pack in use."""
    modules: tuple[str, ...]
    wave: str
    phase: str
    go_live: str
    """A day, ISO 8601; empty where none is planned."""
    people: dict[str, Person]
    """The candidates by code, in the order of their codes."""
    raters: int
    face: Face
    """What the pack calls modules, phases and bands."""


def glance(workspace: Workspace) -> Glance:
    """The engagement as it stands now. Raises BadInput where none was started."""
    said = workspace.said_engagement()
    return Glance(
        said["name"],
        said["pack"]["hash"],
        tuple(said["modules"]),
        said["wave"],
        said.get("phase", ""),
        said.get("go_live") or "",
        _people(workspace),
        len({record["code"] for record in workspace.heads("rater")}),
        workspace.face,
    )


def _people(workspace: Workspace) -> dict[str, Person]:
    kept = workspace.standing.people
    if "glance" not in kept:
        kept["glance"] = {
            code: Person(
                code,
                one.get("name", ""),
                one.get("department", ""),
                one.get("team", ""),
                tuple(one.get("modules", ())),
            )
            for code, one in sorted(workspace.said_of("candidate").items())
        }
    return kept["glance"]
