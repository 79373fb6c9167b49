"""Files, links and addresses where nobody would expect them: told, and nothing else is harmed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and pipes as POSIX has them")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def pipe(path: Path) -> None:
    os.mkfifo(path)


@POSIX
@pytest.mark.parametrize("spoil", [loop, nowhere, pipe, Path.mkdir])
def test_one_interview_that_is_no_file_is_named_and_the_rest_works(
    assess: Run, riverside: Path, spoil: Callable[[Path], None]
) -> None:
    spoilt = min((riverside / "interviews").glob("*.json"))
    spoilt.unlink()
    spoil(spoilt)
    ranked = assess("rank", "--workspace", riverside)
    assert ranked.code == 0
    assert "1 interview is damaged" in ranked.err
    verified = assess("verify", "--workspace", riverside)
    assert verified.code == 1
    assert str(spoilt) in verified.out


@POSIX
def test_a_workspace_that_is_a_link_to_itself_is_no_workspace(assess: Run, tmp_path: Path) -> None:
    loop(tmp_path / "round")
    ran = assess("rank", "--workspace", tmp_path / "round")
    assert ran.code == 2
    assert "round" in ran.err


@pytest.mark.parametrize(
    "name", ["engagement.json", "engagement.json.wal", "audit.jsonl", "interviews/x.html"]
)
def test_an_export_is_never_written_over_a_workspace_s_records(
    assess: Run, riverside: Path, name: str
) -> None:
    target = riverside / name
    before = target.read_bytes() if target.exists() else None
    ran = assess("export", "form", "--format", "html", "-o", target, "--workspace", riverside)
    assert ran.code == 2
    assert str(target) in ran.err
    assert (target.read_bytes() if target.exists() else None) == before


def test_a_notice_beyond_the_calendar_is_bad_input(assess: Run, riverside: Path) -> None:
    words = ("plan", "--without", "JA", "--told-on", "9999-12-31")
    ran = assess(*words, "--workspace", riverside)
    assert ran.code == 2
    assert "9999-12-31" in ran.err


def test_an_unknown_phase_is_told_where_a_person_s_growth_does_not_ask_for_it(
    assess: Run, riverside: Path
) -> None:
    ran = assess("develop", "HE", "--phase", "never", "--workspace", riverside)
    assert ran.code == 2
    assert "never" in ran.err


@pytest.mark.parametrize("options", ["", "?sslmode=zzz", "?service=none"])
def test_an_address_that_no_server_was_asked_about_is_bad_input(assess: Run, options: str) -> None:
    pytest.importorskip("psycopg")
    port = "" if options else ":77777"
    ran = assess("rank", "--workspace", f"postgresql://a%22b@localhost{port}/x{options}")
    assert ran.code == 2
    assert "a%22b@localhost" in ran.err


def test_an_export_that_the_log_could_not_note_is_told_as_written(
    assess, riverside, tmp_path, monkeypatch
):
    from assess.errors import StoreError
    from assess.workspace.workspace import Workspace

    def refused(*_words, **_codes):
        raise StoreError("audit.jsonl: permission is missing")

    monkeypatch.setattr(Workspace, "log", refused)
    done = assess("export", "scores", "-o", tmp_path / "s.csv", "--workspace", riverside)
    assert done.code == 1
    assert "s.csv is written, but the workspace's log could not note it" in done.err
    assert "Nothing was changed" not in done.err
    assert (tmp_path / "s.csv").exists()


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many files come to their place; for the next the disk is full."""
    from assess.store import disk

    real = disk.replace

    def begin(files: int) -> None:
        left = iter(range(files))

        def replace(source: str, target: str) -> None:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(source, target)

        monkeypatch.setattr(disk, "replace", replace)

    return begin


def test_a_copy_that_a_full_disk_refused_leaves_no_folder_behind(
    assess: Run, riverside: Path, tmp_path: Path, full_after: Callable[[int], None]
) -> None:
    full_after(0)
    ran = assess("merge", riverside, "--workspace", tmp_path / "far" / "copy")
    assert ran.code == 1
    assert "Nothing was changed" in ran.err
    assert not (tmp_path / "far").exists()


def test_what_came_in_before_the_disk_was_full_is_not_denied(
    assess: Run,
    riverside: Path,
    tmp_path: Path,
    full_after: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = tmp_path / "copy"
    full_after(30)
    ran = assess("merge", riverside, "--workspace", copy)
    assert ran.code == 1
    assert "Nothing was changed" not in ran.err
    assert "do the same again" in ran.err
    monkeypatch.undo()
    assert len(list((copy / "interviews").glob("*.json"))) in range(1, 31)
    assert assess("merge", riverside, "--workspace", copy).code == 0
    assert assess("verify", "--workspace", copy).code == 0
