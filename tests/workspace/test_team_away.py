"""The team server away in the middle of work: answers are kept, told and brought over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from team_places import rated
from team_proxy import Proxy
from team_server import member

from assess.errors import StoreError
from assess.store.postgres.connection import ServerAway
from assess.store.postgres.team_store import TeamStore
from assess.workspace.team import state_words, waiting, waiting_words
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def until(happened: Callable[[], bool]) -> None:
    """Wait for another thread, for as long as a busy machine may take."""
    pause = threading.Event()
    for _turn in range(2000):
        if happened():
            return
        pause.wait(0.01)
    raise AssertionError("it did not happen")


def open_by(proxy: Proxy, url: str, name: str) -> Workspace:
    store = TeamStore(proxy.url(member(url, name)), fresh=0.0, retry=0.02)
    return Workspace(store, place="server", me=store.member.me)


def test_answers_given_while_the_server_is_away_are_kept_told_and_brought_over(
    url: str, proxy: Proxy, login: Callable[[str], Workspace]
) -> None:
    anna = open_by(proxy, url, "anna")
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    assert waiting(anna.store) is None
    proxy.cut()
    interview.answer("BPM-2", 3)
    interview.note("BPM-2", "seen it")
    found = waiting(anna.store)
    assert found is not None
    assert (found.records, found.away) == (2, True)
    assert waiting_words(anna.store) == "kept here, server away: 2 answers waiting"
    assert [r["kind"] for r in anna.store.read(interview.id)].count("answer") == 3
    interview.answer("OWN-1", 5)
    interview.answer("DONE", True)
    interview.submit()
    assert {r.rater for r in anna.readings()} == {"R1"}
    proxy.mend()
    until(lambda: waiting(anna.store) is None)
    assert waiting_words(anna.store) == ""
    mia = login("mia")
    (reading,) = mia.readings()
    assert reading.submitted
    assert reading.answers["BPM-2"].note == "seen it"
    until(lambda: [e["what"] for e in mia.store.events()].count("submitted") == 1)
    anna.close()


def test_what_waited_when_the_program_ended_is_brought_over_when_it_starts_again(
    url: str, proxy: Proxy, login: Callable[[str], Workspace]
) -> None:
    anna = open_by(proxy, url, "anna")
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    proxy.cut()
    interview.answer("BPM-2", 2)
    anna.close()
    with pytest.raises(StoreError, match="does not answer"):
        open_by(proxy, url, "anna")
    proxy.mend()
    again = open_by(proxy, url, "anna")
    assert waiting(again.store) is None
    assert login("mia").readings()[0].answers["BPM-2"].value == 2
    again.close()


@pytest.mark.parametrize("ended", [False, True])
def test_an_event_that_waits_alone_is_brought_over_too(
    url: str, proxy: Proxy, login: Callable[[str], Workspace], ended: bool
) -> None:
    anna = open_by(proxy, url, "anna")
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    proxy.cut()  # between what was recorded and what the log says of it
    anna.store.log([{"what": "submitted", "interview": interview.id}])
    assert waiting(anna.store) is None
    if ended:
        anna.close()
    proxy.mend()
    if ended:
        anna = open_by(proxy, url, "anna")
    mia = login("mia")
    until(lambda: [e["what"] for e in mia.store.events()].count("submitted") == 1)
    anna.close()


def test_what_the_server_refuses_stays_here_and_is_told(
    url: str,
    proxy: Proxy,
    login: Callable[[str], Workspace],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna = open_by(proxy, url, "anna")
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    proxy.cut()
    interview.answer("BPM-1", 1)
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "her other laptop"))
    rated(login("anna"), "KA", "R1", 5)
    proxy.mend()
    until(lambda: not anna.store.away)  # type: ignore[attr-defined]
    assert waiting_words(anna.store) == "kept here, the server refuses it: 1 answer waiting"
    assert login("mia").readings()[0].answers["BPM-1"].value == 5
    other = anna.interview("KB", "R1")
    other.answer("BPM-1", 3)
    assert {r.candidate for r in login("mia").readings()} == {"KA", "KB"}
    anna.close()


def test_an_interview_that_another_laptop_wrote_to_meanwhile_is_still_shown_while_away(
    url: str, proxy: Proxy, login: Callable[[str], Workspace]
) -> None:
    anna, elsewhere = open_by(proxy, url, "anna"), login("anna")
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    elsewhere.interview("KA", "R1").answer("BPM-2", 2)
    interview.answer("OWN-1", 5)
    proxy.cut()
    interview.answer("DONE", True)
    (reading,) = anna.readings()
    assert {"BPM-1", "OWN-1", "DONE"} <= set(reading.answers)
    assert state_words(anna.store) == "kept here, server away: 1 answer waiting"
    proxy.mend()
    until(lambda: waiting(anna.store) is None)
    assert state_words(anna.store) == ""
    (reading,) = anna.readings()
    assert set(reading.answers) == {"BPM-1", "BPM-2", "OWN-1", "DONE"}
    anna.close()


def test_what_was_never_seen_is_not_left_out_in_silence_while_the_server_is_away(
    url: str, proxy: Proxy, login: Callable[[str], Workspace]
) -> None:
    rated(login("anna"), "KA", "R1", 4)
    mia = open_by(proxy, url, "mia")
    proxy.cut()
    for look in (mia.readings, mia.rank, lambda: list(mia.store.read_all())):
        with pytest.raises(ServerAway):
            look()
    assert state_words(mia.store) == "server away"
    assert set(mia.candidates()) == {"KA", "KB", "KC"}
    proxy.mend()
    until(lambda: state_words(mia.store) == "")
    assert [r.rater for r in mia.readings()] == ["R1"]
    mia.close()


def test_an_answer_takes_one_exchange_with_the_server(url: str, proxy: Proxy) -> None:
    store = TeamStore(proxy.url(member(url, "anna")), fresh=60.0)
    anna = Workspace(store, place="server", me=store.member.me)
    interview = anna.interview("KA", "R1")
    interview.answer("BPM-1", 4)
    before = proxy.turns
    interview.answer("BPM-2", 3)
    assert proxy.turns - before == 1
    anna.close()
