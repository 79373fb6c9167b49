"""A command of which a word is missing or means nothing: told, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def stored(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["join", "JA", "LU", "--wave", "M0"], "--wave belongs to --rater"),
        (["join", "JA", "LU", "--rater", "R1", "--wave", "M9"], "no wave M9"),
        (["engagement", "--phase", "sometime"], "no phase sometime"),
        (["decide", "--a", "JA", "--by", "Ann"], "assess decide MODULE --a CANDIDATE"),
        (["decide", "COST", "--by", "Ann"], "assess decide MODULE --a CANDIDATE"),
        (["backup", "nowhere/at/all.zip"], "create it first"),
        (["calibrate", "a/b", "--plain"], "1-64 letters"),
        (["interview", "JA", "--rater", "a/b", "--plain"], "1-64 letters"),
        (["as", "a/b"], "1-64 letters"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else "",
)
def test_nothing_is_changed_and_what_would_be_right_is_said(
    assess: Run, riverside: Path, words: list[str], told: str
) -> None:
    assess("rank", "--workspace", riverside)
    before = stored(riverside)
    ran = assess(*words, "--workspace", riverside)
    assert ran.code == 2
    assert told in ran.err
    assert stored(riverside) == before
