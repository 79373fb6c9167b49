"""What a continuity flag is worded with: its case and its figures, not its colour alone."""

from __future__ import annotations

import pytest

from assess.cover.continuity import Flag, Place, Position, Project, flags

JA = Place("JA", "Project Control", "Engineering", "Cheng")
LU = Place("LU", "Project Control", "Engineering", "Cheng")
HE = Place("HE", "Cost Control", "Cost", "Shen")
QI = Place("QI", "Sourcing", "Procurement", "Gao")
NOWHERE = Place("NN")


def flag(kind, project=None, per_user=None, **known):
    found = flags(Position(**known), project or Project(), per_user)
    return next((one for one in found if one.kind == kind), None)


@pytest.mark.parametrize(
    ("n", "places", "expected"),
    [
        (1, (JA,), Flag("holders", "red", "", {"n": 1})),
        (2, (JA, HE), Flag("holders", "green", "apart", {"n": 2})),
        (2, (JA, LU), Flag("holders", "amber", "one_team", {"n": 2, "team": "Project Control"})),
        (3, (JA, LU), Flag("holders", "amber", "teams_unknown", {"n": 3})),
        (2, (NOWHERE, JA), Flag("holders", "amber", "one_team", {"n": 2, "team": JA.team})),
        (
            2,
            (Place("A", department="Cost"), Place("B", department="Cost")),
            Flag("holders", "amber", "one_team", {"n": 2, "team": "Cost"}),
        ),
    ],
)
def test_holders_and_the_team_they_are_in(n, places, expected):
    assert flag("holders", holders=n, holder_places=places) == expected


def test_role_b_is_named():
    assert flag("no_b", a=JA) == Flag("no_b", "red", "none")
    low = flag("no_b", a=JA, b=HE, b_in_lowest_band=True)
    assert low == Flag("no_b", "amber", "low", {"b": "HE"})
    assert flag("no_b", a=JA, b=HE) == Flag("no_b", "green", "", {"b": "HE"})


def test_a_cluster_says_how_many_of_how_many_and_where():
    assert flag("cluster", key_users=(JA, LU, HE)) == Flag(
        "cluster", "red", "module", {"n": 2, "of": 3, "where": "Engineering"}
    )
    assert flag("cluster", key_users=(JA, LU, HE, QI)) == Flag(
        "cluster", "amber", "module", {"n": 2, "of": 4, "where": "Engineering"}
    )
    assert flag("cluster", Project((JA, LU, JA)), a=HE, b=QI) == Flag(
        "cluster", "red", "project", {"n": 3, "of": 3, "where": "Engineering"}
    )
    assert flag("cluster", a=JA, b=HE) == Flag("cluster", "green", "", {"n": 1, "of": 2})
    assert flag("cluster", key_users=(NOWHERE, NOWHERE)) is None


@pytest.mark.parametrize("known", ["department", "manager"])
def test_one_of_department_and_manager_is_enough_to_see_that_nobody_is_together(known):
    places = Place("A", **{known: "here"}), Place("B", **{known: "there"})
    assert flag("cluster", key_users=places) == Flag("cluster", "green", "", {"n": 1, "of": 2})


def test_a_third_of_the_key_users_is_a_cluster_and_less_is_none():
    four = tuple(Place(code, code, code, code) for code in "ABCD")
    assert flag("cluster", key_users=(JA, LU, *four)).level == "amber"
    five = (*four, Place("E", "E", "E", "E"))
    assert flag("cluster", key_users=(JA, LU, *five)) == Flag(
        "cluster", "green", "", {"n": 2, "of": 7}
    )


def test_a_department_is_named_before_a_manager_and_a_manager_where_more_share_one():
    mine = Place("X", department="Cost", manager="Cheng")
    yours = Place("Y", department="Cost", manager="Cheng")
    assert flag("cluster", key_users=(mine, yours)).figures["where"] == "Cost"
    other = Place("Z", department="Sales", manager="Cheng")
    assert flag("cluster", key_users=(mine, yours, other)).figures == {
        "n": 3,
        "of": 3,
        "where": "Cheng",
    }


def test_hand_over_counts_calendar_days_against_the_notice():
    found = flag("handover", handover_days=45, notice_days=63)
    assert found.figures == {"working": 45, "days": pytest.approx(63), "notice": 63}
    assert found.case == ""
    assert flag("handover", handover_days=10).figures["notice"] == 30
    assert flag("handover") is None


def test_what_is_written_and_announced_is_told():
    assert flag("written", written=39.9) == Flag("written", "red", "", {"share": 39.9})
    assert flag("written") is None
    assert flag("announced", announced="a move") == Flag(
        "announced", "amber", "", {"what": "a move"}
    )
    assert flag("announced", announced="") == Flag("announced", "green", "none")


def test_concentration_tells_the_roles_and_the_modules_of_a():
    figures = {"a": "JA", "n": 3, "modules": 1, "elsewhere": 2}
    project = Project(roles_of_a=1, b_elsewhere=2)
    assert flag("concentration", project, a=JA, other_roles=3) == Flag(
        "concentration", "red", "roles", figures
    )
    assert flag("concentration", project, a=JA, other_roles=1) == Flag(
        "concentration", "amber", "roles", figures | {"n": 1}
    )
    assert flag("concentration", project, a=JA) == Flag(
        "concentration", "green", "", figures | {"n": 0}
    )
    assert flag("concentration", Project(roles_of_a=2), a=JA).case == "a_twice"
    assert flag("concentration", project, b=HE, other_roles=3) is None


def test_the_ratio_counts_key_users_or_else_the_roles_filled():
    both = flag("ratio", per_user=20, a=JA, b=HE, end_users=41)
    assert both == Flag("ratio", "amber", "", {"users": 41, "n": 2, "default": 20})
    named = flag("ratio", per_user=20, a=JA, key_users=(JA, LU, HE), end_users=60)
    assert named == Flag("ratio", "green", "", {"users": 60, "n": 3, "default": 20})
    nobody = flag("ratio", per_user=20, end_users=0)
    assert nobody == Flag("ratio", "amber", "nobody", {"users": 0, "n": 0, "default": 20})
    assert flag("ratio", per_user=20, a=JA) is None


def test_flags_come_in_a_fixed_order():
    known = Position(
        holders=2,
        a=JA,
        b=HE,
        handover_days=10,
        written=80,
        announced="",
        end_users=10,
    )
    assert [one.kind for one in flags(known, Project(), 20)] == [
        *("holders", "no_b", "cluster", "handover", "written", "announced"),
        *("concentration", "ratio"),
    ]
