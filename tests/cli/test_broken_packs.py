"""What an author may break in a new pack: each message names place, mistake and what mends it."""

from __future__ import annotations

import pytest
from broken_packs import BROKEN

from assess.packs.starting import new_pack


def test_there_are_thirty_of_them_and_no_two_messages_are_alike():
    messages = [case[3].partition(": ")[2] for case in BROKEN.values()]
    assert len(set(messages)) == len(messages) >= 30


@pytest.mark.parametrize("case", BROKEN)
def test_the_message_alone_says_what_mends_it(assess, tmp_path, monkeypatch, case):
    file, right, wrong, message, there, mended = BROKEN[case]
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "p" / file
    new_pack(tmp_path / "p")
    good = path.read_text(encoding="utf-8")
    assert good.count(right) >= 1
    broken = good.replace(right, wrong, 1)
    path.write_text(broken, encoding="utf-8")

    checked = assess("pack", "check", "p")
    assert checked.code == 2
    assert checked.err.splitlines() == [message, "1 mistake"]
    refused = assess("init", "--name", "T", "--pack", "p", "--workspace", tmp_path / "workspace")
    assert refused.code == 2
    assert message in refused.err
    assert not (tmp_path / "workspace").exists()

    assert there in broken
    path.write_text(broken.replace(there, mended, 1), encoding="utf-8")
    assert assess("pack", "check", "p").code == 0
