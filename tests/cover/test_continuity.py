"""Continuity flags turn where they are said to turn, and colour modules by facts alone."""

from __future__ import annotations

import pytest

from assess.cover.continuity import Place, Position, Project, flags

JA = Place("JA", "Project Control", "Engineering", "Cheng")
LU = Place("LU", "Project Control", "Engineering", "Cheng")
HE = Place("HE", "Cost Control", "Cost", "Shen")
QI = Place("QI", "Sourcing", "Procurement", "Gao")


def level(kind, project=None, per_user=None, **known):
    found = flags(Position(**known), project or Project(), per_user)
    return next((flag.level for flag in found if flag.kind == kind), None)


@pytest.mark.parametrize(
    ("n", "places", "expected"),
    [
        (0, (), "red"),
        (1, (JA,), "red"),
        (2, (JA, LU), "amber"),
        (2, (), "amber"),
        (2, (JA, HE), "green"),
        (None, (), None),
    ],
)
def test_a_single_holder_is_red_and_one_team_amber(n, places, expected):
    assert level("holders", holders=n, holder_places=places) == expected


def test_role_b_missing_is_red_and_under_the_backup_band_amber():
    assert level("no_b", a=JA) == "red"
    assert level("no_b", a=JA, b=HE, b_in_lowest_band=True) == "amber"
    assert level("no_b", a=JA, b=HE) == "green"


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        ((JA, LU), "red"),
        ((JA, HE), "green"),
        ((JA, LU, HE), "red"),
        ((JA, LU, HE, QI), "amber"),
        ((JA, LU, HE, QI, Place("X", "x", "x", "x"), Place("Y", "y", "y", "y")), "amber"),
    ],
)
def test_who_shares_a_department_or_manager(users, expected):
    assert level("cluster", key_users=users) == expected


def test_all_key_users_of_the_project_from_one_team_is_red_everywhere():
    assert level("cluster", Project((JA, LU)), a=JA) == "red"
    assert level("cluster", Project((JA, LU, HE)), a=JA, b=HE) == "green"


def test_a_shared_manager_counts_like_a_department():
    other = Place("OT", "Elsewhere", "Elsewhere", "Cheng")
    assert level("cluster", key_users=(JA, other)) == "red"


@pytest.mark.parametrize(
    ("working", "notice", "expected"),
    [
        (45, 30, "red"),
        (45, 63, "amber"),
        (20, 56, "green"),
        (21.5, None, "red"),
        (21, None, "amber"),
        (10, None, "green"),
    ],
)
def test_hand_over_in_calendar_days_against_the_notice(working, notice, expected):
    assert level("handover", handover_days=working, notice_days=notice) == expected


@pytest.mark.parametrize(
    ("share", "expected"), [(25, "red"), (40, "amber"), (69.9, "amber"), (70, "green")]
)
def test_share_written_down(share, expected):
    assert level("written", written=share) == expected


def test_announced_facts_are_amber_and_none_is_green():
    assert level("announced", announced="reorganisation in March") == "amber"
    assert level("announced", announced="") == "green"
    assert level("announced") is None


def test_one_person_with_many_roles_is_a_concentration():
    assert level("concentration", a=JA, other_roles=2) == "red"
    assert level("concentration", a=JA, other_roles=1) == "amber"
    assert level("concentration", a=JA) == "green"
    assert level("concentration", Project(roles_of_a=2), a=JA) == "red"


def test_end_users_per_key_user():
    assert level("ratio", per_user=20, a=JA, b=HE, end_users=41) == "amber"
    assert level("ratio", per_user=20, a=JA, b=HE, end_users=40) == "green"
    assert level("ratio", a=JA, b=HE, end_users=400) is None
