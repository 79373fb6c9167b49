"""Bringing together, settling, copies and erasure as commands."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from small_pack import interview_rows, write_pack, write_ratings

from assess.cli import main


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ASSESS_WORKSPACE", raising=False)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "pack")


def begun(tmp_path: Path, pack: Path, name: str, *rows: str) -> str:
    """A workspace with these ratings."""
    place = str(tmp_path / name)
    assert main(["init", "--name", "Riverside", "--pack", str(pack), "--workspace", place]) == 0
    file = write_ratings(tmp_path / f"{name}.csv", *rows)
    assert main(["import", "ratings", str(file), "--create", "--workspace", place]) == 0
    return place


@pytest.fixture
def anna(tmp_path: Path, pack: Path) -> str:
    return begun(tmp_path, pack, "anna", *interview_rows("KA", "R1", BPM=4, OWN=3, AVL=4))


@pytest.fixture
def bo(tmp_path: Path, pack: Path) -> str:
    return begun(tmp_path, pack, "bo", *interview_rows("KA", "R2", BPM=2, OWN=3, AVL=4))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capsys.readouterr()
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_tables_that_would_be_empty_say_why(tmp_path, pack, assess):
    place = ("--workspace", tmp_path / "new")
    assess("init", "--name", "T", "--pack", pack, *place)
    said = {command: assess(command, *place) for command in ("raters", "agreement", "decide")}
    assert {command: (one.out, one.err.strip()) for command, one in said.items()} == {
        "raters": ("", "no ratings yet"),
        "agreement": ("", "no ratings yet"),
        "decide": ("", "nothing was decided yet"),
    }


def test_two_laptops_that_began_apart_become_one_panel(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anna: str, bo: str
) -> None:
    new = str(tmp_path / "new")
    code, out, err = told(capsys, "merge", anna, bo, "--workspace", new)
    assert (code, out) == (0, "")
    assert "Riverside" in err
    assert "2 new" in err
    _code, out, _err = told(capsys, "rank", "PROC", "--json", "--workspace", new)
    (one,) = json.loads(out)["modules"][0]["candidates"]
    assert (one["candidate"], one["raters"]) == ("KA", 2)
    code, out, _err = told(capsys, "merge", anna, "--json", "--workspace", new)
    assert (code, json.loads(out)["records"], json.loads(out)["there"]) == (0, 0, 1)


def test_a_conflict_is_listed_and_settled(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, pack: Path, anna: str
) -> None:
    other = begun(tmp_path, pack, "other", *interview_rows("KA", "R1", BPM=1, OWN=3, AVL=4))
    assert "2 conflicts" in told(capsys, "merge", other, "--workspace", anna)[2]
    code, out, _err = told(capsys, "conflicts", "--json", "--workspace", anna)
    found = json.loads(out)["conflicts"]
    assert (code, [c["subject"]["item"] for c in found]) == (0, ["BPM-1", "BPM-2"])
    assert [[head["value"] for head in c["heads"]] for c in found] == [[4, 1], [4, 1]]
    for conflict in found:
        keep = conflict["heads"][0]["id"]
        words = ("settle", conflict["id"], "--keep", keep, "--reason", "asked", "--workspace", anna)
        assert told(capsys, *words)[0] == 0
    assert json.loads(told(capsys, "conflicts", "--json", "--workspace", anna)[1]) == {
        "conflicts": []
    }
    code, out, err = told(capsys, "conflicts", "--workspace", anna)
    assert (code, out) == (0, "")
    assert err


def test_joining_needs_no_reason_and_moves_by_rater(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, pack: Path
) -> None:
    rows = [
        *interview_rows("KA", "R1", BPM=4),
        *interview_rows("KA", "R2", BPM=2),
        *interview_rows("KB", "R1", BPM=3),
    ]
    place = begun(tmp_path, pack, "place", *rows)
    assert told(capsys, "join", "KA", "KB", "--rater", "R2", "--workspace", place)[0] == 0
    out = told(capsys, "export", "ratings", "--format", "json", "--workspace", place)[1]
    (sheet,) = json.loads(out)["sheets"]
    assert {(row["candidate"], row["rater"]) for row in sheet["rows"]} == {
        ("KA", "R1"),
        ("KB", "R1"),
        ("KB", "R2"),
    }
    assert told(capsys, "join", "KA", "KB", "--workspace", place)[0] == 0
    code, _out, err = told(capsys, "explain", "KA", "PROC", "--workspace", place)
    assert code == 2
    assert "KB" in err


def test_a_refused_merge_leaves_no_folder_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "odd.zip").write_bytes(b"PK\x03\x04 and no more")
    for words in (
        ("merge", str(tmp_path / "odd.zip")),
        ("merge", str(tmp_path / "nowhere")),
        ("restore", str(tmp_path / "odd.zip")),
        ("restore", str(tmp_path / "nowhere")),
    ):
        code, out, err = told(capsys, *words, "--workspace", str(tmp_path / "new"))
        assert (code, out) == (2, "")
        assert words[1] in err
        assert "Traceback" not in err
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", ["restore", "merge"])
@pytest.mark.parametrize("content", [b"no archive", b"PK\x03\x04 and then no more"])
def test_what_is_no_whole_archive_is_told_in_the_programs_own_words(
    tmp_path, pack, capsys, command, content
):
    place = begun(tmp_path, pack, "anna", *interview_rows("X", "R1", BPM=3))
    (tmp_path / "odd.zip").write_bytes(content)
    words = ("--lang", "zh", command, str(tmp_path / "odd.zip"), "--workspace", place)
    code, _out, err = told(capsys, *words)
    assert code == 2
    assert "odd.zip不是备份" in err
    assert "不完整" in err


def test_backup_restore_and_verify(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anna: str
) -> None:
    file, new = str(tmp_path / "kept.zip"), str(tmp_path / "new")
    assert told(capsys, "backup", file, "--workspace", anna)[0] == 0
    assert told(capsys, "restore", file, "--workspace", new)[0] == 0
    ranked = [told(capsys, "rank", "--json", "--workspace", place)[1] for place in (anna, new)]
    assert ranked[0] == ranked[1]
    assert told(capsys, "verify", "--workspace", new)[:2] == (0, "")
    interview = next((tmp_path / "new" / "interviews").glob("*.json"))
    interview.write_bytes(interview.read_bytes()[:-40])
    code, out, _err = told(capsys, "verify", "--workspace", new)
    assert code == 1
    assert interview.stem in out
    code, out, _err = told(capsys, "verify", "--json", "--workspace", new)
    assert (code, list(json.loads(out)["wrong"])) == (1, [interview.stem])


def test_erasing_in_a_pipe_needs_a_yes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anna: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _out, err = told(capsys, "erase", "KA", "--workspace", anna)
    assert code == 2
    assert "--yes" in err
    assert "KA" in told(capsys, "export", "ratings", "--workspace", anna)[1]
    assert told(capsys, "erase", "KA", "--yes", "--workspace", anna)[0] == 0
    assert "KA" not in told(capsys, "export", "ratings", "--workspace", anna)[1]
    assert told(capsys, "erase", "KA", "--yes", "--workspace", anna)[0] == 2


@pytest.mark.parametrize(("typed", "code"), [("KA\n", 0), ("yes\n", 1), ("\n", 1)])
def test_erasing_on_a_terminal_asks_for_the_code(anna: str, typed: str, code: int) -> None:
    words = [sys.executable, "-m", "assess", "erase", "KA", "--workspace", anna]
    leader, follower = pty.openpty()
    child = subprocess.Popen(words, stdin=follower, stdout=follower, stderr=follower)
    os.close(follower)
    os.write(leader, typed.encode())
    assert child.wait(60) == code
    os.close(leader)


def test_the_engagement_is_shown_and_changed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, pack: Path
) -> None:
    place = str(tmp_path / "place")
    start = ["init", "--name", "Riverside", "--pack", str(pack), "--workspace", place]
    assert main([*start, "--purpose", "choose", "--readers", "panel", "--ends", "2030-01-31"]) == 0
    found = json.loads(told(capsys, "engagement", "--json", "--workspace", place)[1])
    assert (found["purpose"], found["readers"], found["ends"]) == ("choose", "panel", "2030-01-31")
    words = ("engagement", "--wave", "M1", "--phase", "test", "--ends", "", "--json")
    found = json.loads(told(capsys, *words, "--workspace", place)[1])
    assert (found["wave"], found["phase"], found["ends"]) == ("M1", "test", None)
    assert found["purpose"] == "choose"
    code, _out, err = told(capsys, "engagement", "--ends", "soon", "--workspace", place)
    assert code == 2
    assert "2026-05-31" in err


def test_retention_lists_what_is_past(capsys: pytest.CaptureFixture[str], anna: str) -> None:
    assert told(capsys, "engagement", "--ends", "2020-01-31", "--workspace", anna)[0] == 0
    found = json.loads(told(capsys, "retention", "--json", "--workspace", anna)[1])
    assert (found["past"], [p["candidate"] for p in found["people"]]) == (True, ["KA"])
    assert "KA" in told(capsys, "retention", "--workspace", anna)[1]


def test_withdrawing_offers_erasure(capsys: pytest.CaptureFixture[str], anna: str) -> None:
    code, _out, err = told(capsys, "withdraw", "KA", "--workspace", anna)
    assert code == 0
    assert "assess erase KA" in err
    out = told(capsys, "rank", "PROC", "--json", "--workspace", anna)[1]
    assert json.loads(out)["modules"][0]["candidates"] == []


def test_all_on_one_person_is_exported(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anna: str
) -> None:
    file = tmp_path / "ka.md"
    assert told(capsys, "export", "person", "KA", "-o", str(file), "--workspace", anna)[0] == 0
    assert "BPM-1" in file.read_text(encoding="utf-8")
    assert told(capsys, "export", "person", "KX", "--format", "json", "--workspace", anna)[0] == 2
