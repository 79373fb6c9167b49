"""A workspace in memory with a pack that has every item type, and pictures to compare with."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator

import pytest
from textual.app import App
from tui_memory import memory_workspace, pack_files
from tui_pictures import PICTURES, picture_of, words_of

from assess import i18n
from assess.workspace.workspace import Workspace

SIZES = {"80x24": (80, 24), "120x36": (120, 36)}


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same terminal and language for every test."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    # how often it is asked after a key whether the app has come to rest; what counts as rest is the
    # same share of a processor
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 200)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 4000)
    monkeypatch.setattr("assess.tui.screens.interview_base.time_of_day", lambda: "09:30")
    time.tzset()
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def workspace() -> Workspace:
    return memory_workspace()


@pytest.fixture
def notice_workspace() -> Workspace:
    """A workspace whose pack has a notice."""
    notice = "notice: {en: We ask to choose key users., zh: 我们为选拔关键用户而询问。}"
    files = pack_files()
    return memory_workspace(files | {"pack.yaml": files["pack.yaml"] + notice.encode()})


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages, already in use."""
    i18n.use(request.param)
    return str(request.param)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Both sizes that pictures are taken at."""
    return SIZES[request.param]


@pytest.fixture
def same_picture(request: pytest.FixtureRequest) -> Callable[[App[object], str], None]:
    """Compare what an app shows with tests/tui/pictures/NAME-SIZE-LANGUAGE.svg."""

    def compare(app: App[object], name: str) -> None:
        width, height = app.size
        path = PICTURES / f"{name}-{width}x{height}-{i18n.language()}.svg"
        now = picture_of(app)
        if request.config.getoption("--update-pictures"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(now, encoding="utf-8")
            return
        assert path.exists(), f"no picture {path.name}: look at it and run with --update-pictures"
        before = path.read_text(encoding="utf-8")
        if now != before:
            changed = difflib.unified_diff(
                words_of(before).splitlines(), words_of(now).splitlines(), "kept", "now", n=1
            )
            words = "\n".join(changed) or "the words are the same, the colours or places differ"
            pytest.fail(f"{path.name} changed:\n{words}", pytrace=False)

    return compare
