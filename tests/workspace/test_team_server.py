"""Working on a team server: the same use cases, roles, and laptops beside it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import PACK, answered, begin, copied, empty, exported, ratings
from team_places import rated
from team_server import TeamServer, as_login, member
from test_merge_histories import act_on, acts

from assess.errors import AssessError, BadInput, StoreError
from assess.model.people import Rater
from assess.packs import load_pack_files
from assess.workspace.backing import backup, restore, verify
from assess.workspace.erasing import erase
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")

# -- the same use cases


def test_an_engagement_is_begun_filled_and_ranked_as_in_a_folder(
    team_server: TeamServer, tmp_path: Path
) -> None:
    folder, server = empty(tmp_path / "folder"), Workspace.open(team_server.prepared())
    for workspace in (folder, server):
        workspace.start("Riverside", PACK, load_pack_files(PACK))
        workspace.put_people([Rater(id="R1"), Rater(id="R2")])
        from assess.model.people import Candidate

        workspace.put_people([Candidate(id="KA"), Candidate(id="KB")])
        rated(workspace, "KA", "R1", 4)
        rated(workspace, "KA", "R2", 5)
        rated(workspace, "KB", "R1", 2)
        workspace.agree("KA", "BPM-1", 3, "talked it over")

    def figures(workspace: Workspace) -> list[tuple[Any, ...]]:
        (module,) = workspace.rank().modules
        return [(c.candidate, c.score, c.se, c.rank, c.coverage) for c in module.candidates]

    assert figures(server) == figures(folder)
    assert ratings(server) == ratings(folder)
    with pytest.raises(BadInput, match="already holds the engagement"):
        server.start("Riverside", PACK, load_pack_files(PACK))
    server.close()


def test_erasing_leaves_nothing_of_a_person_on_the_server(
    url: str, login: Callable[[str], Workspace], tmp_path: Path
) -> None:
    anna = login("anna")
    rated(anna, "KA", "R1", 4)
    rated(anna, "KB", "R1", 3)
    laptop = empty(tmp_path / "laptop")
    merge(laptop, [url])
    mia = login("mia")
    done = erase(mia, "KA")
    assert done.interviews == 1
    with as_login(url, "owner") as connection:
        text = "".join(row[0] for row in connection.execute("SELECT body FROM assess.records"))
        rows = connection.execute("SELECT candidate FROM assess.submissions").fetchall()
    assert '"KA"' not in text
    assert "Person KA" not in text
    assert rows == [("KB",)]
    assert merge(mia, [laptop.place]).records == 0
    assert merge(laptop, [url]).erased
    assert "KA" not in laptop.candidates()
    assert not verify(mia).wrong


def test_an_interviewer_cannot_erase(login: Callable[[str], Workspace]) -> None:
    anna = login("anna")
    rated(anna, "KA", "R1", 4)
    with pytest.raises(StoreError, match="may not do that"):
        erase(anna, "KA")
    assert "KA" in anna.candidates()


def test_a_backup_of_the_server_is_restored_into_a_folder_and_onto_another_server(
    url: str, login: Callable[[str], Workspace], tmp_path: Path, team_server: TeamServer
) -> None:
    rated(login("anna"), "KA", "R1", 4)
    mia = login("mia")
    backup(mia, tmp_path / "all.zip")
    events = len(list(mia.store.events()))
    folder, server = empty(tmp_path / "folder"), Workspace.open(team_server.prepared())
    for target in (folder, server):
        restore(target, tmp_path / "all.zip")
        assert exported(target) == exported(mia)
        assert not verify(target).wrong
        assert len(list(target.store.events())) > events
    server.close()


def test_verify_names_what_was_changed_by_hand(url: str, login: Callable[[str], Workspace]) -> None:
    rated(login("anna"), "KA", "R1", 4)
    mia = login("mia")
    mia.store.digests()
    assert not verify(mia).wrong
    stream = mia.readings()[0].id
    with as_login(url, "owner") as connection:
        connection.execute(
            "UPDATE assess.records SET body = replace(body, '\"value\":4', '\"value\":5')"
            " WHERE stream <> 'engagement'"
        )
        connection.execute(
            "DELETE FROM assess.log WHERE number = (SELECT max(number) FROM assess.log)"
        )
    wrong = verify(login("mia")).wrong
    assert wrong.keys() == {stream, "audit.jsonl"}


def test_the_log_on_the_server_names_no_candidate(
    url: str, login: Callable[[str], Workspace]
) -> None:
    rated(login("anna"), "KA", "R1", 4)
    with as_login(url, "owner") as connection:
        lines = connection.execute("SELECT login, line FROM assess.log ORDER BY number").fetchall()
    assert ("anna", True) in {(who, '"submitted"' in line) for who, line in lines}
    assert not any('"KA"' in line for _who, line in lines)


# -- roles, through the use cases


def test_whoever_logs_in_is_who_the_login_says(login: Callable[[str], Workspace], url: str) -> None:
    assert [login(name).me for name in ("anna", "mia", "ka", "owner")] == ["R1", None, "KA", None]
    with pytest.raises(BadInput, match="works as R1 here, not as R2"):
        Workspace.open(member(url, "anna"), me="R2")


def test_an_interviewer_is_blind_until_submitting_and_the_manager_is_not(
    login: Callable[[str], Workspace],
) -> None:
    anna, bo, mia = login("anna"), login("bo"), login("mia")
    rated(bo, "KA", "R2", 5)
    assert {r.rater for r in anna.readings()} == set()
    assert {r.rater for r in mia.visible()} == {"R2"}
    rated(anna, "KA", "R1", 3)
    assert {r.rater for r in anna.visible()} == {"R1", "R2"}


def test_no_role_but_the_own_records_ratings(login: Callable[[str], Workspace]) -> None:
    for name, rater in (("anna", "R2"), ("mia", "R1"), ("ka", "R1"), ("ka", "KA")):
        with pytest.raises(AssessError):
            answered(login(name), "KB", rater, BPM_1=3)
    assert login("owner").readings() == []


def test_a_submitted_interview_is_changed_after_reopening_it_with_a_reason(
    login: Callable[[str], Workspace],
) -> None:
    anna, elsewhere = login("anna"), login("anna")
    stale = elsewhere.interview("KA", "R1")
    rated(anna, "KA", "R1", 4)
    with pytest.raises(StoreError, match="not in a submitted interview"):
        stale.answer("BPM-1", 1)
    interview = anna.interview("KA", "R1")
    interview.reopen("misheard")
    interview.answer("BPM-1", 2)
    interview.submit()
    records = login("mia").records_of("KA", "R1", "interview", "M0")
    assert [r.get("reason") for r in records if r["kind"] == "reopened"] == ["misheard"]


# -- laptops and the server


def test_an_interviewer_brings_the_own_interviews_and_leaves_those_of_others(
    url: str, login: Callable[[str], Workspace], tmp_path: Path
) -> None:
    laptop = empty(tmp_path / "laptop")
    merge(laptop, [member(url, "anna")])
    rated(laptop, "KA", "R1", 4)
    rated(laptop, "KB", "R2", 3)
    anna = login("anna")
    done = merge(anna, [laptop.place])
    assert (done.new, done.not_mine) == (1, 1)
    assert {r.rater for r in login("mia").readings()} == {"R1"}
    done = merge(login("bo"), [laptop.place])
    assert (done.new, done.not_mine) == (1, 0) or (done.new, done.not_mine) == (1, 1)
    assert {r.rater for r in login("mia").readings()} == {"R1", "R2"}
    assert merge(login("anna"), [laptop.place]).records == 0


def test_work_goes_both_ways_and_comes_to_the_same(url: str, tmp_path: Path) -> None:
    one, two = empty(tmp_path / "one"), empty(tmp_path / "two")
    for laptop in (one, two):
        merge(laptop, [url])
    answered(one, "KA", "R1", BPM_1=5)
    answered(two, "KA", "R2", BPM_1=2)
    server = Workspace.open(url)
    merge(server, [one.place, two.place])
    for laptop in (one, two):
        merge(laptop, [url])
    assert exported(one) == exported(two) == exported(server)
    assert merge(server, [one.place]).records == 0
    server.close()


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 2), acts), max_size=20))
def test_random_histories_over_two_laptops_and_the_server_export_the_same_bytes_in_every_order(
    team_server: TeamServer, history: list[tuple[int, tuple[Any, ...]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = begin(Path(folder) / "base")
        base.close()
        server = team_server.prepared()
        merge(Workspace.open(server), [base.place])
        laptops = [copied(Path(base.place), Path(folder) / f"laptop{n}") for n in range(2)]
        workspaces = [*laptops, Workspace.open(server)]
        for at, act in history:
            act_on(workspaces, at, act)
        for workspace in workspaces:
            workspace.close()
        places = [workspace.place for workspace in workspaces]
        seen = set()
        for number, order in enumerate(itertools.permutations(places)):
            target = str(Path(folder) / f"united{number}")
            united = Workspace.open(team_server.prepared() if number % 2 else target, create=True)
            for place in (*order, order[0]):
                merge(united, [place])
            seen.add((exported(united, "csv"), exported(united, "json")))
            united.close()
        assert len(seen) == 1
