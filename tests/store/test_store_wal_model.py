"""A log and its snapshot behave like a dictionary, whatever is done in whatever order."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import Query
from tinydb.table import Document

from assess.store import wal
from assess.store.log_lines import line
from assess.store.tables import WalDB

KEYS = st.integers(1, 6)
VALUES = st.dictionaries(
    st.sampled_from(["value", "note"]),
    st.one_of(st.integers(-3, 3), st.booleans(), st.text(max_size=5), st.none(), st.floats(0, 1)),
)


class LogLikeADict(RuleBasedStateMachine):
    """Two openings of one file, by turns, with crashes between their operations."""

    @initialize(limit=st.sampled_from([1, 200, 10**6]), direct=st.sampled_from([40, 10**6]))
    def begin(self, limit: int, direct: int) -> None:
        self.before = (wal.CHECKPOINT_AT, wal.DIRECT_FROM)
        wal.CHECKPOINT_AT, wal.DIRECT_FROM = limit, direct
        self.folder = Path(os.environ["ASSESS_CACHE"]) / os.urandom(8).hex()
        self.folder.mkdir()
        self.path = self.folder / "x.json"
        self.databases = [WalDB(self.path), WalDB(self.path)]
        self.model: dict[int, dict[str, Any]] = {}

    @rule(which=st.integers(0, 1), documents=st.dictionaries(KEYS, VALUES, max_size=3))
    def insert(self, which: int, documents: dict[int, dict[str, Any]]) -> None:
        rows = [Document(value, key) for key, value in documents.items()]
        if self.model.keys() & documents.keys():
            with pytest.raises(ValueError, match="already exists"):
                self.databases[which].insert_multiple(rows)
        else:
            self.databases[which].insert_multiple(rows)
            self.model |= {key: dict(value) for key, value in documents.items()}

    @rule(which=st.integers(0, 1), value=VALUES)
    def insert_without_id(self, which: int, value: dict[str, Any]) -> None:
        key = self.databases[which].insert(value)
        assert key not in self.model
        self.model[key] = dict(value)

    @rule(which=st.integers(0, 1), key=KEYS, value=VALUES)
    def upsert(self, which: int, key: int, value: dict[str, Any]) -> None:
        self.databases[which].upsert(Document(value, key))
        self.model[key] = {**self.model.get(key, {}), **value}

    @rule(which=st.integers(0, 1), key=KEYS)
    def remove(self, which: int, key: int) -> None:
        self.databases[which].remove(doc_ids=[key])
        self.model.pop(key, None)

    @rule(which=st.integers(0, 1))
    def truncate(self, which: int) -> None:
        self.databases[which].truncate()
        self.model.clear()

    @rule(which=st.integers(0, 1))
    def checkpoint(self, which: int) -> None:
        self.databases[which].storage.checkpoint()  # type: ignore[attr-defined]

    @rule(which=st.integers(0, 1), tidy=st.booleans())
    def open_again(self, which: int, tidy: bool) -> None:
        if tidy:
            self.databases[which].close()
        self.databases[which] = WalDB(self.path)

    @rule(cut=st.integers(1, 60), terminated=st.booleans())
    def crash_in_the_middle_of_a_line(self, cut: int, terminated: bool) -> None:
        torn = line(b'{"set":{"_default":{"1":{"note":"never confirmed"}}}}')[:cut]
        with Path(f"{self.path}.wal").open("ab") as file:
            file.write(torn + b"\n" * terminated)

    @rule()
    def crash_before_the_log_is_emptied(self) -> None:
        log = Path(f"{self.path}.wal")
        if log.exists():
            kept = log.read_bytes()
            self.databases[0].storage.checkpoint()  # type: ignore[attr-defined]
            log.write_bytes(kept)

    @rule(key=KEYS, value=VALUES)
    def crash_after_a_change_became_a_snapshot(self, key: int, value: dict[str, Any]) -> None:
        log = Path(f"{self.path}.wal")
        kept = log.read_bytes() if log.exists() else b""
        usual, wal.DIRECT_FROM = wal.DIRECT_FROM, 0
        self.upsert(0, key, value)
        wal.DIRECT_FROM = usual
        if log.exists() and not log.stat().st_size:
            log.write_bytes(kept)

    @rule(value=st.integers(-3, 3))
    def ask(self, value: int) -> None:
        wanted = [key for key, row in self.model.items() if row.get("value") == value]
        for database in self.databases:
            found = database.search(Query().value == value)
            assert sorted(document.doc_id for document in found) == sorted(wanted)

    @invariant()
    def both_hold_what_the_dict_holds(self) -> None:
        wanted = repr(sorted(self.model.items()))
        for database in self.databases:
            held = sorted((document.doc_id, dict(document)) for document in database.all())
            assert _plain(repr(held)) == _plain(wanted)

    def teardown(self) -> None:
        wal.CHECKPOINT_AT, wal.DIRECT_FROM = self.before
        for database in self.databases:
            database.close()
        shutil.rmtree(self.folder)


def _plain(text: str) -> str:
    return text.replace("-0.0", "0.0")


@pytest.mark.usefixtures("cache")
class TestLogLikeADict(LogLikeADict.TestCase):
    settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
