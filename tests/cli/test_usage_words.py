"""Help and usage speak the language of the program, the parser's own words included."""

from __future__ import annotations

import pytest

from assess.cli import main


def test_help_is_chinese_throughout(capsys):
    assert main(["--lang", "zh", "explain", "--help"]) == 0
    shown = capsys.readouterr().out
    for word in ("用法：", "选项", "参数", "显示本帮助", "示例："):
        assert word in shown
    for word in ("usage", "options", "show this"):
        assert word not in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain", "HE"], "缺少参数：MODULE"),
        (["rank", "--nope"], "无法识别的参数：--nope"),
        (["rank", "--wave"], "参数--wave：应有一个值"),
        (["rank", "--json", "--csv"], "不能与--json同用"),
        (["rnk"], "是否指'rank'"),
    ],
)
def test_a_wrong_use_is_said_in_chinese(words, said, capsys):
    assert main(["--lang", "zh", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "错误" in told


def test_english_stays_english_after_chinese(capsys):
    main(["--lang", "zh", "explain"])
    capsys.readouterr()
    assert main(["--lang", "en", "explain"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: assess explain")
    assert "the following arguments are required: CANDIDATE, MODULE" in told
