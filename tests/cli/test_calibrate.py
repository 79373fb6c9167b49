"""Sample answers as lines of text, and the distance to the master ratings on the command line."""

from __future__ import annotations

import errno
import io

import pytest
from small_pack import PACK, write_pack

SAMPLES = """\
calibration:
  - {id: CAL-1, item: BPM-1, answer: I waited., master: 2, reason: No own part.}
  - {id: CAL-2, item: OWN-1, answer: I saw to it., master: 4, reason: A result is named.}
"""


@pytest.fixture
def place(tmp_path, assess):
    pack = write_pack(tmp_path / "pack")
    (pack / "calibration.yaml").write_text(SAMPLES, encoding="utf-8")
    place = tmp_path / "workspace"
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    roster = tmp_path / "roster.csv"
    roster.write_text("candidate\nX\n", encoding="utf-8")
    assert assess("import", "roster", roster, "--workspace", place).code == 0
    return place


@pytest.fixture
def said(assess, place, monkeypatch):
    """Run a command with lines on its input."""

    def run(*words, lines=()):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return assess(*words, "--workspace", place)

    return run


def test_each_rating_is_told_on_stdout_and_the_master_only_behind_it(said):
    done = said("calibrate", "R1", "--plain", lines=["3", "4"])
    assert done.code == 0, done.err
    assert done.out == "CAL-1\t3\nCAL-2\t4\n"
    first, second = done.err.split("CAL-2, 2 of 2")
    assert "No own part" in first
    assert "I waited." in first.split("No own part")[0]
    assert "A result is named" not in first
    assert "The master rating is the same." in second
    assert "2 of 2 sample answers rated" in second


@pytest.mark.parametrize("end", ["q", None])
def test_a_rating_that_the_disk_refused_is_not_said_to_be_kept(said, monkeypatch, end):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    said("calibrate", "R1", "--plain", lines=["3", "q"])
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        done = said("calibrate", "R1", "--plain", lines=["4", *filter(None, [end])])
    assert (done.code, done.out) == (1, "")
    assert "everything answered is kept" not in done.err
    assert "not saved: CAL-2" in done.err
    assert said("calibrate", "R1", "--plain", lines=["4"]).out == "CAL-2\t4\n"


def test_wrong_input_is_told_what_a_sample_takes(said):
    done = said("calibrate", "R1", "--plain", lines=["n", "q"])
    assert "'n' is no number: give a number from 1 to 5\n" in done.err


def test_nothing_of_the_master_is_told_before_a_rating(said):
    done = said("calibrate", "R1", "--plain", lines=["", "b", "r", "?", "q"])
    assert done.out == ""
    assert "No own part" not in done.err
    assert "2 samples open: CAL-1 CAL-2" in done.err
    kept = said("calibrate", "R1", "--json")
    assert kept.code == 2  # nobody is known as R1 before the first rating
    said("calibrate", "R1", "--plain", lines=["5"])
    rows = said("calibrate", "R1", "--json").json["samples"]
    assert [(row["value"], row["master"]) for row in rows] == [(5, 2), (None, None)]


def test_it_goes_on_where_it_stopped_and_the_first_rating_stands(said):
    said("calibrate", "R1", "--plain", lines=["5", "q"])
    done = said("calibrate", "R1", "--plain", lines=["g CAL-1", "1", "g CAL-2", "4"])
    assert done.out == "CAL-2\t4\n"
    assert "the first rating stands" in done.err
    assert said("calibrate", "R1", "--json").json["samples"][0]["value"] == 5


@pytest.mark.parametrize("line", ["6", "0", "n", "high", "nan"])
def test_what_is_no_rating_is_told_and_asked_again(said, line):
    done = said("calibrate", "R1", "--plain", lines=[line, "3", "q"])
    assert done.out == "CAL-1\t3\n"


def test_raters_tells_the_distances_also_of_who_has_rated_nobody(said):
    said("calibrate", "R1", "--plain", lines=["1", "4"])
    told = said("raters", "--json").json
    assert told["calibration"] == {"R1": {"rated": 2, "of": 2, "signed": 12.5, "absolute": 12.5}}
    assert "+12.5" in said("raters").out


def test_only_the_own_samples_are_opened_by_who_works_as_a_rater(said):
    said("calibrate", "R1", "--plain", lines=["1"])
    assert said("calibrate", "R1", "--json", "--as", "R2").code == 2
    assert said("calibrate", "R1", "--plain", "--as", "R2").code == 2
    assert said("raters", "--json", "--as", "R2").json["calibration"] == {}


def test_before_the_first_interview_they_are_offered_and_may_be_passed_over(said):
    done = said("interview", "X", "--rater", "R1", "--plain", lines=["4", "q"])
    assert done.out == "BPM-1\t4\n"
    assert "assess calibrate R1" in done.err
    again = said("interview", "X", "--rater", "R1", "--plain", lines=["q"])
    assert "assess calibrate R1" not in again.err


def test_c_scores_them_first_and_the_interview_goes_on_behind(said):
    done = said("interview", "X", "--rater", "R1", "--plain", lines=["c", "3", "4", "5", "q"])
    assert done.out == "CAL-1\t3\nCAL-2\t4\nBPM-1\t5\n"


def test_c_is_understood_before_the_notice_too(assess, tmp_path, monkeypatch):
    pack = write_pack(tmp_path / "told", pack=PACK + "notice: You may see what is noted.\n")
    (pack / "calibration.yaml").write_text(SAMPLES, encoding="utf-8")
    place = tmp_path / "w"
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    (tmp_path / "r.csv").write_text("candidate\nX\n", encoding="utf-8")
    assess("import", "roster", tmp_path / "r.csv", "--workspace", place)
    lines = "c\n3\nq\ny\n4\nq\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    done = assess("interview", "X", "--rater", "R1", "--plain", "--workspace", place)
    assert done.out == "CAL-1\t3\nBPM-1\t4\n"


def test_a_pack_without_samples_says_so(assess, tmp_path):
    place = tmp_path / "w"
    pack = write_pack(tmp_path / "plain")
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    done = assess("calibrate", "R1", "--plain", "--workspace", place)
    assert done.code == 2
    assert "no sample answers" in done.err
