"""A home and a cache of its own for every test."""

from pathlib import Path

import pytest
from laptops import answered, begin
from team_places import login, proxy, url  # noqa: F401 - fixtures of all tests on a team server

from assess.store import disk
from assess.workspace.backing import backup
from assess.workspace.workspace import Workspace


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine keeps what belongs to no workspace."""
    home = tmp_path_factory.mktemp("machine")
    monkeypatch.setenv("ASSESS_HOME", str(home / "home"))
    monkeypatch.setenv("ASSESS_CACHE", str(home / "cache"))
    return home


@pytest.fixture
def no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk, where a power cut is not what is tested."""
    monkeypatch.setattr(disk, "flush", lambda fd: None)
    monkeypatch.setattr(disk, "flush_folder", lambda path: None)


@pytest.fixture
def anna(tmp_path: Path) -> Workspace:
    """The first laptop, with an engagement."""
    return begin(tmp_path / "anna")


@pytest.fixture
def full(anna: Workspace) -> Workspace:
    """The first laptop, with answers of two raters."""
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=4)
    answered(anna, "KB", "R2", BPM_1=2)
    return anna


@pytest.fixture
def kept(full: Workspace, tmp_path: Path) -> Path:
    """A backup of it."""
    backup(full, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


@pytest.fixture
def workspace(riverside: Path) -> Workspace:
    """The demonstration."""
    return Workspace.open(riverside)


@pytest.fixture(scope="module")
def reading(riverside_once: Path) -> Workspace:
    """The demonstration, only read."""
    return Workspace.open(riverside_once)
