"""Plans of the demonstration, and workspaces on a pack small enough to see through."""

from __future__ import annotations

import pytest
from small_pack import PACK, write_pack, write_ratings


@pytest.fixture
def plan(assess, riverside):
    def run(*words):
        done = assess("plan", "--json", *words, "--workspace", riverside)
        assert done.code == 0, done.err
        return done.json

    return run


@pytest.fixture
def small(assess, tmp_path):
    place = tmp_path / "workspace"

    def run(*rows, pack=PACK):
        folder = write_pack(tmp_path / "pack", pack=pack)
        assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
        path = write_ratings(tmp_path / "r.csv", *rows)
        done = assess("import", "ratings", path, "--create", "--workspace", place)
        assert done.code == 0, done.err
        return place

    return run
