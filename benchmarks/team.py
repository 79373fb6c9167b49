"""The team server under load, killed, far away and full, on a PostgreSQL of this run's own.

    python -m benchmarks.team             # some minutes
    python -m benchmarks.team --quick     # everything in small, bars on what is lost only

50 interviewers with a login each answer every 0.2 s, then as fast as they can; the server is killed
whole in the middle; 100,000 answers go from a laptop to the server and back; 1,000,000 are ranked;
the app runs with a round trip added. What is confirmed and not there afterwards is *lost*.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import team_data, team_load

BARS = {"to server": 15.0, "again": 1.0, "to laptop": 15.0, "rank": 15.0, "rank MB": 1500.0}
_INTERVIEWERS = 50
_failed: list[str] = []


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=("load", "transfer", "rank", "app"))
    given = parser.parse_args()
    parts = {"load": load, "transfer": transfer, "rank": rank, "app": app}
    with tempfile.TemporaryDirectory(prefix="assess-team-") as home:
        os.environ["ASSESS_HOME"], os.environ["ASSESS_CACHE"] = f"{home}/home", f"{home}/cache"
        from team_server import TeamServer

        server = TeamServer(durable=True)
        try:
            print(f"{_engine(server)}, {os.cpu_count()} processors\n")
            for name, part in parts.items():
                if given.only in (None, name):
                    part(server, given.quick)
        finally:
            server.stop()
    for line in _failed:
        print("over the bar:", line)
    return 1 if _failed else 0


def _engine(server: Any) -> str:
    return " ".join(server.admin.execute("SELECT version()").fetchone()[0].split()[:2])


def _hold(what: str, value: float, quick: bool) -> str:
    if value > BARS[what] and not quick:
        _failed.append(f"{what}: {value:.1f} > {BARS[what]:g}")
    return f"{value:.2f} (bar {BARS[what]:g})"


# -- many at once


def load(server: Any, quick: bool) -> None:
    """Throughput and latency of confirmed answers; then the same with the server killed."""
    people = 8 if quick else _INTERVIEWERS
    url = server.prepared(*((f"rater{n}", "interviewer", f"R{n}") for n in range(1, people + 1)))
    team_data.begin(url, 1000, people).close()
    seconds = 3.0 if quick else 20.0
    print("| interviewers | answers/s | p50 | p95 | p99 | slowest | confirmed | lost |")
    print("|---|---|---|---|---|---|---|---|")
    for wave, (name, pause) in enumerate(
        ((f"{people}, every 0.2 s", 0.2), (f"{people}, flat out", 0.0))
    ):
        done = team_load.run(team_load.Plan(url, people, seconds, pause, wave))
        _print_load(name, done, _lost(url, done))
    killer = threading.Timer(seconds / 3, _kill_and_start, (server, seconds / 4))
    done = team_load.run(team_load.Plan(url, people, seconds, 0.2, 2), killer.start)
    killer.join()
    lost = _lost(url, done)
    _print_load(f"{people}, every 0.2 s, server killed", done, lost)
    print(f"\nkept on laptops while it was away, brought over afterwards: {done.kept_here}\n")
    if done.kept_here == 0:
        _failed.append("nobody answered while the server was away")


def _kill_and_start(server: Any, away: float) -> None:
    """Every process of the server dies at once, and comes back after a while."""
    server.kill()
    time.sleep(away)
    server.start()


def _lost(url: str, done: team_load.Load) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        there = set(connection.execute("SELECT stream, id FROM assess.records").fetchall())
    lost = len(set(done.confirmed) - there)
    if lost:
        _failed.append(f"{lost} confirmed answers lost")
    _failed.extend(done.errors[:5])
    return lost


def _print_load(name: str, done: team_load.Load, lost: int) -> None:
    taken = sorted(done.seconds)
    at = [taken[min(len(taken) - 1, int(len(taken) * share))] for share in (0.5, 0.95, 0.99, 1)]
    figures = " | ".join(f"{1000 * one:.1f} ms" for one in at)
    rate = len(taken) / done.took
    print(f"| {name} | {rate:.0f} | {figures} | {len(done.confirmed)} | {lost} |", flush=True)


# -- there and back


def transfer(server: Any, quick: bool) -> None:
    """A laptop's answers to the server, again, and to an empty laptop."""
    from assess.workspace.merging import merge
    from assess.workspace.workspace import Workspace

    interviews = 40 if quick else 1700
    url = server.prepared()
    with tempfile.TemporaryDirectory() as folder:
        laptop = team_data.begin(f"{folder}/laptop", interviews // 4 + 1, 16)
        answers = team_data.fill(laptop, interviews, 16)
        laptop.store.digests()
        laptop.close()
        there, back = Workspace.open(url), Workspace.open(f"{folder}/back", create=True)
        steps = {
            "to server": lambda: merge(there, [f"{folder}/laptop"]),
            "again": lambda: merge(there, [f"{folder}/laptop"]),
            "to laptop": lambda: merge(back, [url]),
        }
        print(f"{answers} answers:")
        for name, act in steps.items():
            start = time.perf_counter()
            act()
            print(f"  {name}: {_hold(name, time.perf_counter() - start, quick)} s", flush=True)
        if back.store.digests() != there.store.digests():
            _failed.append("what came back is not what went")
        there.close()
    print()


# -- ranking


def rank(server: Any, quick: bool) -> None:
    """``assess rank`` end to end, as a process of its own."""
    interviews = 100 if quick else 16_700
    url = server.prepared()
    workspace = team_data.begin(url, interviews // 4 + 1, 16)
    answers = team_data.fill(workspace, interviews, 16)
    workspace.close()
    server.admin.execute("CHECKPOINT")
    with server.maintained(url) as connection:
        connection.execute("VACUUM ANALYZE")
    words = [sys.executable, "-m", "assess", "rank", "--json", "--workspace", url]
    best = float("inf")
    for _run in range(2):
        start = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"assess rank over {answers} answers: {_hold('rank', best, quick)} s, ", end="")
    print(f"{_hold('rank MB', memory, quick)} MB at most\n", flush=True)


# -- the app, near and far


def app(server: Any, quick: bool) -> None:
    """Start of the app, and from a key to the screen and to "saved", with a round trip added."""
    from team_proxy import Proxy
    from team_server import member

    url = server.prepared(("rater1", "interviewer", "R1"))
    team_data.begin(url, 40, 4).close()
    socket = f"{server.folder}/data/.s.PGSQL.5432"
    print("| workspace | start | key to screen, p50 | p95 | key to saved, p50 |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        team_data.begin(folder + "/w", 40, 4).close()
        _print_app("folder", folder + "/w", 0, quick)
    for turn, trip in enumerate((0.0, 0.005, 0.080)):
        proxy = Proxy(socket, trip / 2)
        place = proxy.url(member(url, "rater1"))
        _print_app(f"server, {1000 * trip:.0f} ms added", place, 10 * turn, quick)
        proxy.close()
    print()


def _print_app(name: str, place: str, first: int, quick: bool) -> None:
    """``first`` is the first of the candidates that nobody talked with yet."""
    starts: list[float] = []
    keys: list[tuple[float, float]] = []
    for run in range(2 if quick else 5):
        with _running(place, f"K{first + run:05}") as running:
            starts.append(running.until(lambda words: "Question 0" in words))
            running.quiet(0.6)
            keys += [_key(running, str(1 + n % 5)) for n in range(8 if quick else 30)]
    screen, saved = sorted(one[0] for one in keys), sorted(one[1] for one in keys)
    starts.sort()
    p95 = screen[int(len(screen) * 0.95)]
    print(
        f"| {name} | {starts[len(starts) // 2]:.2f} s | {1000 * screen[len(screen) // 2]:.0f} ms"
        f" | {1000 * p95:.0f} ms | {1000 * saved[len(saved) // 2]:.0f} ms |",
        flush=True,
    )


@contextmanager
def _running(place: str, person: str) -> Iterator[Any]:
    from benchmarks.pty_app import PtyApp

    words = [sys.executable, "-m", "assess", "--workspace", place, "interview", person]
    running = PtyApp([*words, "--rater", "R1"], size=(120, 36), folder=Path.cwd())
    try:
        yield running
    finally:
        running.kill()


def _key(running: Any, key: str) -> tuple[float, float]:
    """Seconds from a key to the first byte on the screen, and to the last, which says "saved"."""
    running.words = ""
    start = time.perf_counter()
    running.write(key)
    while not running.read(0.5):
        if time.perf_counter() - start > 5:
            raise TimeoutError("the key did nothing")
    first = time.perf_counter() - start
    last = running.quiet(0.35) - start
    return first, max(first, last)


if __name__ == "__main__":
    raise SystemExit(main())
