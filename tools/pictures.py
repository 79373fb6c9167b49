"""Makes the pictures of the documents from the demonstration: ``python tools/pictures.py``."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from assess import i18n
from assess.demo import build
from assess.tui.app import AssessApp, InterviewStart
from assess.workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "tui"))
from tui_pictures import picture_of  # noqa: E402 - the tests' way, where Chinese takes two cells

PICTURES = ROOT / "docs" / "pictures"
SIZE = (100, 28)
START = InterviewStart("WE", "R2", "interview", "M0")
SHOTS: dict[str, tuple[InterviewStart | None, tuple[str, ...]]] = {
    "ranking": (None, ("m",)),
    "interview": (START, ()),
    "cover": (None, ("c", "down", "down", "down", "down", "space")),
}


async def take(workspace: Workspace, name: str) -> None:
    """One screen, reached by keys, as an SVG."""
    start, keys = SHOTS[name]
    app = AssessApp(workspace, start=start)
    async with app.run_test(size=SIZE) as pilot:
        for key in (None, *keys):
            if key is not None:
                await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        (PICTURES / f"{name}.svg").write_text(picture_of(app), encoding="utf-8")


def main() -> None:
    """Every picture."""
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    i18n.use("en")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "riverside", create=True)
        build(workspace)
        for name in SHOTS:
            asyncio.run(take(workspace, name))


if __name__ == "__main__":
    main()
