"""A cache of its own for every test, workspaces in each kind of store, and a team on a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import Opener
from team_samples import PEOPLE, Ask, asked, begun, first_schema
from team_server import TeamServer

from assess.store import open_store
from assess.store.folder import FolderStore
from assess.store.protocol import Store


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("ASSESS_CACHE", str(path))
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where a workspace is that a store has made."""
    open_store(tmp_path / "workspace", create=True).close()
    return tmp_path / "workspace"


@pytest.fixture
def folder(root: Path) -> FolderStore:
    """A workspace in a folder."""
    return FolderStore(root)


@pytest.fixture(params=["folder", "postgres"])
def place(request: pytest.FixtureRequest) -> str:
    """Where a workspace is, in each kind of store there is."""
    if request.param == "folder":
        return str(request.getfixturevalue("root"))
    return str(request.getfixturevalue("team_server").prepared())


@pytest.fixture
def opener(place: str) -> Iterator[Opener]:
    """Opens one and the same workspace each time."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(place, fresh=0))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


@pytest.fixture
def url(team_server: TeamServer) -> str:
    """A server on which Bo rated KA and KB and submitted, and KA took the self-test."""
    url = team_server.prepared(*PEOPLE)
    begun(url)
    return url


@pytest.fixture
def ask(url: str) -> Ask:
    """Asks that server by bare SQL, as one of its members."""
    return asked(url)


@pytest.fixture
def old(team_server: TeamServer) -> str:
    """A database of the first schema, with a team and one interview."""
    return first_schema(team_server)
