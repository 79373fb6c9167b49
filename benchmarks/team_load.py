"""Many interviewers at once on one server, each with a login, and what becomes of their answers."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.team_data import ITEMS

_PROCESSES = 10
_PATIENCE = 120.0


@dataclass
class Load:
    """What interviewers saw: seconds from an answer to its confirmation, and which were."""

    seconds: list[float] = field(default_factory=list)
    confirmed: list[tuple[str, str]] = field(default_factory=list)
    """Stream and id of every record that was confirmed."""
    kept_here: int = 0
    """Of them, those confirmed by the disk of the laptop while the server was away."""
    errors: list[str] = field(default_factory=list)
    took: float = 0.0


@dataclass(frozen=True)
class Plan:
    """How long everybody answers, with what pause; ``wave`` tells one run's candidates apart."""

    url: str
    interviewers: int
    seconds: float
    pause: float
    wave: int


def run(plan: Plan, started: Callable[[], object] = bool) -> Load:
    """All interviewers at once; ``started`` is called when they are connected and begin."""
    interviewers = plan.interviewers
    context = multiprocessing.get_context("spawn")
    results: Any = context.Queue()
    gate = context.Barrier(min(_PROCESSES, interviewers) + 1)
    groups = [list(range(1, interviewers + 1))[n::_PROCESSES] for n in range(_PROCESSES)]
    processes = [
        context.Process(target=_work, args=(plan, group, gate, results))
        for group in groups
        if group
    ]
    for process in processes:
        process.start()
    gate.wait(_PATIENCE)
    started()
    whole = Load()
    for _process in processes:
        part: Load = results.get()
        whole.seconds += part.seconds
        whole.confirmed += part.confirmed
        whole.kept_here += part.kept_here
        whole.errors += part.errors
        whole.took = max(whole.took, part.took)
    for process in processes:
        process.join()
    return whole


def _work(plan: Plan, group: list[int], gate: Any, results: Any) -> None:
    whole = Load()
    try:
        _work_on(plan, group, gate, whole)
    except Exception as error:  # the others are waited for all the same
        whole.errors.append(f"{type(error).__name__}: {error}")
    results.put(whole)


def _work_on(plan: Plan, group: list[int], gate: Any, whole: Load) -> None:
    os.environ["ASSESS_HOME"] = f"{os.environ['ASSESS_HOME']}/{group[0]}"
    from team_server import member

    from assess.workspace.workspace import Workspace

    workspaces = {n: Workspace.open(member(plan.url, f"rater{n}")) for n in group}
    for workspace in workspaces.values():
        workspace.pack  # noqa: B018 - read once, as the app does before its first screen
    loads = {n: Load() for n in group}
    gate.wait(_PATIENCE)
    threads = [
        threading.Thread(target=_answer, args=(plan, workspaces[n], n, loads[n])) for n in group
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until = time.monotonic() + 60
    while any(w.store.waiting() for w in workspaces.values()) and time.monotonic() < until:
        time.sleep(0.1)
    for n in group:
        whole.seconds += loads[n].seconds
        whole.confirmed += loads[n].confirmed
        whole.kept_here += loads[n].kept_here
        whole.errors += loads[n].errors
        whole.took = max(whole.took, loads[n].took)
        left = workspaces[n].store.waiting()
        if left:
            whole.errors.append(f"rater{n}: {left}")
        workspaces[n].close()


def _answer(plan: Plan, workspace: Any, number: int, load: Load) -> None:
    pause, wave = plan.pause, plan.wave
    people = list(workspace.candidates())
    start = time.monotonic()
    turn = 0
    due = start + pause * number / 50  # nobody answers at the same instant as everybody else
    interview: Any = None
    while (now := time.monotonic()) - start < plan.seconds:
        if now < due:
            time.sleep(due - now)
        due = max(due + pause, time.monotonic() if not pause else 0.0)
        if turn % ITEMS == 0:
            person = people[(wave * 97 + number * 31 + turn // ITEMS) % len(people)]
            interview = workspace.interview(person, f"R{number}")
        try:
            before = time.perf_counter()
            interview.answer(f"Q{turn % ITEMS}", 1 + (turn + wave + turn // ITEMS) % 5)
            load.seconds.append(time.perf_counter() - before)
        except Exception as error:  # whatever it is, it counts as an answer that was not taken
            load.errors.append(f"{type(error).__name__}: {error}")
            continue
        finally:
            turn += 1
        load.confirmed.append((interview.id, interview._records[-1]["id"]))
        load.kept_here += workspace.store.away
    load.took = time.monotonic() - start
