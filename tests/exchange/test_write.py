"""What is written: safe in a spreadsheet, exact in JSON, whole on disk."""

import csv
import datetime as dt
import io
import json
import math
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.errors import AssessError, BadInput
from assess.exchange.safe import neutralise, restore
from assess.exchange.write import csv_bytes, json_text, write_output

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\tx",
    "  =1",
    "\u3000=1",
    "\u00a0@x",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " \t-1",
    '=HYPERLINK("http://x")',
    "=cmd|'/c calc'!A0",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_starts_with_an_apostrophe(text):
    data = csv_bytes([text, "a"], [["x", text]])
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header[0] == row[1] == "'" + text


@pytest.mark.parametrize("text", ["a=b", "1-2", "x@y", "", " ", "it's", "'quoted'", "好-坏"])
def test_harmless_text_stays_as_it_is(text):
    assert neutralise(text) == text


@given(st.text() | st.text(alphabet="'=+-@ \t\r\nx＝"))
def test_restoring_gives_back_what_was_neutralised(text):
    safe = neutralise(text)
    assert restore(safe) == text
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_csv_is_what_excel_reads():
    data = csv_bytes(["id", "note"], [["K1", 'say "hi", then\nleave'], ["好", None]])
    assert data == (b'\xef\xbb\xbfid,note\r\nK1,"say ""hi"", then\nleave"\r\n' + "好,\r\n".encode())


def test_numbers_stay_numbers_and_only_texts_are_neutralised():
    row = [-1.5, 4.0, 0.1 + 0.2, float("nan"), True, None, ["A", "C"], np.float64(-2), np.int64(-7)]
    line = csv_bytes([str(at) for at in range(9)], [row]).decode("utf-8-sig").splitlines()[1]
    assert line == '-1.5,4,0.30000000000000004,,yes,,"A;C",-2,-7'


def test_a_column_of_empty_cells_keeps_its_rows():
    assert csv_bytes(["a"], [[""]]).decode("utf-8-sig") == 'a\r\n""\r\n'


def test_json_is_exact_and_undefined_is_null():
    value = {
        "x": 0.1 + 0.2,
        "nan": math.nan,
        "inf": [math.inf, np.float64("nan")],
        "n": np.int64(3),
        "array": np.array([1.5, np.nan]),
        "zero": np.array(2.0),
        "ok": np.bool_(True),
        "set": {"b", "a"},
        "at": dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
        "名": "好",
        "lone": "\ud800",
    }
    text = json_text(value)
    assert text.endswith("}\n")
    assert '"名": "好"' in text
    text.encode("utf-8")
    assert json.loads(text) == {
        "x": 0.30000000000000004, "nan": None, "inf": [None, None], "n": 3, "array": [1.5, None],
        "zero": 2.0, "ok": True, "set": ["a", "b"], "at": "2026-05-01T00:00:00+00:00",
        "名": "好", "lone": "\ufffd",
    }  # fmt: skip


def test_what_has_no_json_form_is_a_programming_error():
    with pytest.raises(TypeError):
        json_text({"x": object()})


def test_a_file_is_written_and_replaced(tmp_path):
    path = tmp_path / "out.csv"
    write_output(b"one", path)
    path.chmod(0o640)
    write_output(b"two", str(path))
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_output(b"new", link)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced():
    write_output(b"x", os.devnull)
    assert not os.path.isfile(os.devnull)  # noqa: PTH113


@pytest.mark.parametrize("place", [None, "-"])
def test_without_a_file_it_goes_to_stdout(capfdbinary, place):
    write_output("好".encode(), place)
    assert capfdbinary.readouterr().out == "好".encode()


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(BadInput, match="is a folder"):
        write_output(b"x", tmp_path)
    with pytest.raises(BadInput, match="does not exist: create it first"):
        write_output(b"x", tmp_path / "none" / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AssessError, match=r"out\.csv cannot be written: No space left"):
        write_output(b"new", path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
