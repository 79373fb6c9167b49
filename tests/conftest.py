"""What every test stands on: a home of its own, English, and the command line in process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from assess import i18n

if TYPE_CHECKING:
    from team_server import TeamServer

# a busy machine must not fail a property
settings.register_profile("assess", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# each mutant, and each line under coverage, is asked a few times, and the same every time
settings.register_profile(
    "few", settings.get_profile("assess"), max_examples=8, derandomize=True, database=None
)
settings.load_profile("assess")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-pictures",
        action="store_true",
        help="write the screens' pictures anew instead of comparing with them",
    )


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what belongs to who runs it."""
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("ASSESS_HOME", str(home))
    monkeypatch.setenv("ASSESS_CACHE", str(home / "cache"))
    monkeypatch.delenv("ASSESS_WORKSPACE", raising=False)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def assess(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run a command line in this process: ``assess("rank", "--json")``."""
    from assess.cli import main

    def run(*words: object) -> Ran:
        capfdbinary.readouterr()
        code = main([str(word) for word in words])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def team_server() -> Iterator[TeamServer]:
    """A PostgreSQL server, started once; ``prepared()`` gives a database of one's own."""
    from team_server import TeamServer

    server = TeamServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def riverside_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration engagement, built once by the command in a process of its own."""
    root = tmp_path_factory.mktemp("riverside")
    subprocess.run(
        [sys.executable, "-m", "assess", "demo", "--headless", "--workspace", root / "workspace"],
        check=True,
        capture_output=True,
        env=os.environ | {"ASSESS_HOME": str(root / "home"), "ASSESS_CACHE": str(root / "cache")},
    )
    return root / "workspace"


@pytest.fixture
def riverside(riverside_once: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration workspace that a test may change."""
    return Path(shutil.copytree(riverside_once, tmp_path / "riverside"))


@pytest.fixture(scope="session")
def story_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The founding story, built once by commands."""
    from story import build_story

    root = tmp_path_factory.mktemp("story")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ASSESS_HOME", str(root / "home"))
        patched.setenv("ASSESS_CACHE", str(root / "cache"))
        patched.delenv("ASSESS_WORKSPACE", raising=False)
        return build_story(root)


@pytest.fixture
def story(story_once: Path, tmp_path: Path) -> Path:
    """A copy of the founding story that a test may change."""
    return Path(shutil.copytree(story_once, tmp_path / "story"))
