"""What a command loads: the rooms stay apart at run time too."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
import sys
from assess.cli import main
code = main({words!r})
loaded = {{name.partition(".")[0] for name in sys.modules}}
print(code, *sorted(loaded & {{"textual", "numpy", "scipy", "tinydb", "yaml", "pydantic"}}))
print(*sorted(name for name in sys.modules if name.startswith("scipy.stats")))
"""


def loaded(*words: str) -> tuple[str, list[str], str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=list(words))],
        capture_output=True,
        text=True,
        check=True,
    )
    *_printed, names, stats = done.stdout.split("\n")[:-1]
    code, *found = names.split(" ")
    return code, found, stats


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["rank", "--help"]])
def test_help_and_version_load_nothing_heavy(words):
    code, found, _stats = loaded(*words)
    assert (code, found) == ("0", [])


def test_a_ranking_loads_no_textual_and_no_scipy_stats(riverside):
    code, found, stats = loaded("rank", "--json", "--workspace", str(riverside))
    assert code == "0"
    assert "textual" not in found
    assert "numpy" in found
    assert stats == ""
