"""Signs of life beside long work: the stage is told, a stop is heard, an error comes through."""

from __future__ import annotations

from threading import Event, current_thread

import pytest
from cover_cases import random_problem

from assess.cover.solver import solve
from assess.cover.watching import StoppedError, silent, watched


@pytest.mark.parametrize("quiet", [True, False])
def test_an_error_of_the_work_is_that_of_who_waits(quiet):
    def fail():
        raise ZeroDivisionError("nobody left")

    with pytest.raises(ZeroDivisionError, match="nobody left"):
        watched(fail, silent if quiet else lambda _stage, _share: True, "plan")


def test_the_stage_is_told_until_the_work_is_done():
    told, heard = [], Event()

    def watch(stage, share):
        told.append((stage, share))
        if len(told) > 1:  # work that waits for a second sign gets one
            heard.set()
        return True

    assert watched(lambda: heard.wait(20), watch, "plan")
    assert set(told) == {("plan", None)}


def test_the_work_does_not_keep_the_program_from_ending():
    assert watched(lambda: current_thread().daemon, lambda _stage, _share: True, "plan")


def test_planning_begins_at_nothing_and_ends_with_all_done():
    told = []
    solve(random_problem(1, 4, 2), lambda stage, share: told.append((stage, share)) or True)
    assert told[0] == ("value", 0.0)
    assert told[-1] == ("roles", 1.0)


def test_a_stop_does_not_wait_for_the_work():
    done = Event()
    try:
        with pytest.raises(StoppedError, match="plan"):
            watched(lambda: done.wait(20), lambda _stage, _share: False, "plan")
        assert not done.is_set()
    finally:
        done.set()
