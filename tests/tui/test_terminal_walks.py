"""Whole interviews in a real terminal: by keys, by mouse, line by line, killed, resized, slow."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import count

import pytest
from rich.cells import cell_len
from tui_terminal import Terminal

from assess import i18n
from assess.model.people import Candidate
from assess.packs import find_pack, load_pack, read_pack_folder
from assess.workspace.privacy import give_notice
from assess.workspace.workspace import Workspace

SMALL, LARGE = (80, 24), (120, 36)
ASSESS = (sys.executable, "-m", "assess")
INTERVIEW = ("interview", "HE", "--rater", "R2")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A workspace on disk: the shipped pack, HE up for PROC and told; R2 has interviewed before."""
    place = tmp_path_factory.mktemp("walks") / "workspace"
    workspace = Workspace.open(place, create=True)
    source = find_pack("key-user")
    workspace.start("Riverside", read_pack_folder(source), load_pack(source), ["PROC"])
    workspace.put_people([Candidate(id="HE", name="Helen"), Candidate(id="QI", name="Qi")])
    for code in ("HE", "QI"):
        give_notice(workspace, code, "consent", by="R2")
    workspace.interview("QI", "R2").answer("BPM-1", 3)
    workspace.close()
    return place


@pytest.fixture
def folder(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "workspace")


@pytest.fixture
def items(prepared):
    """What PROC is asked, and how each item is answered in these walks: none wants evidence."""
    workspace = Workspace.open(prepared)
    asked = workspace.interview("HE", "R2").items
    workspace.close()
    ratings = count()
    return {item.id: "34n"[next(ratings) % 3] if item.type == "rating" else "2" for item in asked}


@pytest.fixture
def walk(folder, tmp_path):
    """Start the program at the interview of HE by R2, or at home."""
    started = []

    def start(size=SMALL, language="en", opened=INTERVIEW, **options) -> Terminal:
        words = ["--workspace", str(folder), "--lang", language, *options.pop("words", ())]
        words += opened
        started.append(Terminal(words, tmp_path / "home", size, **options))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.kill()


def stored(folder):
    workspace = Workspace.open(folder)
    answers = workspace.interview("HE", "R2").answers
    workspace.close()
    return {item: (answer.state, answer.value) for item, answer in answers.items()}


def expected(items):
    meant = {"n": ("not_asked", None), "2": ("answered", False)}
    return {item: meant.get(key) or ("answered", int(key)) for item, key in items.items()}


def place(at, items, language):
    """What the title says at an item."""
    with i18n.speaking(language):
        return i18n._("{n} of {all}").format(n=at + 1, all=len(items))


def shows(at, items, language):
    """Whether the item at that place is shown, or the review behind the last."""
    ids = list(items)
    if at == len(ids):
        with i18n.speaking(language):
            submit = i18n._("submit").replace(" ", "")
        return lambda text: submit in text.replace(" ", "").lower()
    code = re.compile(rf"\b{ids[at]}\b")
    return lambda text: place(at, items, language) in text and code.search(text) is not None


# -- every item, three ways


@pytest.mark.parametrize(("size", "language"), [(SMALL, "en"), (LARGE, "zh")])
def test_a_whole_interview_by_keys_alone(walk, folder, items, size, language):
    terminal = walk(size, language)
    for at, key in enumerate(items.values()):
        terminal.until(shows(at, items, language))
        terminal.press(key)
    terminal.until(shows(len(items), items, language))
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert stored(folder) == expected(items)


def row_of(terminal, key):
    """Column and row on the screen of the level, or of the states' line, that a key chooses."""
    for y, line in enumerate(terminal.screen.display):
        found = re.match(rf"^[ ◉]{{1,6}}({key})  \S", line)
        if found and y > 2:
            return found.start(1), y
    return None


def bring(terminal, key):
    """Turn the wheel until the row of a key can be seen."""
    for _turn in range(20):
        if (found := row_of(terminal, key)) is not None:
            return found
        before = terminal.text
        terminal.click(10, 8, button=65)
        terminal.until(lambda text, before=before: text != before)
    raise AssertionError(f"no row {key}:\n{terminal.text}")


def choose(terminal, words, comes, gone=""):
    """Click on the first words of that kind; wait for what then comes, or is gone."""
    terminal.until(lambda text: words in text)
    terminal.rest()
    rows = terminal.screen.display
    y = next(y for y, row in enumerate(rows) if words in row)
    terminal.click(cell_len(rows[y].partition(words)[0]), y)
    terminal.until(lambda text: comes in text and not (gone and gone in text))


def test_from_home_to_a_submitted_interview_by_mouse_alone(walk, folder, items):
    terminal = walk(SMALL, "zh", opened=())
    # once measured, what is to do has come and moves no row from under the mouse
    terminal.until(lambda text: "排名 ▸" in text)
    choose(terminal, "? 帮助", "esc 关闭")
    choose(terminal, "esc 关闭", "HE  Helen", gone="esc 关闭")
    choose(terminal, "HE  Helen", "x 反馈表")
    choose(terminal, "i 访谈", "R2  ")
    choose(terminal, "R2  ", "关键用户访谈")
    choose(terminal, "关键用户访谈", place(0, items, "zh"))
    terminal.rest()
    for at, key in enumerate(items.values()):
        terminal.until(shows(at, items, "zh"))
        terminal.click(*bring(terminal, key))
    choose(terminal, "s 提交", "u 重新打开")
    choose(terminal, "esc 离开", "x 反馈表")
    choose(terminal, "esc 返回", "q 退出")
    terminal.rest()
    row = terminal.screen.display[-1]
    terminal.click(cell_len(row.partition("q 退出")[0]), SMALL[1] - 1)
    assert terminal.ended() == 0
    assert stored(folder) == expected(items)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_interview_line_by_line_in_a_dumb_terminal(walk, folder, items, language):
    terminal = walk(SMALL, language, words=(), environment={"TERM": "dumb"})
    assert terminal.ended() == 2  # the app itself needs more than such a terminal has
    assert "--plain" in terminal.text.replace("\n", "")
    done = subprocess.run(
        [*ASSESS, "--workspace", folder, "--lang", language, *INTERVIEW, "--plain"],
        input="".join(f"{key}\n" for key in items.values()) + "q\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == len(items)
    assert stored(folder) == expected(items)


# -- faults


def test_killed_at_every_tenth_key_it_goes_on_where_the_last_saved_answer_left_it(
    walk, folder, items
):
    keys = list(items.values())
    at = kills = 0
    while at < len(keys):
        terminal = walk()
        terminal.until(shows(at, items, "en"))
        first = at
        while at < len(keys) and at - first < 10:
            terminal.press(keys[at])
            at += 1
            terminal.until(shows(at, items, "en"))
        terminal.kill()
        kills += 1
        # the tenth may not have come to disk; what was not is asked again, and nothing else
        there = stored(folder)
        saved = [item for item in items if item in there]
        assert saved == list(items)[: len(saved)] and at - len(saved) <= 1
        at = len(saved)
    assert kills >= 4
    assert stored(folder) == expected(items)


def test_a_smaller_window_and_back_in_the_middle_of_a_note_loses_no_letter(walk, folder, items):
    # a size that the shell exported is not the window's
    terminal = walk(LARGE, "zh", environment={"COLUMNS": "80", "LINES": "24"})
    terminal.until(shows(0, items, "zh"))
    terminal.press("e")
    terminal.press("三月份质保金在结算前误付，")
    terminal.until(lambda text: "误付，" in text.replace(" ", ""))
    terminal.resize((60, 20))
    terminal.press("她当场叫停，")
    terminal.until(lambda text: "叫停，" in text.replace(" ", ""))
    terminal.resize(LARGE)
    terminal.press("合同负责人签字。\x1b")
    terminal.until(lambda text: "签字。" in text.replace(" ", ""))
    terminal.until(lambda text: max(len(line.rstrip()) for line in text.split("\n")) > 100)
    # esc with a digit close behind it is what a terminal sends for alt and that digit
    terminal.until(lambda text: "1-5" in text.rstrip().split("\n")[-1])
    terminal.press("3")
    terminal.until(shows(1, items, "zh"))
    terminal.press("\x11")
    assert terminal.ended() == 0
    workspace = Workspace.open(folder)
    answer = workspace.interview("HE", "R2").answers["BPM-1"]
    workspace.close()
    assert answer.note == "三月份质保金在结算前误付，她当场叫停，合同负责人签字。"
    assert answer.value == 3


def test_keys_typed_ahead_over_a_slow_line_answer_the_items_that_they_were_meant_for(
    walk, folder, items
):
    terminal = walk(at_once=48)
    terminal.until(shows(0, items, "en"))
    keys = list(items.values())[:9]
    terminal.press("".join(keys))
    terminal.until(shows(9, items, "en"))
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert stored(folder) == {item: expected(items)[item] for item in list(items)[:9]}


# -- colours, signs, mouse, clipboard

COLOUR = re.compile(rb"\x1b\[([0-9;]*)m")


def colours(output):
    """The kinds of colour that were used: none, the sixteen, of 256, or true colour."""
    kinds = set()
    for parameters in COLOUR.findall(output):
        numbers = [int(part or 0) for part in parameters.split(b";")]
        while numbers:
            number = numbers.pop(0)
            if number in (38, 48):
                kinds.add({5: "256", 2: "true"}[numbers[0]])
                del numbers[: {5: 2, 2: 4}[numbers[0]]]
            elif 30 <= number < 38 or 40 <= number < 48 or 90 <= number < 108:
                kinds.add("16")
    return kinds


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, set()),
        ({"TERM": "xterm"}, {"16"}),
        ({"TERM": "xterm-256color"}, {"256", "16"}),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, {"true"}),
    ],
)
def test_no_more_colours_are_used_than_the_terminal_has(walk, items, environment, allowed):
    terminal = walk(environment=environment)
    terminal.until(shows(0, items, "en"))
    terminal.press("3p")
    # what is chosen has a sign of its own, so that it shows without any colour
    terminal.until(lambda text: re.search(r"◉ *3  ", text) is not None)
    terminal.kill()
    used = colours(terminal.output)
    assert used <= allowed and (used or not allowed)


def test_plain_letters_and_no_mouse_are_what_the_terminal_gets(walk, items):
    terminal = walk(words=("--ascii", "--no-mouse"))
    terminal.until(shows(0, items, "en"))
    terminal.press("3p")
    terminal.until(lambda text: re.search(r"\* *3  ", text) is not None)
    terminal.press("?")
    terminal.until(lambda text: "This screen and its keys" in text)
    terminal.kill()
    beyond = {ch for ch in terminal.output.decode() if not ch.isascii()}
    assert beyond <= set("中文")  # the name of the other language is no sign
    assert b"\x1b[?1000h" not in terminal.output


def test_the_mouse_is_asked_for_and_what_is_copied_goes_to_the_terminals_clipboard(walk, items):
    terminal = walk()
    terminal.until(shows(0, items, "en"))
    terminal.press("\x1bOQ")  # F2
    terminal.until(lambda text: "rows copied" in text)
    terminal.kill()
    assert b"\x1b[?1000h" in terminal.output
    assert re.search(rb"\x1b\]52;c;[A-Za-z0-9+/=]+\x07", terminal.output)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not on this machine")
def test_in_tmux_keys_work_and_what_is_copied_is_in_its_buffer(folder, items, tmp_path):
    server = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    shell = tmp_path / "start"
    shell.write_text(
        f"export ASSESS_HOME={tmp_path}/home LANG=C.UTF-8\n"
        f"exec {sys.executable} -m assess --workspace {folder} interview HE --rater R2\n"
    )

    def tmux(*words):
        done = subprocess.run([*server, *words], capture_output=True, text=True, check=False)
        return done.stdout

    def until(holds):
        for _try in range(600):
            # waiting inside tmux for a tenth of a second, not in the test
            if holds():
                return
            tmux("run-shell", "-d", "0.1", "true")
        raise AssertionError(tmux("capture-pane", "-p"))

    try:
        tmux("new-session", "-d", "-x", "80", "-y", "24", f"sh {shell}")
        tmux("set-option", "-s", "set-clipboard", "on")
        until(lambda: "1 of" in tmux("capture-pane", "-p"))
        tmux("send-keys", "3")
        until(lambda: "2 of" in tmux("capture-pane", "-p"))
        tmux("send-keys", "F2")
        until(lambda: "BPM-2" in tmux("show-buffer"))
        tmux("send-keys", "C-q")
        until(lambda: not tmux("list-sessions"))
    finally:
        tmux("kill-server")
    assert stored(folder)["BPM-1"] == ("answered", 3)
