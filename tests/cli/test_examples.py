"""The example that the help of a command ends with does on the demonstration what it says."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest
from test_help import COMMANDS

from assess.cli import main
from assess.packs import find_pack

ELSEWHERE = ("assess demo", "assess serve", "assess team")
"""What has tests of its own that run it: test_demo.py, test_serve.py, test_team_commands.py."""
NEEDS_SOMEBODY = {
    "assess interview": "needs a terminal",
    "assess calibrate": "needs a terminal",
    "assess self": "needs a terminal",
    "assess erase": "add --yes",
}
"""Whoever types it has a terminal; a test has none, and it stops there and no sooner."""
BEFORE = {
    "assess settle": "merge ../anna",
    "assess join": "import roster people.csv",
    "assess pack compare": "pack migrate my-pack --reason r",
}
"""What one has done when one comes to that command."""
MAKES_THE_PACK = ("assess pack new", "assess pack import-xlsform", "assess pack import-xlsx")


def example_of(command: str) -> list[str]:
    """The words behind ``assess``."""
    example = str(COMMANDS[command].epilog).partition("example: ")[2]
    inner = example[example.index("assess") :].rstrip(')"') if example[:4] == "eval" else example
    return [word for word in shlex.split(inner)[1:] if word != "--watch"]


@pytest.fixture(scope="module")
def town(riverside_once, tmp_path_factory):
    """The files that the examples name, beside the demonstration."""
    town = tmp_path_factory.mktemp("town")
    here = town / "here"
    shutil.copytree(riverside_once, here / "riverside")
    shutil.copytree(riverside_once, town / "anna")
    (town / "bo").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(here)

        def run(line: str, workspace: str = "riverside") -> None:
            assert main([*shlex.split(line), "--workspace", workspace]) == 0, line

        run("backup riverside.zip")
        shutil.copy("riverside.zip", town / "bo" / "backup.zip")
        run("export ratings -o ratings.xlsx")
        shutil.copytree(find_pack("key-user"), "my-pack")
        pack = Path("my-pack/pack.yaml")
        text = pack.read_text(encoding="utf-8")
        assert "version: 1.1.0" in text
        pack.write_text(text.replace("version: 1.1.0", "version: 1.2.0"), encoding="utf-8")
        run("pack export-xlsx my-pack -o my-pack.xlsx")
        Path("people.csv").write_text("candidate\nK07\nK70\n", encoding="utf-8")
        Path("groups.csv").write_text("candidate,group\nJA,a\nHE,b\n", encoding="utf-8")
        book = openpyxl.Workbook()
        page = book.active
        page.title = "survey"
        page.append(["type", "name", "label"])
        page.append(["integer", "years", "How many years?"])
        book.save("survey.xlsx")
        for place, value in (("riverside", "3"), (str(town / "anna"), "4")):
            run(f"agree HE BPM-2 {value} --reason r", place)
    return town


@pytest.fixture
def here(town, tmp_path, monkeypatch):
    """A copy of it all to work in."""
    shutil.copytree(town, tmp_path / "town")
    monkeypatch.chdir(tmp_path / "town" / "here")
    monkeypatch.setenv("ASSESS_WORKSPACE", "riverside")


@pytest.mark.parametrize("command", [one for one in COMMANDS if not one.startswith(ELSEWHERE)])
def test_the_example_works(command, here, assess):
    if command in BEFORE:
        assert main(BEFORE[command].split()) == 0
    if command in MAKES_THE_PACK:
        shutil.rmtree("my-pack")
    words = example_of(command)
    if command == "assess init":
        words += ["--workspace", "new"]
    if command == "assess settle":
        (found,) = json.loads(assess("conflicts", "--json").out)["conflicts"]
        words[1], words[3] = found["id"], found["shown"]
    done = assess(*words)
    if command in NEEDS_SOMEBODY:
        assert done.code == 2
        assert NEEDS_SOMEBODY[command] in done.err
    else:
        assert done.code == 0, done.err
