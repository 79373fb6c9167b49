"""What an author may break in a new pack: each message names place, mistake and what mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assess.packs.starting import new_pack

BROKEN = yaml.safe_load(Path(__file__).with_name("broken_packs.yaml").read_text("utf-8"))


def test_there_are_thirty_of_them_and_no_two_messages_are_alike():
    messages = [case["message"].partition(": ")[2] for case in BROKEN.values()]
    assert len(set(messages)) == len(messages) >= 30


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_the_message_alone_says_what_mends_it(assess, tmp_path, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "p" / case["file"]
    new_pack(tmp_path / "p")
    good = path.read_text(encoding="utf-8")
    assert case["right"] in good
    broken = good.replace(case["right"], case["wrong"], 1)
    path.write_text(broken, encoding="utf-8")

    checked = assess("pack", "check", "p")
    assert checked.code == 2
    assert checked.err.splitlines() == [case["message"], "1 mistake"]
    refused = assess("init", "--name", "T", "--pack", "p", "--workspace", tmp_path / "workspace")
    assert refused.code == 2
    assert case["message"] in refused.err
    assert not (tmp_path / "workspace").exists()

    assert case["there"] in broken
    path.write_text(broken.replace(case["there"], case["mended"], 1), encoding="utf-8")
    assert assess("pack", "check", "p").code == 0
