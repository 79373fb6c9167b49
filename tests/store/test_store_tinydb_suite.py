"""TinyDB's own tests, run on the write-ahead log."""

import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

VERSION = "4.9.0"
SHA256 = "6928b1fa785186bda7952a0ba05aaeedc883ede565ca9c7d608de44e5e75de70"
CONFTEST = """
import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from assess.store.tables import WalDB


@pytest.fixture
def db(tmp_path):
    database = WalDB(tmp_path / "test.db")
    database.drop_tables()
    database.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield database


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


def _sources(kept: Path) -> Path:
    """The archive of the sources, downloaded once; skips where it cannot be had."""
    archive = kept / f"tinydb-{VERSION}.tar.gz"
    if not archive.exists():
        wanted = [f"tinydb=={VERSION}", "--no-deps", "--no-binary", ":all:", "-d", str(kept)]
        pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
        for more in (["--no-build-isolation"], []):
            try:
                subprocess.run([*pip, *more, *wanted], capture_output=True, timeout=120, check=True)
                break
            except (OSError, subprocess.SubprocessError):
                continue
    if not archive.exists():
        pytest.skip(f"the sources of TinyDB {VERSION} cannot be had here")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == SHA256
    return archive


@pytest.mark.slow
def test_tinydbs_own_tests_pass_on_the_log(
    pytestconfig: pytest.Config, tmp_path: Path, cache: Path
) -> None:
    with tarfile.open(_sources(pytestconfig.cache.mkdir("tinydb"))) as archive:  # type: ignore[union-attr]
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / f"tinydb-{VERSION}"
    (folder / "tests" / "conftest.py").write_text(CONFTEST)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull),
            # what a table's repr begins with is the name of TinyDB's own class
            *("--rootdir", str(folder), "--deselect", "tests/test_tables.py::test_table_repr"),
            "tests",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "151 passed" in done.stdout
