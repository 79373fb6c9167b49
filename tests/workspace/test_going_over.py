"""Going over to another version of a pack: merged between laptops, verified, read only."""

from pathlib import Path

import orjson
import pytest
from laptops import PACK, answered, begin

from assess.errors import AssessError, StoreCorrupt
from assess.model.records import ENGAGEMENT
from assess.packs import load_pack_files
from assess.workspace.backing import backup, restore, verify
from assess.workspace.by_version import under
from assess.workspace.exporting import render
from assess.workspace.going_over import migrate
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def gone_over(workspace: Workspace, **keys: str) -> None:
    """Let a workspace go over to its own pack with other keys in ``pack.yaml``."""
    files = dict(workspace.store.pack(workspace.engagement.pack))
    text = files["pack.yaml"].decode()
    lines = [line for line in text.splitlines() if line.partition(":")[0] not in keys]
    files["pack.yaml"] = "\n".join(
        [*(f"{key}: {value}" for key, value in keys.items()), *lines, ""]
    ).encode()
    migrate(workspace, files, load_pack_files(files), "other policy")


def test_who_went_over_and_who_did_not_merge_into_the_newer_version(tmp_path: Path) -> None:
    anna = begin(tmp_path / "anna")
    bo = Workspace.open(tmp_path / "bo", create=True)
    merge(bo, [str(tmp_path / "anna")])
    gone_over(anna, version="1.1.0", policy="{top: 1}")
    answered(bo, "KA", "R2", BPM_1=4)
    merge(bo, [str(tmp_path / "anna")])
    merge(anna, [str(tmp_path / "bo")])
    assert bo.pack.ref == anna.pack.ref
    assert bo.pack.file.policy.top == 1
    assert [one.rater for one in anna.interviews()] == ["R2"]
    assert not verify(anna).wrong


def test_engagements_begun_apart_are_one_though_one_went_over_to_a_private_pack(
    tmp_path: Path,
) -> None:
    anna, bo = begin(tmp_path / "anna"), begin(tmp_path / "bo")
    gone_over(anna, pack="private")
    answered(bo, "KA", "R2", BPM_1=4)
    merge(anna, [str(tmp_path / "bo")])
    assert [one.rater for one in anna.interviews()] == ["R2"]


def test_an_answer_is_read_with_the_words_it_was_given_under(tmp_path: Path) -> None:
    anna = begin(tmp_path / "anna")
    answered(anna, "KA", "R1", BPM_1=4)
    files = dict(anna.store.pack(anna.engagement.pack))
    files["pack.yaml"] = files["pack.yaml"].replace(b"version: 1.0.0", b"version: 1.1.0")
    files["interview.yaml"] = files["interview.yaml"].replace(b"ask: How}", b"ask: In which way}")
    migrate(anna, files, load_pack_files(files))
    answered(anna, "KB", "R1", BPM_1=4)
    (before,), (after,) = anna.evidence("KA", "BPM"), anna.evidence("KB", "BPM")
    assert before.asked is not None
    assert before.asked.say("en") == "How"
    assert after.asked is None
    for code, words in (("KA", "How"), ("KB", "In which way")):
        told = render(anna, "person", candidate=code).decode("utf-8-sig")
        assert f",{words}," in told


def test_a_pack_on_top_of_another_travels_in_backups_and_merges(tmp_path: Path) -> None:
    layers = {f"extends/{name}": content for name, content in PACK.items()}
    layers["pack.yaml"] = b"pack: top\nversion: 1.0.0\nextends: small\npolicy: {top: 2}\n"
    anna = begin(tmp_path / "anna", pack=layers)
    answered(anna, "KA", "R1", BPM_1=4)
    backup(anna, tmp_path / "kept.zip")
    bo = Workspace.open(tmp_path / "bo", create=True)
    restore(bo, tmp_path / "kept.zip")
    cy = Workspace.open(tmp_path / "cy", create=True)
    merge(cy, [str(tmp_path / "bo")])
    for other in (bo, cy):
        assert other.pack == anna.pack
        assert not verify(other).wrong


def test_results_by_an_earlier_version_are_only_read(tmp_path: Path) -> None:
    anna = begin(tmp_path / "anna")
    before = anna.engagement.pack
    gone_over(anna, version="1.1.0")
    with pytest.raises(AssessError, match="only read"):
        answered(under(anna, before), "KA", "R1", BPM_1=1)
    with pytest.raises(AssessError, match="only read"):
        under(anna, before).store.put_many({ENGAGEMENT: []})


def test_a_kept_pack_changed_together_with_its_list_is_noticed(tmp_path: Path) -> None:
    anna = begin(tmp_path / "anna")
    answered(anna, "KA", "R1", BPM_1=4)
    (folder,) = (tmp_path / "anna" / "packs").iterdir()
    listed = orjson.loads((folder / ".files.json").read_bytes())
    name = next(name for name in listed if name != "pack.yaml")
    del listed[name]
    (folder / ".files.json").write_bytes(orjson.dumps(listed))
    with pytest.raises(StoreCorrupt, match="not the text that answers were given under"):
        Workspace.open(tmp_path / "anna").rank()
    wrong = verify(Workspace.open(tmp_path / "anna")).wrong
    assert any("not the text that answers were given under" in why for why in wrong.values())
