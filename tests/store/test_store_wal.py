"""The write-ahead log behind TinyDB: what it flushes, migrates, sets aside and refuses."""

from pathlib import Path

import orjson
import pytest
from tinydb import TinyDB
from tinydb.table import Table

from assess.errors import StoreCorrupt, StoreError
from assess.store import contents, disk, migrations, wal
from assess.store.log_lines import BadLineError, entries, line
from assess.store.tables import RecordDB, WalDB


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.json"


def test_stock_tinydb_opens_a_snapshot(path: Path) -> None:
    with RecordDB(path) as database:
        key = database.table("records").insert({"note": "备注"})

    class ByText(Table):
        document_id_class = str  # type: ignore[assignment]

    class Stock(TinyDB):
        table_class = ByText

    with Stock(path, encoding="utf-8") as stock:
        assert stock.table("records").get(doc_id=key) == {"note": "备注"}  # type: ignore[arg-type]


def test_reading_without_a_lock_loses_nothing_to_a_checkpoint_between_the_two_files(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = RecordDB(path)
    key = database.insert({"n": 0})
    real = disk.read

    def read_then_checkpoint(name: str, start: int = 0) -> object:
        found = real(name, start)
        monkeypatch.setattr(disk, "read", real)
        database.storage.checkpoint()  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(disk, "read", read_then_checkpoint)
    assert contents.load(str(path)).tables == {"_default": {key: {"n": 0}}}
    assert path.exists()


def test_one_confirmed_insert_is_one_flush(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushes: list[int] = []
    database = RecordDB(path)
    database.insert({"n": 0})
    monkeypatch.setattr(disk, "flush", flushes.append)
    for n in range(10):
        database.insert({"n": n})
    assert len(flushes) == 10


def test_an_insert_writes_one_line_however_many_documents_there_are(path: Path) -> None:
    database = RecordDB(path)
    database.insert_multiple({"n": n} for n in range(3000))
    sizes = []
    for n in range(2):
        database.insert({"n": n})
        sizes.append(Path(f"{path}.wal").stat().st_size)
    assert sizes[1] - sizes[0] < 100


def test_a_failed_checkpoint_unconfirms_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal, "CHECKPOINT_AT", 100)
    database = RecordDB(path)

    def refuse(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "replace", refuse)
    keys = [database.insert({"n": n}) for n in range(50)]
    database.close()
    assert not path.exists()
    assert not list(path.parent.glob("*.tmp"))
    monkeypatch.undo()
    assert [document.doc_id for document in RecordDB(path)] == keys


@pytest.mark.parametrize("step", ["write_all", "flush"])
def test_a_write_that_the_disk_refuses_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    database = RecordDB(path)
    database.insert({"n": 0})
    before = Path(f"{path}.wal").read_bytes()
    real = getattr(disk, step)

    def refuse(fd: int, *data: bytes) -> None:
        real(fd, *(part[: len(part) // 2] for part in data))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, step, refuse)
    with pytest.raises(OSError, match="No space"):
        database.insert({"n": 1})
    monkeypatch.undo()
    assert Path(f"{path}.wal").read_bytes() == before
    database.insert({"n": 2})
    assert [document["n"] for document in RecordDB(path)] == [0, 2]


def test_a_log_newer_than_its_snapshot_is_recognised(path: Path) -> None:
    database = RecordDB(path)
    database.insert({"n": 0})
    database.storage.checkpoint()  # type: ignore[attr-defined]
    older = path.read_bytes()
    database.insert({"n": 1})
    database.storage.checkpoint()  # type: ignore[attr-defined]
    database.insert({"n": 2})
    path.write_bytes(older)
    with pytest.raises(StoreCorrupt, match="newer than the file"):
        database.all()
    path.unlink()
    with pytest.raises(StoreCorrupt, match="newer than the file"):
        RecordDB(path).all()


def test_a_log_that_holds_all_since_an_older_snapshot_is_enough(path: Path) -> None:
    database = RecordDB(path)
    database.insert({"n": 0})
    log = Path(f"{path}.wal")
    first = log.read_bytes()
    database.storage.checkpoint()  # type: ignore[attr-defined]
    database.insert({"n": 1})
    # a power cut took back the replacing of the file and the emptying of its log
    log.write_bytes(first + log.read_bytes())
    path.unlink()
    assert [document["n"] for document in RecordDB(path)] == [0, 1]


def test_what_a_log_adds_holds_for_another_laptops_newer_snapshot(path: Path) -> None:
    mine = RecordDB(path)
    mine.insert({"n": "mine"})
    theirs = path.with_name("theirs.json")
    with RecordDB(theirs) as database:
        database.insert({"n": "theirs"})
    theirs.replace(path)
    assert sorted(document["n"] for document in RecordDB(path)) == ["mine", "theirs"]
    mine.close()
    assert sorted(document["n"] for document in RecordDB(path)) == ["mine", "theirs"]


def test_a_log_older_than_its_snapshot_changes_nothing_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = WalDB(path)
    database.insert({"n": "old"})
    log = Path(f"{path}.wal")
    older = log.read_bytes()
    monkeypatch.setattr(wal, "DIRECT_FROM", 0)
    database.update({"n": "new"})
    log.write_bytes(older)  # a crash came before the log was emptied
    assert database.all() == WalDB(path).all() == [{"n": "new"}]


def test_a_torn_end_is_set_aside_and_kept(path: Path) -> None:
    database = RecordDB(path)
    database.insert({"n": 0})
    log = Path(f"{path}.wal")
    whole = log.read_bytes()
    log.write_bytes(whole + b"0000000")
    assert len(database) == 1
    assert log.read_bytes() == whole
    assert Path(f"{log}.torn").read_bytes() == b"0000000"


def test_a_bad_line_before_good_ones_is_damage() -> None:
    good = [line(orjson.dumps({"add": {"t": {str(n): {}}}})) for n in range(3)]
    bad = good[1].replace(b"add", b"sub")
    assert len(list(entries(b"".join(good)))) == 3
    assert len(list(entries(good[0] + bad))) == 1
    with pytest.raises(BadLineError) as damage:
        list(entries(good[0] + bad + good[2]))
    assert damage.value.at == len(good[0])


def test_a_snapshot_of_a_newer_version_is_refused_by_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for suffix in ("", ".wal"):
        monkeypatch.setattr(contents, "current_schema", lambda: 7)
        monkeypatch.setattr(wal, "current_schema", lambda: 7)
        database = RecordDB(path)
        database.insert({"n": 0})
        if not suffix:
            database.close()
        monkeypatch.undo()
        before = {file.name: file.read_bytes() for file in path.parent.glob("x.json*")}
        for act in (lambda: RecordDB(path).all(), lambda: RecordDB(path).insert({"n": 1})):
            with pytest.raises(StoreError, match=r"x\.json.*newer version.*schema 7"):
                act()
        RecordDB(path).close()
        assert before == {file.name: file.read_bytes() for file in path.parent.glob("x.json*")}
        for file in path.parent.glob("x.json*"):
            file.unlink()


@pytest.mark.parametrize("checkpointed", [True, False])
def test_older_files_are_migrated_at_the_first_write_and_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, checkpointed: bool
) -> None:
    database = RecordDB(path)
    keys = [database.insert({"n": n}) for n in range(2)]
    if checkpointed:
        database.storage.checkpoint()  # type: ignore[attr-defined]
    keys.append(database.insert({"n": 2}))
    before = {file.name: file.read_bytes() for file in path.parent.glob("x.json*")}

    def rename(tables: contents.Tables) -> contents.Tables:
        return {
            name: {key: {"number": row["n"]} for key, row in table.items()}
            for name, table in tables.items()
        }

    monkeypatch.setattr(migrations, "MIGRATIONS", [(1, rename)])
    database = RecordDB(path)
    assert [document["number"] for document in database] == [0, 1, 2]
    assert {file.name: file.read_bytes() for file in path.parent.glob("x.json*")} == before
    database.insert({"number": 3})
    for again in (database, RecordDB(path)):
        assert [document["number"] for document in again] == [0, 1, 2, 3]
        assert [document.doc_id for document in again][:3] == keys
    for name, data in before.items():
        assert (path.parent / f"{name}.schema-1").read_bytes() == data


def test_an_older_log_beside_its_migrated_snapshot_adds_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RecordDB(path).insert({"n": 0})
    log = Path(f"{path}.wal")
    older = log.read_bytes()

    def rename(tables: contents.Tables) -> contents.Tables:
        return {"_default": {key: {"number": row["n"]} for key, row in tables["_default"].items()}}

    monkeypatch.setattr(migrations, "MIGRATIONS", [(1, rename)])
    database = RecordDB(path)
    database.insert({"number": 1})
    database.storage.checkpoint()  # type: ignore[attr-defined]
    log.write_bytes(older)  # a crash came before the log was emptied
    database = RecordDB(path)
    database.insert({"number": 2})
    assert [document["number"] for document in RecordDB(path)] == [0, 1, 2]
