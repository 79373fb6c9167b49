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


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "NOPE"],
        ["rank", "--wave", "M9"],
        ["explain", "NO", "PROC"],
        ["facts", "PROC", "x=1"],
    ],
    ids=" ".join,
)
def test_what_is_listed_in_chinese_is_divided_by_chinese_signs(words, assess, riverside):
    told = assess("--lang", "zh", *words, "--workspace", riverside).err
    assert "、" in told
    assert ", " not in told


def test_english_stays_english_after_chinese(capsys):
    main(["--lang", "zh", "explain"])
    capsys.readouterr()
    assert main(["--lang", "en", "explain"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: assess explain")
    assert "the following arguments are required: CANDIDATE, MODULE" in told


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("fairness groups.csv --modul COST", "--module"),
        ("rank -json", "--json"),
        ("plan --without_team Buying", "--without-team"),
        ("export scores --pseudo", "--pseudonyms"),
        ("export scores --format=xslx", "xlsx"),
        ("develop HE --state don", "done"),
        ("--workspce folder rank", "--workspace"),
        ("--workspace folder --lnag zh rank", "--lang"),
        ("pack --lnag zh check folder", "--lang"),
        ("pack check --sctrict folder", "--strict"),
        ("pack chekc folder", "check"),
    ],
)
def test_what_was_meant_is_suggested(words, meant, capsys):
    assert main(words.split()) == 2
    assert f"did you mean '{meant}'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["decide", "COST", "--a", "X", "--reason", "--modul is no option here"],
        ["rank", "--", "--modul"],
        ["export", "scores", "-onowhere.csv"],
        ["agree", "HE", "BPM-2", "-3", "--reason", "r"],
    ],
)
def test_what_is_no_option_is_taken_for_none(words, capsys, tmp_path):
    assert main(["--workspace", str(tmp_path / "none"), *words]) == 2
    assert "There is no workspace" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "--wave", ""],
        ["export", "shortlist", "--module="],
        ["--as", " ", "rank"],
        ["--as", ""],
        ["--workspace", ""],
        ["rank", "--workspace", ""],
        ["interview", "HE", "--rater", ""],
        ["plan", "--without", "JA", ""],
        ["rank", ""],
        ["init", "--name", "  "],
    ],
)
def test_an_empty_value_means_nothing(words, capsys):
    assert main(words) == 2
    assert "the value is empty" in capsys.readouterr().err
    assert main(["--lang", "zh", *words]) == 2
    assert "值为空" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("serve --port x", "'x' is no whole number"),
        ("export shortlist --top 2.5", "'2.5' is no whole number"),
        ("rank --json=3", "it takes no value"),
    ],
)
def test_what_a_value_must_be_is_said_in_the_programs_own_words(words, said, capsys):
    assert main(words.split()) == 2
    told = capsys.readouterr().err
    assert said in told
    assert words.split("=")[0].split()[-1 if "=" in words else -2] in told
    main(["--lang", "zh", *words.split()])
    assert "whole number" not in capsys.readouterr().err
