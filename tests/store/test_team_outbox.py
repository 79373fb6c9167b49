"""What waits on this machine for the team server: events of the audit log among it."""

import threading
from pathlib import Path

import pytest

from assess.errors import StoreError
from assess.store.postgres.outbox import Outbox


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path))
    return Outbox("server", "anna")


def sent(outbox: Outbox) -> list[str]:
    found: list[str] = []
    outbox.send_events(lambda events: found.extend(event["what"] for event in events))
    return found


def test_events_are_handed_over_once_and_a_line_cut_short_is_none(outbox: Outbox) -> None:
    outbox.log([{"what": "opened"}, {"what": "submitted"}])
    with (outbox.root / "events.jsonl").open("ab") as file:
        file.write(b'{"what": "reop')
    assert sent(outbox) == ["opened", "submitted"]
    assert sent(outbox) == []


def test_what_no_log_takes_is_refused_when_it_is_kept(outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="codes"):
        outbox.log([{"what": "opened", "note": "said this and that"}])


def test_events_that_cannot_be_read_are_one_clear_error(outbox: Outbox) -> None:
    outbox.log([{"what": "opened"}])
    (outbox.root / "0.sending").mkdir()
    with pytest.raises(StoreError, match=r"0\.sending"):
        sent(outbox)


def test_two_programs_of_one_login_hand_over_each_event_once(outbox: Outbox) -> None:
    outbox.log([{"what": "opened"}])
    found: list[str] = []
    other = threading.Thread(target=lambda: found.extend(sent(Outbox("server", "anna"))))

    def send(events: list[dict[str, str]]) -> None:
        other.start()
        other.join(0.2)  # long enough for one that does not wait
        found.extend(event["what"] for event in events)

    outbox.send_events(send)
    other.join()
    assert found == ["opened"]
