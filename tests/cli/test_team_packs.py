"""Packs in layers on a team server: begun with, imported under, gone over to, brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_pack import interview_rows, write_pack, write_ratings
from team_server import TeamServer, as_login, member


@pytest.fixture
def layered(tmp_path: Path) -> Path:
    """A private pack laid on the small one."""
    write_pack(tmp_path / "below")
    top = tmp_path / "top"
    top.mkdir()
    (top / "pack.yaml").write_text(
        "pack: private\nversion: 1.0.0\nextends: ../below\ntitle: Private\npolicy: {top: 2}\n"
    )
    return top


@pytest.fixture
def url(team_server: TeamServer, layered: Path, tmp_path: Path, assess: Callable[..., Any]) -> str:
    """A server on which an engagement was begun with it, and X and Y rated from a file."""
    url = team_server.prepared(("mia", "manager", ""), ("anna", "interviewer", "R1"))
    ran = assess("init", "--name", "T", "--pack", layered, "--workspace", url)
    assert ran.code == 0, ran.err
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=2, AVL=4),
        *interview_rows("Y", "R1", BPM=3, OWN=4, AVL=3),
    ]
    ratings = write_ratings(tmp_path / "r.csv", *rows)
    ran = assess("import", "ratings", ratings, "--create", "--workspace", url)
    assert ran.code == 0, ran.err
    return url


def paths(url: str) -> set[str]:
    with as_login(url, "mia") as connection:
        return {row[0] for row in connection.execute("SELECT path FROM assess.packs")}


def test_both_layers_are_kept_and_read_by_every_role(url: str, assess: Callable[..., Any]) -> None:
    assert {"pack.yaml", "extends/pack.yaml", "extends/interview.yaml"} <= paths(url)
    everything = assess("rank", "--json", "--workspace", url)
    for login in ("mia", "anna"):
        ran = assess("rank", "--json", "--workspace", member(url, login))
        assert ran.code == 0, ran.err
        assert ran.json == everything.json
    assert assess("verify", "--workspace", url).code == 0


def test_layers_go_to_a_laptop_a_backup_and_another_server_and_stay_the_same(
    url: str, team_server: TeamServer, tmp_path: Path, assess: Callable[..., Any]
) -> None:
    wanted = assess("rank", "--json", "--workspace", url).json
    laptop, restored, other = tmp_path / "laptop", tmp_path / "restored", team_server.prepared()
    for words in (
        ("merge", url, "--workspace", laptop),
        ("backup", tmp_path / "b.zip", "--workspace", member(url, "mia")),
        ("restore", tmp_path / "b.zip", "--workspace", restored),
        ("merge", laptop, "--workspace", other),
    ):
        ran = assess(*words)
        assert ran.code == 0, ran.err
    for place in (laptop, restored, other):
        assert assess("rank", "--json", "--workspace", place).json == wanted
        assert assess("verify", "--workspace", place).code == 0


def test_a_manager_goes_over_to_a_newer_version_and_an_interviewer_does_not(
    url: str, layered: Path, assess: Callable[..., Any]
) -> None:
    file = layered / "pack.yaml"
    file.write_text(file.read_text().replace("version: 1.0.0", "version: 1.1.0"))
    words = ("pack", "migrate", layered, "--reason", "shorter list", "--workspace")
    refused = assess(*words, member(url, "anna"))
    assert refused.code in (1, 2)
    assert "a manager or the owner brings packs in" in refused.err
    ran = assess(*words, member(url, "mia"))
    assert ran.code == 0, ran.err
    told = assess("pack", "versions", "--json", "--workspace", member(url, "anna")).json
    assert [one["version"] for one in told["versions"]] == ["1.0.0", "1.1.0"]
    assert assess("verify", "--workspace", url).code == 0
