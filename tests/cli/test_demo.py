"""``assess demo``: in the language in use, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from assess import places
from assess.demo.temporary import temporary_copy
from assess.workspace.workspace import Workspace

HOLDS = """
from assess.demo.temporary import temporary_copy
with temporary_copy() as place:
    place.mkdir()
    print(place, flush=True)
    input()
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files that is nobody else's."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def program():
    """Starts programs that each hold a copy until they are ended, and gives its place."""
    started = []

    def start():
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        one = subprocess.Popen([sys.executable, "-c", HOLDS], env=os.environ.copy(), **pipes)
        started.append(one)
        return one, Path(one.stdout.readline().strip())

    yield start
    for one in started:
        one.kill()
        one.communicate()


def test_a_copy_left_by_a_killed_program_is_removed_by_the_next_and_one_in_use_stays(
    temporary, program
):
    killed, left = program()
    _living, used = program()
    killed.kill()
    killed.wait()
    assert left.exists()
    with temporary_copy() as own:
        assert not left.parent.exists()
        assert used.exists()
        assert own.parent.exists()
    assert [path.name for path in temporary.iterdir()] == [used.parent.name]


def test_what_only_looks_like_a_copy_is_left_alone(temporary, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "in-use").touch()
    (temporary / "assess-demo-link").symlink_to(elsewhere)
    (temporary / "assess-demo-notes").mkdir()
    with temporary_copy():
        pass
    assert (elsewhere / "in-use").exists()
    assert (temporary / "assess-demo-notes").exists()


def test_nothing_is_left_of_it_in_the_cache_either(assess, temporary):
    def kept():
        return set((places.cache_folder() / "workspaces").glob("*"))

    before = kept()
    assert assess("demo", "--headless").code == 0
    assert kept() == before
    assert list(temporary.iterdir()) == []


def test_in_chinese_who_said_what_and_who_owes_what_is_in_chinese(assess, tmp_path):
    place = ("--workspace", tmp_path / "workspace", "--lang", "zh")
    assert assess("demo", "--headless", *place).code == 0
    facts = assess("facts", "COST", "--json", *place).json["facts"]
    assert {fact["source"] for fact in facts if fact["source"]} == {
        "成本经理", "人力资源部", "项目经理",
    }  # fmt: skip
    plan = assess("develop", "HE", "--json", *place).json["plan"]
    assert {one["owner"] for one in plan} == {"成本经理", "项目经理"}
    (agreed,) = Workspace.open(tmp_path / "workspace").heads("agreed")
    assert "对照阅读双方记录" in agreed["reason"]
