"""What every store keeps to; each kind of store runs all of it."""

import itertools
import random
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import FIRST, PACK, SECOND, Opener, answer, numbered

from assess.errors import BadInput, StoreCorrupt, StoreError
from assess.model.pack import PackRef
from assess.model.records import ENGAGEMENT, Record
from assess.store.protocol import Store

FIXED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_what_was_put_is_read_in_the_order_of_ids_also_after_opening_again(opener: Opener) -> None:
    store = opener()
    records = [numbered(3), numbered(1), numbered(2)]
    assert store.put(FIRST, records) == 3
    in_order = sorted(records, key=lambda r: r["id"])
    assert store.read(FIRST) == in_order
    store.close()
    assert opener().read(FIRST) == in_order


def test_putting_the_same_again_changes_nothing(store: Store) -> None:
    records = [answer(1), answer(2)]
    store.put(FIRST, records)
    before = store.digests()
    assert store.put(FIRST, [*records, answer(3)]) == 1
    assert store.put(FIRST, records) == 0
    assert len(store.read(FIRST)) == 3
    assert store.digests() != before


def test_the_same_id_with_other_content_is_refused_by_name_and_stores_nothing(store: Store) -> None:
    store.put(FIRST, [numbered(1, value=3)])
    with pytest.raises(StoreCorrupt) as refusal:
        store.put(FIRST, [numbered(2), numbered(1, value=4)])
    assert FIRST in refusal.value.message
    assert f"{1:026d}" in refusal.value.message
    assert store.read(FIRST) == [numbered(1, value=3)]


def test_one_batch_with_two_contents_for_an_id_is_refused(store: Store) -> None:
    with pytest.raises(StoreCorrupt):
        store.put(FIRST, [numbered(1, value=3), numbered(1, value=4)])
    assert store.read(FIRST) == []


def test_a_number_and_a_truth_value_are_different_contents(store: Store) -> None:
    store.put(FIRST, [numbered(1, value=1)])
    with pytest.raises(StoreCorrupt):
        store.put(FIRST, [numbered(1, value=True)])


def test_a_stream_that_does_not_exist_is_empty(store: Store) -> None:
    assert store.read(FIRST) == []
    assert store.read(ENGAGEMENT) == []
    assert store.streams() == []
    assert store.digests() == {}
    assert store.damaged() == {}


def test_putting_nothing_makes_no_stream(store: Store) -> None:
    assert store.put(FIRST, []) == 0
    assert store.streams() == []


def test_streams_are_apart_and_listed_by_name(store: Store) -> None:
    store.put(SECOND, [numbered(2)])
    store.put(ENGAGEMENT, [numbered(3)])
    store.put(FIRST, [numbered(1)])
    assert store.streams() == sorted([FIRST, SECOND, ENGAGEMENT])
    assert store.read(SECOND) == [numbered(2)]
    assert list(store.read_all()) == [(name, store.read(name)) for name in store.streams()]
    assert list(store.read_all([SECOND, "f" * 32])) == [(SECOND, [numbered(2)])]


def test_many_streams_are_put_in_one_go(opener: Opener) -> None:
    store = opener()
    names = [f"{n:032x}" for n in range(150)]
    store.put(names[0], [numbered(1)])
    batches = {name: [numbered(1), numbered(2)] for name in [*names, ENGAGEMENT]}
    assert store.put_many(batches) == 301
    assert store.put_many(batches) == 0
    again = opener()
    assert dict(again.read_all()) == batches
    assert again.digests().keys() == batches.keys()


def test_a_bad_record_in_one_of_many_streams_stops_all(store: Store) -> None:
    with pytest.raises(StoreCorrupt):
        store.put_many({FIRST: [numbered(1)], SECOND: [numbered(1), numbered(1, value=9)]})
    assert store.streams() == []


def test_another_content_in_one_of_many_streams_stops_all(store: Store) -> None:
    store.put(SECOND, [numbered(1)])
    with pytest.raises(StoreCorrupt, match=SECOND):
        store.put_many({FIRST: [numbered(1)], SECOND: [numbered(1, value=9)]})
    assert store.read(FIRST) == []


def test_equal_content_has_equal_digests_however_it_came(store: Store) -> None:
    records = [numbered(n) for n in range(5)]
    for record in records:
        store.put(FIRST, [record])
    store.put(SECOND, records[::-1])
    digests = store.digests()
    assert digests[FIRST] == digests[SECOND]


def test_digests_tell_contents_apart(store: Store) -> None:
    store.put(FIRST, [numbered(1, value=3)])
    store.put(SECOND, [numbered(1, value=4)])
    digests = store.digests()
    assert digests[FIRST] != digests[SECOND]


def test_one_store_sees_what_another_put(opener: Opener) -> None:
    one, other = opener(), opener()
    for n in range(6):
        writer, reader = (one, other) if n % 2 else (other, one)
        writer.put(FIRST, [numbered(n)])
        assert len(reader.read(FIRST)) == n + 1
        assert reader.digests() == writer.digests()


def test_threads_of_one_program_lose_nothing(store: Store) -> None:
    def write(offset: int) -> None:
        for n in range(20):
            store.put(FIRST if n % 2 else SECOND, [numbered(offset + n)])

    threads = [threading.Thread(target=write, args=(1000 * k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.read(FIRST)) + len(store.read(SECOND)) == 80


@pytest.mark.parametrize(
    "more",
    [
        {"note": "“quoted”\n\ttabs \\ slashes \u2028 and \U0001f9ea 备注"},
        {"note": ""},
        {"value": None},
        {"value": 0.1 + 0.2},
        {"value": -0.0},
        {"value": [True, False, "yes", {"deep": [1, 2.5, None]}]},
        {"revises": ["0" * 26, "1" * 26]},
    ],
)
def test_every_value_of_json_comes_back_as_it_was(opener: Opener, more: dict[str, Any]) -> None:
    store = opener()
    record = answer(**more)
    store.put(FIRST, [record])
    store.close()
    assert repr(opener().read(FIRST)) == repr([record])


def test_a_text_that_cannot_be_stored_is_an_error_that_a_user_understands(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        store.put(FIRST, [answer(note="half a \ud83d character")])
    assert store.read(FIRST) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, (1, 2), b"bytes", 1 << 70])
def test_what_json_would_change_is_no_record(store: Store, value: object) -> None:
    with pytest.raises(ValueError, match="plain JSON"):
        store.put(FIRST, [answer(value=value)])  # type: ignore[arg-type]
    assert store.read(FIRST) == []


@pytest.mark.parametrize("name", ["", "../x", "0" * 25, "0" * 27, "8" + "0" * 25, "I" * 26, None])
def test_an_id_that_is_no_ulid_is_refused(store: Store, name: Any) -> None:
    with pytest.raises(ValueError, match="id of a record"):
        store.put(FIRST, [answer(id=name)])


@pytest.mark.parametrize("name", ["", "../" + "0" * 29, "interviews", "A" * 32, FIRST + "\n"])
def test_a_stream_that_is_no_interview_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="interview"):
        store.put(name, [answer()])
    with pytest.raises(ValueError, match="interview"):
        store.read(name)


def test_erased_records_are_gone_and_the_others_stay(opener: Opener) -> None:
    store = opener()
    store.put(ENGAGEMENT, [numbered(n) for n in range(4)])
    store.put(FIRST, [numbered(9)])
    store.erase(ENGAGEMENT, {f"{1:026d}", f"{2:026d}"})
    kept = [numbered(0), numbered(3)]
    assert store.read(ENGAGEMENT) == kept
    store.put(ENGAGEMENT, [numbered(5)])
    assert opener().read(ENGAGEMENT) == [*kept, numbered(5)]
    store.erase(FIRST)
    assert store.streams() == opener().streams() == [ENGAGEMENT]
    store.erase(FIRST)


def test_a_pack_is_kept_with_all_its_files(opener: Opener) -> None:
    store = opener()
    files = {"pack.yaml": "标题\r\n".encode(), "more/self.yaml": b"", "logo.bin": bytes(range(256))}
    store.put_pack(PACK, files)
    store.put_pack(PACK, files)
    assert opener().pack(PACK) == files


def test_versions_of_a_pack_are_kept_beside_each_other(store: Store) -> None:
    other = PackRef(id=PACK.id, version="1.0.0", hash="f" * 64)
    store.put_pack(PACK, {"pack.yaml": b"one"})
    store.put_pack(other, {"pack.yaml": b"two"})
    assert store.pack(PACK) == {"pack.yaml": b"one"}
    assert store.pack(other) == {"pack.yaml": b"two"}


def test_a_pack_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match=r"关键用户 1\.0\.0"):
        store.pack(PACK)


LEADING_OUT = [
    *("../out.yaml", "/etc/out.yaml", "a/../../out.yaml", ".", "..", "a//b", "./a", "a/"),
    *("a\\b", "C:evil.yaml", ".hidden", "a/.hidden", "nul", "con.yaml", "", "line\nfeed"),
]


@pytest.mark.parametrize("name", LEADING_OUT)
def test_no_file_of_a_pack_leads_out_of_its_folder(store: Store, name: str) -> None:
    with pytest.raises(BadInput):
        store.put_pack(PACK, {"pack.yaml": b"good", name: b"bad"})
    with pytest.raises(StoreError):
        store.pack(PACK)


@pytest.mark.parametrize(
    "wrong",
    [{"id": "../../up"}, {"id": "a/b"}, {"version": "1/../../x"}, {"hash": "../" * 21 + "x"}],
)
def test_no_name_of_a_pack_leads_out_of_the_workspace(store: Store, wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        store.put_pack(PACK.model_copy(update=wrong), {"pack.yaml": b"x"})


def test_the_log_keeps_events_in_order_across_openings(opener: Opener) -> None:
    opener().log([{"what": "opened", "by": "R1", "interview": FIRST}])
    opener().log([{"what": "submitted", "by": "R1"}, {"what": "exported", "by": "经理"}])
    events = list(opener().events())
    assert [event["what"] for event in events[-3:]] == ["opened", "submitted", "exported"]
    assert [event["by"] for event in events[-3:]] == ["R1", "R1", "经理"]
    assert all("at" in event for event in events)


@pytest.mark.parametrize(
    "more",
    [
        {"note": "She said that …"},
        {"name": "Li Na"},
        {"codes": ["K01", "two words"]},
        {"nested": {"answer": "x"}},
        {"hash": "0"},
    ],
)
def test_the_log_takes_codes_and_no_texts(store: Store, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        store.log([{"what": "opened", "by": "R1"}, {"what": "opened", "by": "R1", **more}])
    assert list(store.events()) == []


# -- the set of records, whatever the history

records = st.builds(
    numbered, st.integers(0, 12), value=st.just(3), note=st.sampled_from(["note", "note"])
)


@FIXED
@given(st.lists(st.lists(records, max_size=4), min_size=3, max_size=3), st.randoms())
def test_union_is_idempotent_commutative_and_associative(
    opener: Opener,
    laptops: list[list[Record]],
    chance: random.Random,
) -> None:
    wanted = {record["id"]: record for laptop in laptops for record in laptop}
    store = opener()
    digests = set()
    for order in itertools.permutations(laptops):
        store.erase(FIRST)
        for laptop in [*order, chance.choice(order)]:
            store.put(FIRST, laptop)
        assert store.read(FIRST) == [wanted[name] for name in sorted(wanted)]
        digests.add(store.digests().get(FIRST))
    assert len(digests) == 1
