"""Programs are killed while they confirm answers: what was acknowledged is there afterwards.

The long forms of these tests, and cuts of power, are in ``benchmarks/faults.py``.
"""

import multiprocessing
import os
from functools import partial
from pathlib import Path

import pytest
from killed_stores import STREAMS, cut_stock, flagged_folder, folder_reader, stock_reader
from killing import Outcome, check, confirming, finish, kill_at_steps, kill_from_outside, spawn
from store_samples import FIRST, numbered

from assess.store import open_store, wal

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.fixture(params=[1500, 10**6], ids=["many checkpoints", "none"])
def checkpoints(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal, "CHECKPOINT_AT", request.param)


@pytest.mark.usefixtures("checkpoints")
@pytest.mark.parametrize("aimed", [False, True], ids=["at random", "aimed"])
def test_nothing_acknowledged_is_lost_when_a_program_is_killed(root: Path, aimed: bool) -> None:
    outcome = kill_from_outside(
        6, partial(flagged_folder, root), partial(folder_reader, root), aimed=aimed, seed=1
    )
    assert outcome.held, outcome.notes
    assert outcome.kills == 6
    assert outcome.acknowledged >= 6


@pytest.mark.usefixtures("checkpoints")
def test_nothing_acknowledged_is_lost_at_any_step_of_a_write(root: Path) -> None:
    outcome = kill_at_steps(20, root, seed=2)
    assert outcome.held, outcome.notes
    assert outcome.acknowledged > 20


def test_the_same_check_finds_that_stock_tinydb_loses_what_it_confirmed(tmp_path: Path) -> None:
    process, pipe = spawn(confirming(partial(cut_stock, tmp_path), 0))
    outcome = Outcome()
    promised: dict[str, set[str]] = {stream: set() for stream in STREAMS}
    check(outcome, promised, finish(process, pipe), partial(stock_reader, tmp_path))
    assert outcome.acknowledged > 0
    assert not outcome.held


def _write(root: Path, stream: str, first: int) -> None:
    store = open_store(root)
    for n in range(60):
        store.put(stream, [numbered(first + n)])
    store.close()


@pytest.mark.usefixtures("checkpoints")
@pytest.mark.parametrize("second", [FIRST, "f" * 32], ids=["one interview", "two interviews"])
def test_two_processes_lose_none_of_each_others_answers(root: Path, second: str) -> None:
    context = multiprocessing.get_context("fork")
    writers = [
        context.Process(target=_write, args=(root, stream, first))
        for stream, first in ((FIRST, 0), (second, 1000))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    store = open_store(root)
    assert sum(len(records) for _stream, records in store.read_all()) == 120
    assert store.verify() == {}
