"""Random histories of several laptops come to the same, however they are merged."""

import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import (
    ITEMS,
    PEOPLE,
    begin,
    copied,
    empty,
    exported,
)

from assess.errors import BadInput
from assess.workspace.conflicts import conflicts, settle
from assess.workspace.erasing import erase
from assess.workspace.joining import join
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


laptops = st.integers(0, 2)


people, raters = st.sampled_from(PEOPLE), st.sampled_from(["R1", "R2"])
acts = st.one_of(
    st.tuples(st.just("answer"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("answer"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("note"), people, raters, st.sampled_from(ITEMS), st.sampled_from("xy")),
    st.tuples(st.just("submit"), people, raters),
    st.tuples(st.just("edit"), people, st.sampled_from(["name", "team"]), st.sampled_from("pq")),
    st.tuples(st.just("agree"), people, raters, st.sampled_from(ITEMS), st.integers(1, 5)),
    st.tuples(st.just("join"), people, people),
    st.tuples(st.just("settle"), st.integers(0, 3)),
    st.tuples(st.just("erase"), people),
    st.tuples(st.just("merge"), laptops),
)


def act_on(workspaces: list[Workspace], at: int, act: tuple[Any, ...]) -> None:
    """One act on a laptop; what is refused there (say, of somebody erased) changes nothing."""
    workspace, (what, *given_) = workspaces[at], act
    try:
        if what in ("answer", "note", "submit"):
            interview = workspace.interview(*given_[:2])
            if interview.submitted:
                interview.reopen("once more")
            getattr(interview, what)(*given_[2:])
        elif what == "edit":
            person = workspace.candidate(given_[0]).model_copy(update={given_[1]: given_[2]})
            workspace.put_people([person])
        elif what == "agree":
            workspace.agree(given_[0], given_[2], given_[3], "talked")
        elif what == "join":
            join(workspace, *given_, "the same")
        elif what == "settle":
            found = conflicts(workspace)
            if found:
                one = found[given_[0] % len(found)]
                settle(workspace, one.id, one.heads[0]["id"], "read the notes")
        elif what == "erase":
            erase(workspace, *given_)
        elif given_[0] != at:
            merge(workspace, [workspaces[given_[0]].place])
    except BadInput:
        pass


@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(laptops, acts), max_size=24))
def test_random_histories_of_three_laptops_merge_to_the_same_in_every_order_and_twice(
    history: list[tuple[int, tuple[Any, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = begin(Path(folder) / "base")
        base.close()
        places = [Path(folder) / f"laptop{n}" for n in range(3)]
        workspaces = [copied(Path(base.place), place) for place in places]
        for at, act in history:
            act_on(workspaces, at, act)
        for workspace in workspaces:
            workspace.close()
        seen = set()
        for number, order in enumerate(itertools.permutations(places)):
            united = empty(Path(folder) / f"united{number}")
            for _again in range(2):
                for place in order:
                    merge(united, [str(place)])
            seen.add((exported(united, "csv"), exported(united, "json")))
        at_once = empty(Path(folder) / "at-once")
        merge(at_once, [str(place) for place in places])
        seen.add((exported(at_once, "csv"), exported(at_once, "json")))
        for place in places:  # and there and back again
            back = Workspace.open(place)
            merge(back, [at_once.place])
            seen.add((exported(back, "csv"), exported(back, "json")))
        assert len(seen) == 1
