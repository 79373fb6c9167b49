"""The audit log: nobody changes it unseen, and it names nobody."""

import json
from pathlib import Path

import pytest
from store_samples import FIRST

from assess.errors import StoreCorrupt
from assess.store import audit
from assess.store.folder import FolderStore

EVENTS = [{"what": what, "by": "R1", "candidate": "K01"} for what in ("opened", "submitted")]


@pytest.fixture
def store(root: Path) -> FolderStore:
    store = FolderStore(root)
    store.log(EVENTS)
    store.log([{"what": "exported", "by": "M1", "answers": 12, "interview": FIRST}])
    return store


@pytest.fixture
def log(store: FolderStore) -> Path:
    return store.root / audit.NAME


def in_log(root: Path, code: str) -> str:
    """How the log of a workspace writes a code."""
    first = json.loads((root / audit.NAME).read_text().splitlines()[0])
    return audit.hashed(first["salt"], code)


def test_candidates_and_interviews_are_kept_as_salted_hashes(store: FolderStore, log: Path) -> None:
    text = log.read_text()
    assert "K01" not in text
    assert FIRST not in text
    began, opened, submitted, exported = store.events()
    assert began["what"] == "began"
    assert opened["candidate"] == submitted["candidate"] == in_log(store.root, "K01")
    assert exported["interview"] == in_log(store.root, FIRST)
    assert exported["answers"] == 12


def test_two_workspaces_write_one_code_differently(store: FolderStore, tmp_path: Path) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    other.log(EVENTS)
    assert in_log(store.root, "K01") != in_log(other.root, "K01")


@pytest.mark.parametrize("line", range(4))
def test_a_changed_line_is_found(store: FolderStore, log: Path, line: int) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"what":"', b'"what":"X')
    log.write_bytes(b"".join(lines))
    with pytest.raises(StoreCorrupt, match=f"line {line + 1} "):
        list(store.events())


@pytest.mark.parametrize("line", range(3))
def test_a_removed_line_is_found(store: FolderStore, log: Path, line: int) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    del lines[line]
    log.write_bytes(b"".join(lines))
    with pytest.raises(StoreCorrupt, match=f"line {line + 1} "):
        list(store.events())


def test_a_line_that_a_crash_cut_short_is_set_aside_and_the_chain_goes_on(
    store: FolderStore, log: Path
) -> None:
    with log.open("ab") as file:
        file.write(b'{"at":"2025')
    store.log([{"what": "submitted", "by": "R2"}])
    assert [event["what"] for event in store.events()][-2:] == ["exported", "submitted"]
    assert store.set_aside() == [f"{log}.torn"]
    assert Path(f"{log}.torn").read_bytes() == b'{"at":"2025'


def test_a_log_whose_end_was_changed_is_set_aside_whole_and_keeps_nobody_from_working(
    store: FolderStore, log: Path
) -> None:
    damaged = log.read_bytes().replace(b"exported", b"imported")
    log.write_bytes(damaged)
    store.log([{"what": "opened", "by": "R2", "candidate": "K01"}])
    (aside,) = store.set_aside()
    assert Path(aside).read_bytes() == damaged
    assert [event["what"] for event in store.events()] == ["began", "opened"]
    assert in_log(store.root, "K01") in damaged.decode()


def test_a_salt_is_the_logs_own(store: FolderStore) -> None:
    with pytest.raises(ValueError, match="leaves"):
        store.log([{"what": "opened", "salt": "0"}])
