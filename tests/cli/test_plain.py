"""The interview as lines of text."""

from __future__ import annotations

import errno
import io

import pytest
from small_pack import INTERVIEW, PACK, write_pack


@pytest.fixture
def place(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def talk(assess, place, tmp_path, monkeypatch):
    """Answer line by line as R1 about X; gives what the command did."""

    def run(*lines, words=(), **files):
        if not place.exists():
            pack = write_pack(tmp_path / "pack", **files)
            assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
            roster = tmp_path / "roster.csv"
            roster.write_text("candidate\nX\n", encoding="utf-8")
            assess("import", "roster", roster, "--workspace", place)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return assess("interview", "X", "--rater", "R1", "--plain", *words, "--workspace", place)

    return run


def test_each_answer_is_told_on_stdout_when_it_is_stored(talk):
    done = talk("4", "n", "o", "d", "2.5", "", "2", "s")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "BPM-1\t4",
        "BPM-2\tnot_asked",
        "OWN-1\tnot_observed",
        "OWN-2\tdeclined",
        "AVL-1\t2.5",
        "PROC-G1\tno",
    ]
    assert "submitted" in done.err


def test_it_goes_on_where_it_stopped(talk, assess, place):
    assert talk("4", "5", "q").code == 0
    assert talk("3").out == "OWN-1\t3\n"
    (one,) = assess("rank", "--json", "--workspace", place).json["modules"][0]["candidates"]
    assert one["open_interviews"] == 1


def test_back_and_go_change_an_answer_and_notes_follow_the_item_shown(talk, assess, place):
    talk("4", "+ saw the sketch", "5", "b", "b", "3", "+ corrected", "g OWN-2", "+ at OWN-2", "q")
    told = assess("export", "ratings", "--format", "json", "--workspace", place).out
    assert '"saw the sketch\\ncorrected"' in told
    assert '"at OWN-2"' in told


def test_a_value_outside_the_scale_is_told_and_asked_again(talk):
    done = talk("6", "five", "5", "q")
    assert done.out == "BPM-1\t5\n"
    assert "6" in done.err


def test_wrong_input_is_told_which_keys_would_be_right(talk):
    assert "give a number from 1 to 5, or n, o, d" in talk("five", "q").err
    assert "give yes or no, or n, o, d" in talk("g PROC-G1", "maybe", "q").err


def test_options_answer_to_their_position_and_to_their_id(talk):
    done = talk("1", "B", "4", "b", "A", "q", words=("--questionnaire", "knowledge"))
    assert done.out.splitlines() == ["K1\tA", "K2\tB", "K3\tD", "K3\tA"]


def test_reasons_are_shown_after_submission_and_never_before(talk, tmp_path):
    from small_pack import KNOWLEDGE

    knowledge = KNOWLEDGE.replace("ask: Question 1\n", "ask: Question 1\n        reason: Because\n")
    files = {"knowledge": knowledge}
    before = talk("1", "q", words=("--questionnaire", "knowledge"), **files)
    assert "Because" not in before.err
    after = talk("s", words=("--questionnaire", "knowledge"))
    assert "Because" in after.err


CARD = (
    ", cards: [{id: C-PROC, modules: [PROC], text: One bid is late, look_for: [the time]},"
    " {id: C-COST, modules: [COST], text: Rock was found}]}"
)


def test_a_case_card_of_the_candidates_modules_is_read_out_with_what_to_look_for(talk):
    done = talk("q", interview=INTERVIEW.replace("ask: How}", "ask: How" + CARD))
    assert "C-PROC" in done.err
    assert "One bid is late" in done.err
    assert "the time" in done.err
    assert "Rock was found" not in done.err


def test_candidates_who_answer_themselves_are_not_told_what_to_look_for(talk):
    interview = INTERVIEW.replace("ask: How}", "ask: How" + CARD)
    interview = interview.replace("for: interviewer", "for: candidate\ncounts: true")
    done = talk("q", interview=interview)
    assert "One bid is late" in done.err
    assert "the time" not in done.err


def test_what_must_be_answered_holds_only_at_submission(talk):
    interview = INTERVIEW.replace("ask: Whose}", "ask: Whose, required: true}")
    done = talk("s", "g OWN-1", "3", "s", interview=interview)
    assert "OWN-1" in done.err
    assert "submitted" in done.err


def test_a_condition_hides_and_shows_items_while_talking(talk):
    interview = INTERVIEW.replace("ask: Why}", "ask: Why, when: {item: BPM-1, at_least: 3}}")
    assert talk("2", "3", "q", interview=interview).out == "BPM-1\t2\nOWN-1\t3\n"


def test_the_beginning_names_what_the_notice_still_lacks(assess, tmp_path):
    pack = write_pack(tmp_path / "pack", pack=PACK + "notice: Kept until [date], ask [contact].\n")
    begin = ("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace")
    begun = assess(*begin, tmp_path / "a", "--contact", "Ms Fang")
    assert "[date]: say until when; set it with assess engagement --ends DAY" in begun.err
    assert "[contact]" not in begun.err
    whole = assess(*begin, tmp_path / "b", "--contact", "Ms Fang", "--ends", "2099-01-01")
    assert "notice" not in whole.err


def test_the_notice_comes_first_and_its_basis_is_recorded(talk, assess, place):
    pack = PACK + "notice: You may see and correct what is noted.\n"
    refused = talk("4", pack=pack)
    assert (refused.code, refused.out) == (1, "")
    before, _notice, _after = refused.err.partition("You may see")
    assert "tell X" in before
    assert "Module: PROC Procurement" in before
    assert talk("y", "4", "q").out == "BPM-1\t4\n"
    assert talk("5", "q").out == "BPM-2\t5\n"


def test_who_was_told_elsewhere_is_not_told_again(talk):
    pack = PACK + "notice: You may see and correct what is noted.\n"
    assert talk("4", "q", words=("--notice-given",), pack=pack).out == "BPM-1\t4\n"


def test_a_submitted_interview_is_closed(talk):
    talk("4", "s")
    done = talk("5")
    assert done.code == 1
    assert done.out == ""


def test_who_submits_with_items_open_is_told_how_many(talk):
    assert "submitted\n6 items are open.\n" in talk("4", "s").err


def test_the_short_form_asks_two_items_a_competency_and_stays(talk):
    interview = INTERVIEW.replace(
        "      - {id: OWN-1",
        "      - {id: BPM-3, type: rating, competency: BPM, ask: More}\n      - {id: OWN-1",
    )
    assert (
        "BPM-2\t4\nOWN-1"
        in talk("4", "4", "4", "q", words=("--form", "short"), interview=interview).out
    )
    assert "BPM-3" not in talk("r", "q").err
    assert talk("q", words=("--form", "full")).code == 2


def test_z_takes_the_last_change_back(talk, assess, place):
    done = talk("4", "z", "q")
    assert done.out == "BPM-1\t4\nBPM-1\topen\n"
    assert "taken back: the answer to BPM-1" in done.err
    done = talk("3", "+ seen", "z", "b", "5", "q")
    assert done.out.startswith("BPM-1\t3\n")
    assert "taken back: the note beside BPM-1" in done.err
    told = assess("export", "ratings", "--format", "json", "--workspace", place).out
    assert "seen" not in told


def test_l_asks_in_the_other_language(talk):
    pack = PACK.replace("languages: [en]", "languages: [en, zh]")
    interview = INTERVIEW.replace("ask: How}", "ask: {en: How, zh: 怎么做}}")
    done = talk("l", "q", pack=pack, interview=interview)
    assert "怎么做" in done.err


def test_a_note_on_a_forbidden_topic_is_warned_of(talk):
    pack = PACK + "forbidden: [{id: family, topic: Family matters, words: [married]}]\n"
    done = talk("4", "+ is married", "q", pack=pack)
    assert "Family matters" in done.err


def test_the_review_names_items_that_a_minimum_rests_on_alone(talk):
    assert "one item alone: BPM-1 " in talk("4", "", "3", "r", "q").err.replace("\n", " ")
    told = talk("g BPM-2", "4", "g OWN-2", "4", "r", "q").err
    assert "one item alone" not in told[told.rindex("OWN-2") :]


def test_who_withdrew_is_named_before_a_new_agreement_is_asked(talk, assess, place):
    pack = PACK + "notice: You may see and correct what is noted.\n"
    assert talk("y", "4", "q", pack=pack).out == "BPM-1\t4\n"
    assert assess("withdraw", "X", "--workspace", place).code == 0
    done = talk("n")
    assert (done.code, done.out) == (1, "")
    assert "X has withdrawn" in done.err


def test_what_was_skipped_on_purpose_does_not_pull_one_back(talk):
    talk("4", "", "3", "q")
    assert talk("5", "q").out == "OWN-2\t5\n"
    assert "BPM-2" in talk("r", "q").err


def test_the_last_item_left_open_is_reached_again_only_by_going_there(talk):
    talk("", "4", "4", "4", "4", "4", "1", "q")
    assert "stored: yes" in talk("q").err
    assert talk("g BPM-1", "3", "s").out == "BPM-1\t3\n"


CARDS = """ask: How,
         cards: [{id: C1, modules: [PROC], text: A late invoice., look_for: [Names the rule]},
                 {id: C2, modules: [COST], text: An early one.}]}"""


def test_the_case_card_of_the_candidates_module_is_told_with_its_key(talk):
    told = talk("q", interview=INTERVIEW.replace("ask: How}", CARDS)).err
    assert "A late invoice." in told
    assert "Names the rule" in told
    assert "An early one." not in told


def test_the_key_of_a_card_is_not_told_where_candidates_answer(talk):
    interview = INTERVIEW.replace("ask: How}", CARDS).replace("for: interviewer", "for: candidate")
    told = talk("q", words=("--questionnaire", "interview"), interview=interview).err
    assert "A late invoice." in told
    assert "Names the rule" not in told


def test_a_line_behind_the_last_item_that_is_no_command_is_told(talk):
    assert "so 'yes' answers nothing" in talk(*"4444421", "yes", "q").err


def test_what_the_disk_refused_is_named_at_the_end_and_nothing_is_said_to_be_kept(
    talk, monkeypatch
):
    talk("4")

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        ended = talk("3", "q")
    assert ended.code == 1
    assert "everything answered is kept" not in ended.err
    assert "not saved: BPM-2" in ended.err
    again = talk("3")
    assert again.code == 0
    assert "BPM-2\t3" in again.out


def test_a_submitted_interview_is_opened_again_with_a_reason_and_not_without(talk, assess, place):
    assert talk(*"4444421", "s").code == 0
    for lines in ((), ("4",), ("u",), ("u  ",)):
        assert talk(*lines).code in (1, 2)
    done = talk("u she brought the file", "g BPM-1", "5", "s")
    assert (done.code, done.out) == (0, "BPM-1\t5\n")
    assert "u REASON: open it again" in done.err
    told = assess("export", "person", "X", "--workspace", place).out
    assert "she brought the file" in told


def test_f_flags_an_item_which_the_review_lists_until_f_takes_the_flag_away(talk):
    told = talk("f", "4", "r", "g BPM-1", "q").err
    assert "flagged to come back to: BPM-1\n" in told
    assert "flagged, to come back to" in told[told.rindex("BPM-1, 1 of") :]
    assert "flagged to come back to" not in talk("g BPM-1", "f", "r", "q").err


def test_signs_of_a_chinese_keyboard_are_commands_too(talk, assess, place):
    done = talk("？", "４", "＋ 有图", "ｎ", "q")
    assert "a number answers" in done.err
    assert done.out == "BPM-1\t4\nBPM-2\tnot_asked\n"
    assert "有图" in assess("export", "ratings", "--workspace", place).out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("g BPM-1\n+", "+ takes the text of the note"),
        ("g", "such as g BPM-1"),
        ("g OWN-9", "OWN-9 is not asked here"),
        ("z", "nothing left of this sitting"),
        ("q", "stopped; everything answered is kept"),
    ],
)
def test_what_a_command_lacks_is_told(talk, line, said):
    talk("4", "q")
    assert said in talk(line).err
