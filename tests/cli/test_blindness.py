"""Who works as an interviewer learns nothing of others' ratings before submitting an own one.

Every command of the parser runs in two worlds that differ in nothing but what others rated, noted,
agreed and answered alone: whatever it prints and whatever file it writes is the same in both.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from blind_pack import FILES

from assess.cli.parser import build
from assess.model.ids import ulid_text
from assess.model.people import Candidate, Rater
from assess.packs import load_pack_files
from assess.workspace.calibration import calibration
from assess.workspace.selftest import self_test
from assess.workspace.workspace import Workspace

WORLDS = {
    "low": {"values": (1, 2, 1), "note": "LOWNOTE", "options": ("A", "B"), "agreed": 1},
    "high": {"values": (5, 4, 5), "note": "HIGHNOTE", "options": ("B", "A"), "agreed": 5},
}
SECRETS = ("LOWNOTE", "HIGHNOTE")

EXPORTS = {
    "shortlist": ["--module", "PROC"],
    "feedback": ["X"],
    "person": ["X"],
    "kit": ["--without", "X"],
}
"""What an export needs besides its name; those that are not here need nothing."""

WORDS: dict[str, list[list[str]]] = {
    "init": [["--name", "again", "--pack", "key-user", "--modules", "PROC"]],
    "import roster": [["roster.csv"]],
    "import ratings": [["ratings.csv"], ["ratings.csv", "--update"]],
    "interview": [
        ["X", "--rater", "R1", "--plain"],
        ["X", "--rater", "R2", "--plain"],
        ["Y", "--rater", "R2", "--plain", "--form", "short"],
        ["X", "--rater", "R1", "--plain", "--questionnaire", "knowledge"],
    ],
    "calibrate": [["R1", "--json"], ["R2", "--json"], ["R1", "--plain"], ["R2", "--plain"]],
    "self": [["X", "--plain"], ["Y", "--plain"]],
    "as": [[]],
    "agree": [["X", "BPM-1", "3", "--reason", "talked over"]],
    "rank": [
        [],
        ["PROC"],
        ["--json"],
        ["--csv"],
        ["--method"],
        ["--json", "--as-of", "2027-02-01"],
    ],
    "explain": [["X", "PROC"], ["X", "PROC", "--json"], ["Y", "PROC", "--json"]],
    "compare": [["X", "Y"], ["X", "Y", "--json"], ["X", "Y", "--module", "PROC", "--json"]],
    "agreement": [[], ["--json"], ["--json", "--level", "competency"]],
    "raters": [[], ["--json"]],
    "panel": [[], ["--json"]],
    "fairness": [["groups.csv", "--module", "PROC"], ["groups.csv", "--module", "PROC", "--json"]],
    "plan": [[], ["--json"], ["--without", "X"], ["--without", "X", "--json"], ["--worst"]],
    "facts": [["PROC"], ["PROC", "--json"], ["PROC", "users=40", "--source", "HR"]],
    "decide": [["PROC", "--a", "X", "--b", "Y", "--by", "Lin", "--reason", "agreed"]],
    "develop": [["X"], ["X", "--json"], ["X", "--module", "PROC", "--json"], ["X", "--overdue"]],
    "merge": [["other"], ["other", "--json"]],
    "pack versions": [[]],
    "pack migrate": [["key-user"]],
    "pack compare": [[], ["PROC", "--json"]],
    "conflicts": [[], ["--json"]],
    "settle": [["nothing", "--keep", "nothing", "--reason", "r"]],
    "join": [["Y", "X", "--reason", "one person"]],
    "verify": [[], ["--json"]],
    "backup": [["copy.zip"]],
    "restore": [["before.zip"], ["before.zip", "--json"]],
    "engagement": [[], ["--json"]],
    "notice": [["Y"]],
    "withdraw": [["Y"]],
    "erase": [["Y", "--yes"]],
    "retention": [[], ["--json"]],
}
"""What each command is tried with. A command that is not here must be in ``APART``."""

COPIES = {"backup": "copy.zip"}
"""Files that are the workspace itself: whoever has the folder has its files."""

APART = {
    "demo": "makes a workspace of its own",
    "serve": "runs the app; its screens are tested as screens",
    "completion": "prints the words of the parser",
    "pack check": "reads a pack, no workspace",
    "pack show": "reads a pack, no workspace",
    "pack schema": "reads nothing",
    "pack import-xlsform": "reads a form, no workspace",
    "pack import-xlsx": "reads a workbook, no workspace",
    "pack export-xlsx": "reads a pack, no workspace",
    "pack new": "writes a pack, no workspace",
    "pack diff": "reads packs, no workspace",
    "team init": "needs a server, which enforces blindness itself",
    "team grant": "needs a server, which enforces blindness itself",
    "team revoke": "needs a server, which enforces blindness itself",
    "team status": "needs a server, which enforces blindness itself",
}


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, object]]:
    """Every command by its whole name, with its parser."""
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    for action in below:
        for word, inner in action.choices.items():
            yield from leaves(inner, f"{name} {word}".strip())


def exports() -> Iterator[list[str]]:
    """Every report in every format."""
    parser = dict(leaves(build()))["export"]
    choices = {
        a.option_strings[-1] if a.option_strings else a.dest: a.choices for a in parser._actions
    }
    for what in choices["what"]:
        for form in choices["--format"]:
            yield ["export", what, *EXPORTS.get(what, []), "--format", form, "-o", f"out.{form}"]


def calls() -> list[list[str]]:
    found = [[*name.split(), *words] for name, tried in WORDS.items() for words in tried]
    return [*found, *exports()]


def test_every_command_is_tried_or_set_apart_for_a_reason():
    known = {name for name, _parser in leaves(build())}
    assert known - set(WORDS) - set(APART) == {"export"}
    assert set(WORDS) - known == set()


def build_world(place: Path, world: dict) -> None:
    """R1 and R3 have submitted, R2 is half done with X; what others said is of ``world``."""
    minutes, ids = count(), count(1)

    def clock() -> str:
        minute = next(minutes)
        return f"2027-01-04T{9 + minute // 60:02}:{minute % 60:02}:00.000+00:00"

    workspace = Workspace.open(place, create=True)
    workspace.clock, workspace._new_id = clock, lambda: ulid_text(next(ids))
    workspace.start("Riverside", FILES, load_pack_files(FILES), ["PROC"])
    people = [Candidate(id="X", name="Helen"), Candidate(id="Y", name="Qi")]
    workspace.put_people([*people, *(Rater(id=code) for code in ("R1", "R2", "R3"))])
    for candidate in ("X", "Y"):
        for rater, value in zip(("R1", "R3"), world["values"], strict=False):
            session = workspace.interview(candidate, rater)
            for item in ("BPM-1", "BPM-2", "OWN-1", "OWN-2"):
                session.answer(item, value if item != "OWN-2" or rater == "R1" else 6 - value)
                session.note(item, f"{world['note']} {item}")
            session.submit()
            keyed = workspace.interview(candidate, rater, "knowledge")
            for item, option in zip(("K1", "K2"), world["options"], strict=True):
                keyed.answer(item, option)
            keyed.submit()
        alone = self_test(workspace, candidate)
        alone.agree()
        alone.answer("S-1", world["values"][2])
        alone.submit()
    mine = workspace.interview("X", "R2")
    mine.answer("BPM-1", 3)
    mine.note("BPM-1", "my own note")
    for item in ("BPM-1", "OWN-2"):
        workspace.agree("X", item, world["agreed"], "talked over")
    for apart in (0, 1):
        agreed = {"candidate": "Y", "item": "OWN-1", "wave": "M0", "reason": "apart"}
        workspace.add({"kind": "agreed", "value": world["agreed"] % 4 + apart, **agreed})
    calibration(workspace, "R1").rate("C1", world["values"][0])
    workspace.close()


def change_apart(here: Path, value: int) -> None:
    """R1 changes an answer on two laptops, and two panels agree on different values."""
    for folder, added in (("workspace", 0), ("other", 1)):
        workspace = Workspace.open(here / folder)
        workspace.clock = lambda: "2027-01-05T09:00:00.000+00:00"
        ids = count(10_000 + 1000 * added)
        workspace._new_id = lambda ids=ids: ulid_text(next(ids))
        session = workspace.interview("X", "R1")
        session.reopen("misheard")
        session.answer("BPM-2", value - 2 + added if value > 3 else value + 2 + added)
        workspace.agree("Y", "BPM-1", value - 2 + added if value > 3 else value + 1 + added, "r")
        workspace.close()


class Told:
    """What a call printed and wrote."""

    def __init__(self, code: int, out: str, err: str, files: dict[str, bytes]) -> None:
        self.code, self.out, self.err, self.files = code, out, err, files


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> dict[str, Path]:
    """Both worlds, made once."""
    home = tmp_path_factory.mktemp("worlds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSESS_HOME", str(home / "home"))
        patch.setenv("ASSESS_CACHE", str(home / "cache"))
        patch.setattr("assess.workspace.recording.device", lambda: "D1")
        for name, world in WORLDS.items():
            build_world(home / name, world)
    return {name: home / name for name in WORLDS}


@pytest.fixture
def in_each_world(assess, tmp_path, monkeypatch, kept):
    """Run a call as R2 in both worlds, each on a workspace of its own at the same place."""
    monkeypatch.setattr("assess.workspace.recording.device", lambda: "D1")

    def run(call: list[str], me: str = "R2") -> list[Told]:
        found = []
        for name, source in kept.items():
            here = tmp_path / "here"
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(source, here / "workspace")
            monkeypatch.setenv("ASSESS_HOME", str(tmp_path / f"home-{name}"))
            monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / f"cache-{name}"))
            (here / "roster.csv").write_text("candidate,name\nZ,Zoe\n", encoding="utf-8")
            (here / "ratings.csv").write_text(
                "candidate,rater,item,value\nX,R2,BPM-2,4\nX,R1,BPM-1,3\n", encoding="utf-8"
            )
            (here / "groups.csv").write_text("candidate,group\nX,a\nY,b\n", encoding="utf-8")
            monkeypatch.chdir(here)
            if call[0] == "merge":
                shutil.copytree(source, here / "other")
                change_apart(here, WORLDS[name]["values"][0])
            if call[0] == "restore":
                assess("backup", "before.zip", "--workspace", "workspace")
            inputs = {path.name for path in here.iterdir()}
            monkeypatch.setattr("sys.stdin", io.StringIO("r\n?\nl\ng BPM-1\nb\nq\n"))
            done = assess(*call, "--workspace", "workspace", "--as", me)
            left = COPIES.get(call[0])
            files = {
                path.name: path.read_bytes()
                for path in sorted(here.iterdir())
                if path.name not in inputs and path.name != left
            }
            found.append(Told(done.code, done.out, done.err, files))
        os.chdir(tmp_path)
        return found

    return run


@pytest.mark.parametrize("call", calls(), ids=" ".join)
def test_whatever_others_rated_an_interviewer_is_told_the_same(in_each_world, call):
    low, high = in_each_world(call)
    assert "Traceback" not in low.err
    assert (low.code, low.out, low.err) == (high.code, high.out, high.err)
    assert low.files == high.files
    for told in (low, high):
        for secret in SECRETS:
            assert secret not in told.out + told.err
            assert not any(secret.encode() in data for data in told.files.values())


OPEN_TO_MANAGERS = [
    ["rank", "--json"],
    ["explain", "X", "PROC", "--json"],
    ["compare", "X", "Y", "--json"],
    ["panel", "--json"],
    ["merge", "other", "--json"],
    ["raters", "--json"],
    ["develop", "X", "--json"],
    ["export", "ratings", "--format", "csv"],
    ["export", "person", "X", "--format", "json"],
    ["export", "feedback", "X", "--format", "md"],
]


@pytest.mark.parametrize("call", OPEN_TO_MANAGERS, ids=" ".join)
def test_a_manager_is_told_so_that_the_worlds_can_be_told_apart(in_each_world, call):
    low, high = in_each_world(call, "manager")
    assert low.code == 0, low.err
    assert low.out != high.out


def test_once_the_own_interview_is_submitted_the_others_of_that_candidate_show(
    in_each_world, assess, tmp_path, monkeypatch
):
    low, high = in_each_world(["export", "ratings", "--format", "csv"], "R1")
    assert low.out != high.out  # R1 has submitted, so R3's ratings show
    assert "R3" in low.out
