"""Every message that the program can say is there in Chinese, with the same placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
TERMS = {
    r"packs?": ("题包", ["问卷包", "题库", "测评包"]),
    r"gates?": ("门槛", ["前置条件", "前提条件", "前提事项", "闸门"]),
    r"evidence": ("证据", ["依据", "佐证"]),
    r"interviewers?": ("访谈人", ["访谈者", "面试官"]),
    r"raters?": ("评分人", ["评分者", "评委"]),
    r"panel": ("评议组", ["评议小组"]),
    r"anchors?": ("锚点", ["行为锚"]),
    r"waves?": ("轮次", ["波次", "批次"]),
    r"shortlist": ("候选短名单", ["候选名单", "入围名单"]),
    r"workspaces?": ("工作区", ["工作空间"]),
    r"flag(?:s|ged)?": ("标记", ["警示"]),
    r"key users?": ("关键用户", ["核心用户", "骨干用户"]),
}
"""English terms, their Chinese word, and others that would make a reader look for a difference."""
HOLE = re.compile(r"\{[^{}]*\}")


def messages() -> dict[str | tuple[str, ...], str]:
    """Every message in the source with one place where it stands."""
    found = extract_from_dir(
        str(ROOT / "assess"), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    return {message: f"assess/{file}:{line}" for file, line, message, _c, _x in found if message}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (ROOT / "assess/locale/zh_CN/LC_MESSAGES/assess.po").open("rb") as file:
        return read_po(file)


def test_no_message_hides_where_extraction_does_not_look():
    """Babel reads no calls inside f-strings, so a message there would stay English unseen."""
    hidden = []
    for file in sorted((ROOT / "assess").rglob("*.py")):
        for text in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(text, ast.JoinedStr):
                hidden += [
                    f"{file.name}:{call.lineno}"
                    for call in ast.walk(text)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in KEYWORDS
                    and any(isinstance(word, ast.Constant) for word in call.args)
                ]
    assert not hidden


def holes(text: str) -> set[str]:
    return set(HOLE.findall(text))


def test_every_message_is_translated(chinese):
    missing = []
    for message, place in messages().items():
        entry = chinese.get(message[0] if isinstance(message, tuple) else message)
        translated = entry and (
            all(entry.string) if isinstance(entry.string, tuple) else entry.string
        )
        if not translated or entry.fuzzy:
            missing.append(f"{place}: {message!r}")
    assert not missing, "\n".join(missing)


def test_translations_keep_the_placeholders(chinese):
    wrong = []
    for entry in chinese:
        if not entry.id:
            continue
        wanted = set.union(*map(holes, entry.id if isinstance(entry.id, tuple) else (entry.id,)))
        given = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        wrong += [f"{entry.id!r} -> {text!r}" for text in given if text and holes(text) - wanted]
        if not isinstance(entry.id, tuple) and entry.string and holes(entry.string) != wanted:
            wrong.append(f"{entry.id!r} -> {entry.string!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("english", TERMS)
def test_a_term_has_one_chinese_word(chinese, english):
    word, others = TERMS[english]
    strange, used = [], 0
    for entry in chinese:
        said = " ".join(entry.id) if isinstance(entry.id, tuple) else entry.id
        told = "".join(entry.string) if isinstance(entry.string, tuple) else entry.string
        if said and re.search(rf"\b{english}\b", HOLE.sub("", said), re.IGNORECASE):
            used += word in told
            strange += [f"{said!r} -> {told!r}" for other in others if other in told]
    assert used
    assert not strange, "\n".join(strange)


def test_the_catalogue_holds_nothing_that_nobody_says(chinese):
    said = {m[0] if isinstance(m, tuple) else m for m in messages()}
    kept = {entry.id[0] if isinstance(entry.id, tuple) else entry.id for entry in chinese}
    assert kept - said - {""} == set()
