"""Words that open the app are read without the parser of all commands, and mean the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assess.cli import _only_the_app
from assess.cli.parser import parse


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--workspace", "folder"],
        ["--as", "R1", "--lang", "zh"],
        ["--lang", "en", "--lang", "zh", "--workspace", "a", "--workspace", "b"],
    ],
)
def test_the_app_opens_as_the_parser_would_open_it(words):
    assert vars(_only_the_app(words)) == vars(parse(words))


@pytest.mark.parametrize(
    "words",
    [
        ["rank"],
        ["--workspace"],
        ["--workspace", "-x"],
        ["--lang", "fr"],
        ["--workspace=folder"],
        ["--workspace", ""],
        ["--as", " "],
        ["--ascii"],
        ["rank", "COST"],
    ],
)
def test_everything_else_is_left_to_the_parser(words):
    assert _only_the_app(words) is None


def test_an_empty_workspace_is_shown_without_pydantic():
    code = (
        "import sys\n"
        "import assess.cli.app, assess.tui.app, assess.tui.screens.home\n"
        "import assess.workspace.workspace\n"
        "print(sorted({'pydantic', 'argparse', 'yaml', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
