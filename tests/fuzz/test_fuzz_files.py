"""Whatever file comes in: taken whole, or refused with a word and nothing stored."""

from __future__ import annotations

from pathlib import Path

from doors import Fuzz

from assess.store import disk

FIRST, TRIES = 1_000, 120


def test_damaged_files_are_refused_with_a_word_and_nothing_is_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(disk, "flush", lambda fd: None)
    monkeypatch.setattr(disk, "flush_folder", lambda path: None)
    fuzz = Fuzz(_made(tmp_path / "place"))
    for seed in range(FIRST, FIRST + TRIES):
        fuzz.once(seed)
    assert fuzz.broken == []
    # were all refused, or none, the damage would be too much or too little
    assert fuzz.refused > TRIES / 4
    assert fuzz.good > TRIES / 20


def test_what_breaks_is_noted_with_its_seed(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "cache"))

    def stumble(path: object) -> None:
        raise KeyError(path)

    monkeypatch.setattr("doors.check_pack", stumble)
    fuzz = Fuzz(_made(tmp_path / "place"))
    for seed in range(40):
        fuzz.once(seed)
    assert fuzz.broken
    assert all("KeyError" in line and "yaml" in line for line in fuzz.broken)


def _made(place: Path) -> Path:
    place.mkdir()
    return place
