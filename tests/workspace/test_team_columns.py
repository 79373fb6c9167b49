"""Reading columns from a team server in bulk comes to what reading its interviews comes to."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from laptops import PACK, begin, copied
from team_server import TeamServer, member

from assess.model.people import Candidate, Rater
from assess.packs import find_pack, load_pack, load_pack_files, read_pack_folder
from assess.store.postgres.link import Link
from assess.workspace.columns import Columns
from assess.workspace.gathered import GatheredColumns, columns_of
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def both(team_server: TeamServer, tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """A folder and a server with the same answers: conditions, keyed items, gates, open ones."""
    folder = Workspace.open(tmp_path / "folder", create=True)
    pack = find_pack("key-user")
    folder.start("Riverside", read_pack_folder(pack), load_pack(pack), ["COST", "PROC"])
    people = [Candidate(id=f"K{n}", modules=["COST"] if n % 3 else []) for n in range(6)]
    folder.put_people([*people, *(Rater(id=f"R{n}") for n in range(3))])
    chance = random.Random(7)
    for questionnaire in folder.pack.questionnaires.values():
        for person in people:
            for rater in range(2 if questionnaire.audience == "interviewer" else 1):
                code = f"R{(int(person.id[1:]) + rater) % 3}"
                _answer_all(folder, chance, person.id, code, questionnaire.id)
    members = [(f"login{n}", "interviewer", f"R{n}") for n in range(3)]
    server = Workspace.open(team_server.prepared(*members))
    merge(server, [folder.place])
    yield folder, server
    server.close()


def _answer_all(
    workspace: Workspace, chance: random.Random, person: str, rater: str, questionnaire: str
) -> None:
    interview = workspace.interview(person, rater, questionnaire)
    interview.record_notice("consent")
    for item in interview.questionnaire.items:
        turn = chance.random()
        if turn < 0.15:
            continue
        if turn < 0.25:
            interview.mark(item.id, chance.choice(["not_asked", "not_observed", "declined"]))
        elif item.type == "rating":
            interview.answer(item.id, chance.randint(1, 5))
        elif item.type == "yes_no":
            interview.answer(item.id, chance.random() < 0.8)
        elif item.type == "choice":
            interview.answer(item.id, chance.choice(item.options).id)  # type: ignore[union-attr]
        if chance.random() < 0.2:
            interview.note(item.id, chance.choice(["seen", " \t "]))
    if chance.random() < 0.7 and not interview.review().required:
        interview.submit()


def plain(columns: Columns) -> dict[str, object]:
    found: dict[str, object] = {"newest": columns.newest, "raters": columns.raters}
    for code, wave in columns.waves.items():
        rows = zip(wave.candidate, wave.rater, wave.item, wave.value, wave.points, strict=True)
        found[code] = (
            sorted(rows),
            [value for value in sorted(wave.agreed) if not math.isnan(value)],
            {key: sorted(map(str, earned)) for key, earned in wave.keyed.items()},
            wave.without_note,
            wave.open_interviews,
        )
    gates = [item for item in columns.pack.items if columns.pack.items[item].type == "yes_no"]
    found["gates"] = sorted(columns.gate_answers(gates))
    return found


def test_columns_gathered_are_those_of_the_interviews(
    both: tuple[Workspace, Workspace],
) -> None:
    folder, server = both
    folder.agree("K1", "BPM-1", 3, "talked it over")
    merge(server, [folder.place])
    gathered = columns_of(server)
    assert isinstance(gathered, GatheredColumns)
    assert plain(gathered) == plain(columns_of(folder))
    assert server.rank().modules == folder.rank().modules


def test_answers_given_apart_withdrawals_and_erasures_are_counted_alike(
    both: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    from assess.workspace.erasing import erase
    from assess.workspace.privacy import withdraw

    folder, server = both
    other = copied(Path(folder.place), tmp_path / "other")
    for workspace, value in ((folder, 1), (other, 5)):
        interview = workspace.interview("K2", "R2")
        if interview.submitted:
            interview.reopen("once more")
        interview.answer("BPM-1", value)
    merge(folder, [other.place])
    withdraw(folder, "K3")
    erase(folder, "K4")
    merge(server, [folder.place])
    assert plain(columns_of(server)) == plain(columns_of(folder))


def test_joined_candidates_and_moved_interviews_are_counted_alike(
    both: tuple[Workspace, Workspace],
) -> None:
    from assess.workspace.joining import join, move

    folder, server = both
    join(folder, "K1", "K2", "entered twice")
    moved = next(r for r in folder.readings() if r.candidate == "K4")
    move(folder, "K4", "K5", [moved.id], "filed wrongly")
    merge(server, [folder.place])
    gathered = columns_of(server)
    assert isinstance(gathered, GatheredColumns)
    assert plain(gathered) == plain(columns_of(folder))


@pytest.mark.parametrize("rater", ["R0", "R1", "R2"])
def test_an_interviewer_counts_what_an_interviewer_may_see(
    both: tuple[Workspace, Workspace], rater: str
) -> None:
    folder, server = both
    folder.agree("K1", "BPM-1", 3, "talked it over")
    merge(server, [folder.place])
    mine = Workspace.open(member(server.place, f"login{rater[1]}"))
    gathered = columns_of(mine)
    assert isinstance(gathered, GatheredColumns)
    alone = Workspace.open(folder.place, me=rater)
    wanted = plain(columns_of(alone))
    # in a folder others' open interviews are read too, once one's own is submitted
    hidden = [r for r in alone.visible() if r.rater != rater and not r.submitted]
    if hidden:
        alone._visible_now = lambda: [  # type: ignore[method-assign]
            r for r in Workspace._visible_now(alone) if r not in hidden
        ]
        wanted = plain(columns_of(alone))
    assert plain(gathered) == wanted
    assert plain(gathered)["M0"]
    mine.close()


def test_ranking_as_an_interviewer_takes_few_exchanges_with_the_server(
    both: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder, server = both
    mine = Workspace.open(member(server.place, "login1"))
    asked: list[object] = []
    run = Link.run

    def counted(link: Link, act: Any) -> Any:
        asked.append(act)
        return run(link, act)

    monkeypatch.setattr(Link, "run", counted)
    mine.rank()
    assert len(mine.readings()) > 8
    assert len(asked) <= 8
    mine.close()


def test_answers_that_a_newer_pack_no_longer_takes_are_left_out_alike(
    team_server: TeamServer, tmp_path: Path
) -> None:
    folder = begin(tmp_path / "begun")
    for candidate, value in (("KA", 5), ("KB", 2)):
        interview = folder.interview(candidate, "R1")
        for item in ("BPM-1", "BPM-2", "OWN-1"):
            interview.answer(item, value)
        interview.answer("DONE", True)
    files = dict(PACK)
    files["pack.yaml"] = files["pack.yaml"].replace(b"1.0.0", b"2.0.0").replace(b"to: 5", b"to: 4")
    new = load_pack_files(files)
    folder.store.put_pack(new.ref, files)
    after = folder.engagement.model_copy(update={"pack": new.ref}).model_dump(mode="json")
    heads = [head["id"] for head in folder.heads("engagement")]
    folder.add({"kind": "engagement", **after, "revises": heads})
    server = Workspace.open(team_server.prepared())
    merge(server, [folder.place])
    gathered = columns_of(server)
    assert isinstance(gathered, GatheredColumns)
    assert plain(gathered) == plain(columns_of(folder))
    assert set(gathered.waves["M0"].value) == {2.0}
    server.close()


def test_an_empty_server_has_no_columns(team_server: TeamServer, tmp_path: Path) -> None:
    server = Workspace.open(team_server.prepared())
    merge(server, [begin(tmp_path / "begun").place])
    assert columns_of(server).waves == {}
    server.close()
