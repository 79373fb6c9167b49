"""What a shell is told when somebody presses Tab, asked as the shell asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assess.cli import main


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    home = tmp_path_factory.mktemp("completing")
    roster = home / "people.csv"
    roster.write_text(
        "candidate,name,team\nHE,Helen,Cost control\nQI,琪,Buying\nHU,Hugo,Buying\n王伟,,采购部\n",
        encoding="utf-8",
    )
    words = ["--workspace", str(home / "workspace")]
    made = ["init", "--name", "Riverside", "--pack", "key-user", "--modules", "COST,PROC"]
    assert main([*words, *made]) == 0
    assert main([*words, "import", "roster", str(roster)]) == 0
    return home / "workspace"


def offered(line: str, place: Path, *, lang: str = "en") -> set[str]:
    """What bash would offer behind ``line``."""
    answer = place.parent / "answer"
    env = {
        **os.environ,
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "COMP_TYPE": "9",
        "_ARGCOMPLETE_IFS": "\n",
        "ASSESS_WORKSPACE": str(place),
        "LANG": lang,
    }
    done = subprocess.run(
        [sys.executable, "-m", "assess"], env=env, capture_output=True, check=True
    )
    assert done.stderr == b""
    found = answer.read_text(encoding="utf-8").split("\n")
    return {code.replace("\\", "").strip() for code in found if code}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("assess expl", {"explain"}),
        ("assess explain ", {"HE", "HU", "QI", "王伟"}),
        ("assess explain H", {"HE", "HU"}),
        ("assess explain HE ", {"COST", "PROC"}),
        ("assess rank COST P", {"PROC"}),
        ("assess plan --without H", {"HE", "HU"}),
        ("assess plan --without-team ", {"Cost control", "Buying", "采购部"}),
        ("assess as ", {"manager"}),
        ("assess interview HE --questionnaire k", {"knowledge"}),
        ("assess agree HE BPM-", {"BPM-1", "BPM-2", "BPM-3", "BPM-4"}),
        ("assess rank --wave M0", {"M0"}),
        ("assess explain 王", {"王伟"}),
        ("assess plan --without-team 采", {"采购部"}),
        ("assess facts COST handover", {"handover_days="}),
        ("assess develop HE --add BPM-H", {"BPM-H1", "BPM-H2"}),
        ("assess plan --phase bu", {"build"}),
        ("assess interview HE --rater ", set()),
        ("assess pack show key", {"key-user"}),
    ],
)
def test_commands_and_codes_of_the_workspace_are_completed(place, line, expected):
    assert offered(line, place) == expected


def test_options_are_completed(place):
    assert "--method" in offered("assess rank --", place)


def test_a_workspace_that_is_not_there_offers_nothing_and_is_not_made(tmp_path):
    nowhere = tmp_path / "nowhere"
    assert offered("assess explain ", nowhere) == set()
    assert not nowhere.exists()


def test_files_are_offered_where_a_file_is_named_whatever_the_others_are_called(place):
    folder = place.parent / "files"
    folder.mkdir()
    for name in ("表 1.csv", "other.csv", ".hidden.csv", os.fsdecode(b"no\xff.csv")):
        (folder / name).touch()
    (folder / "more").mkdir()
    line = f"assess import roster {folder}/"
    offers = {one.removeprefix(f"{folder}/") for one in offered(line, place)}
    assert offers == {"表 1.csv", "other.csv", "more/"}
    assert offered(f"{line}o", place) == {f"{folder}/other.csv"}
    assert offered(f"{line}none/", place) == set()


def test_zsh_gets_its_completion_begun_where_nobody_did(capsys):
    assert main(["completion", "zsh"]) == 0
    first, second, *_rest = capsys.readouterr().out.splitlines()
    assert first == "#compdef assess"
    assert "compinit" in second


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_lines_that_name_the_command(shell, capsys):
    assert main(["completion", shell]) == 0
    lines = capsys.readouterr().out
    assert "assess" in lines
    assert "_ARGCOMPLETE" in lines


def test_the_lines_for_bash_make_it_complete(place):
    script = (
        f'assess() {{ "{sys.executable}" -m assess "$@"; }}; eval "$(assess completion bash)";'
        " complete -p assess"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("assess"), done.stderr
