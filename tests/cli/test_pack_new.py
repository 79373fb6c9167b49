"""A new pack: in order by its own check, and ready for a first interview."""

from __future__ import annotations

import json

import pytest

from assess.packs import load_pack


@pytest.mark.parametrize("base", [None, "key-user"])
def test_a_new_pack_passes_the_strict_check_in_both_languages(assess, tmp_path, base):
    folder = tmp_path / "my-pack"
    words = ["--extends", base] if base else []
    assert assess("pack", "new", folder, *words).code == 0
    checked = assess("pack", "check", "--strict", folder)
    assert checked.code == 0, checked.err
    assert load_pack(folder).ref.id == "my-pack"


def test_it_runs_at_once(assess, tmp_path):
    folder, place = tmp_path / "my-pack", tmp_path / "workspace"
    assess("pack", "new", folder)
    assert assess("init", "--name", "T", "--pack", folder, "--workspace", place).code == 0
    ratings = tmp_path / "r.csv"
    rows = [f"X,R1,{item},4" for item in ("BPM-1", "BPM-2", "COA-1", "COA-2", "AVL-1", "AVL-2")]
    rows += ["X,R1,PROC-G1,yes", *(f"X,R1,PROC-K{n},{key}" for n, key in enumerate("BADC", 1))]
    ratings.write_text("candidate,rater,item,value\n" + "\n".join(rows) + "\n")
    done = assess("import", "ratings", ratings, "--create", "--workspace", place)
    assert done.code == 0, done.err
    told = json.loads(assess("rank", "--json", "--workspace", place).out)
    for module in told["modules"]:
        (only,) = module["candidates"]
        assert only["coverage"] == 100
        assert only["rank"] == 1


def test_a_pack_on_top_names_the_one_below_by_the_way_to_its_folder(assess, tmp_path):
    assess("pack", "new", tmp_path / "base")
    assess("pack", "new", tmp_path / "deep" / "top", "--extends", tmp_path / "base")
    assert 'extends: "../../base"' in (tmp_path / "deep" / "top" / "pack.yaml").read_text()
    assert assess("pack", "check", "--strict", tmp_path / "deep" / "top").code == 0


@pytest.mark.parametrize("name", ["true", "null", "007", "1.0", "题库", "a_b"])
def test_an_id_that_looks_like_something_else_stays_that_id(assess, tmp_path, name):
    assert assess("pack", "new", tmp_path / "pack", "--id", name).code == 0
    assert load_pack(tmp_path / "pack").ref.id == name


def test_what_is_there_is_not_written_over(assess, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    refused = assess("pack", "new", mine)
    assert refused.code == 2
    assert "holds something already" in refused.err
    assert [path.name for path in mine.iterdir()] == ["notes.txt"]
    assert assess("pack", "new", mine / "notes.txt").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["two words"], "cannot be the id of a pack"),
        (["good", "--id=-x"], "cannot be the id of a pack"),
        (["good", "--extends", "nowhere"], "there is no pack 'nowhere'"),
    ],
)
def test_a_refusal_leaves_nothing_behind(assess, tmp_path, words, said):
    refused = assess("pack", "new", tmp_path / words[0], *words[1:])
    assert refused.code == 2
    assert said in refused.err
    assert list(tmp_path.iterdir()) == []
