"""The fairness report: from a file that is read once, on who is selected, and stored nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.errors import BadInput
from assess.workspace.fairness import fairness
from assess.workspace.workspace import Workspace

FIRST, SECOND = ("JA", "LU", "WE", "HE", "QI"), ("AN", "FE", "MO", "RO", "SU")
GROUPS = {**dict.fromkeys(FIRST, "Zeta"), **dict.fromkeys(SECOND, "Omega")}


@pytest.fixture
def workspace(riverside: Path) -> Workspace:
    """Ten people, all standing for PLAN and rated there."""
    found = Workspace.open(riverside)
    everybody = found.candidates()
    found.put_people(
        [everybody[c].model_copy(update={"modules": ["COST", "PLAN", "PROC"]}) for c in GROUPS]
    )
    return found


@pytest.fixture
def file(tmp_path: Path):
    def write(rows=GROUPS, header="candidate,group", name="groups.csv") -> Path:
        path = tmp_path / name
        lines = [header, *(f"{code},{group}" for code, group in dict(rows).items())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_selected_by_default_are_the_best_of_the_pack_s_shortlist(workspace, file):
    found = fairness(workspace, file(), "PLAN")
    module = workspace.rank(["PLAN"]).modules[0]
    best = {one.candidate for one in module.candidates if one.rank and one.rank <= 3}
    assert found.rule.as_json() == {"by": "top", "k": 3}
    assert found.groups["Zeta"].selected == len(best & set(FIRST)) == 3
    assert found.groups["Omega"].selected == 0
    assert found.groups["Zeta"].rate == pytest.approx(3 / 5)
    assert (found.groups["Zeta"].ratio, found.groups["Omega"].ratio) == (1.0, 0.0)
    assert found.look


def test_selected_by_band_are_those_in_it_or_above(workspace, file):
    module = workspace.rank(["PLAN"]).modules[0]
    in_band = {
        one.candidate for one in module.candidates if one.status in ("ready", "ready_with_plan")
    }
    found = fairness(workspace, file(), "PLAN", band="ready_with_plan")
    for name, people in (("Zeta", FIRST), ("Omega", SECOND)):
        rated = [c for c in people if module.of(c).status != "incomplete"]
        assert found.groups[name].n in (len(rated), None)
        assert found.groups[name].selected in (len(in_band & set(people)), None)


def test_the_best_k_may_be_named(workspace, file):
    found = fairness(workspace, file(), "PLAN", top=1)
    assert found.groups["Zeta"].selected == 1


def test_a_group_of_fewer_than_five_has_no_figure(workspace, file):
    rows = GROUPS | {"SU": "Small"}
    found = fairness(workspace, file(rows), "PLAN").as_json()
    small = [group for group in found["groups"] if group["too_few"]]
    assert {group["group"] for group in small} >= {"Small"}
    for group in small:
        assert [group[key] for key in ("n", "selected", "rate", "ratio", "p")] == [None] * 5


def test_whom_the_report_leaves_out_is_counted(workspace, file):
    rows = {code: group for code, group in GROUPS.items() if code != "JA"} | {"SU": "Omega"}
    found = fairness(workspace, file(rows | {"TA": "Omega"}), "PLAN")
    assert found.without_group >= 1
    assert found.elsewhere == 1  # TA stands for another module


def test_nothing_of_the_groups_is_stored(workspace, file, riverside):
    before = workspace.store.digests()
    fairness(workspace, file(), "PLAN")
    assert workspace.store.digests() == before
    workspace.close()
    for path in riverside.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"Zeta" not in data
            assert b"Omega" not in data
    log = (riverside / "audit.jsonl").read_text("utf-8").splitlines()[-1]
    assert '"fairness"' in log
    assert "groups.csv" not in log


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ({"JA": "x,y"}, "candidate,group,more", "two columns and no more"),
        ({"JA": "x"}, "who,group", "two columns and no more"),
        ({"XX": "x"}, "candidate,group", "groups cannot be read"),
        ({"JA": " "}, "candidate,group", "groups cannot be read"),
    ],
)
def test_a_file_of_another_shape_is_refused(workspace, file, rows, header, message):
    with pytest.raises(BadInput, match=message):
        fairness(workspace, file(rows, header), "PLAN")


def test_every_mistake_names_its_row(workspace, tmp_path):
    path = tmp_path / "g.csv"
    path.write_text("candidate,sex\nJA,a\nJA,b\nXX,a\nHE,\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        fairness(workspace, path, "PLAN")
    assert [re_row(line) for line in caught.value.findings] == [3, 4, 5]


def re_row(line: str) -> int:
    return int(re.findall(r"row (\d+)", line)[0])


@pytest.mark.parametrize(
    ("options", "message"),
    [({"band": "best"}, "no band best"), ({"top": 0}, "at least one place")],
)
def test_a_rule_that_does_not_exist_is_refused(workspace, file, options, message):
    with pytest.raises(BadInput, match=message):
        fairness(workspace, file(), "PLAN", **options)
