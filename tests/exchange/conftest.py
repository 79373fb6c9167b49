import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from assess.errors import BadInput
from assess.exchange.ratings import RatingRow, read_ratings
from assess.model.pack import Pack, Questionnaire
from assess.model.pack_file import PackFile

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
PACK_FILE = {
    "pack": "small",
    "version": "1.2.0",
    "languages": ["en", "zh"],
    "title": "Small",
    "scale": {"from": 1, "to": 5, "levels": {5: {"en": "Excellent", "zh": "优秀"}}},
    "competencies": [{"id": "BPM", "name": {"en": "Process", "zh": "流程"}}],
    "modules": [
        {"id": "PROC", "name": {"en": "Procurement and bidding", "zh": "采购招投标"},
         "weights": {"BPM": 100}},
        {"id": "COST", "name": {"en": "Cost, budget", "zh": "成本"}, "weights": {"BPM": 100}},
    ],
    "bands": [{"id": "all", "from": 0, "name": "All"}],
    "waves": [{"id": "M0", "name": {"en": "Start", "zh": "启动"}}, {"id": "M1", "name": "Pilot"}],
}  # fmt: skip
OPTIONS = [
    {"id": "A", "text": {"en": "Wait", "zh": "等待"}},
    {"id": "B", "text": {"en": "Act", "zh": "行动"}, "points": 1},
    {"id": "C", "text": {"en": "Ask", "zh": "询问"}, "points": 1},
]
INTERVIEW = {
    "questionnaire": "interview",
    "for": "interviewer",
    "title": {"en": "Interview", "zh": "访谈"},
    "sections": [{"title": "One", "items": [
        {"id": "BPM-1", "type": "rating", "competency": "BPM", "was": ["OLD-1"],
         "ask": {"en": "Describe the process.", "zh": "请描述流程。"}},
        {"id": "BPM-2", "type": "rating", "scale": {"from": 0, "to": 10}, "ask": "How far?"},
        {"id": "PROC-1", "type": "rating", "modules": ["PROC"], "ask": "Only for procurement"},
        {"id": "K-1", "type": "choice", "ask": "What first?", "options": OPTIONS},
        {"id": "K-2", "type": "choices", "ask": "Which?", "options": OPTIONS},
        {"id": "G-1", "type": "yes_no", "ask": "Released?"},
        {"id": "N-1", "type": "number", "ask": "Hours?", "range": {"from": -5, "to": 2000}},
        {"id": "N-2", "type": "number", "ask": "Any number?"},
        {"id": "T-1", "type": "text", "ask": "Anything else?"},
    ]}],
}  # fmt: skip
SELF = {
    "questionnaire": "self",
    "for": "candidate",
    "title": {"en": "Self-check", "zh": "自评"},
    "sections": [{"title": "One", "items": [
        {"id": "S-1", "type": "rating",
         "ask": {"en": "Describe the process.", "zh": "请描述流程。"}},
    ]}],
}  # fmt: skip


@pytest.fixture(scope="session")
def pack() -> Pack:
    questionnaires = [Questionnaire.model_validate(q) for q in (INTERVIEW, SELF)]
    return Pack(
        file=PackFile.model_validate(PACK_FILE),
        questionnaires={q.id: q for q in questionnaires},
        hash="0" * 64,
    )


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text (or bytes) to a file and gives its path."""

    def write(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows of typed cells to the first sheet of a workbook and gives its path."""

    def write(rows: Sequence[Sequence[Any]], name: str = "file.xlsx", top: int = 0) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
            sheet = book.add_worksheet("data")
            for number, row in enumerate(rows, top):
                for at, value in enumerate(row):
                    sheet.write(number, at, value)
        return path

    return write


@pytest.fixture
def read(pack):
    """Reads a rating file; keywords take the place of what is known otherwise."""

    def read_file(path: Path, **changes) -> list[RatingRow]:
        options = {
            "candidates": {"K1", "K2", "101"},
            "raters": {"R1", "R2"},
            "create": False,
            "wave_default": "M0",
            "waves": set(pack.waves),
            "now": NOW,
        }
        return read_ratings(path, pack, **(options | changes))

    return read_file


@pytest.fixture
def answer(read, text_file):
    """State and value of one answer written to a file in the columns given."""

    def one(item: str, value: str, **columns: str):
        cells = {"candidate": "K1", "rater": "R1", "item": item, "value": value, **columns}
        quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells.values())
        rows = read(text_file(f"{','.join(cells)}\r\n{','.join(quoted)}\r\n"))
        assert len(rows) == 1
        return rows[0]

    return one


@pytest.fixture
def mistakes(read, text_file):
    """The findings of a rating file with the usual header and these lines."""

    def found(*lines: str, header: str = "candidate,rater,item,value", **options):
        with pytest.raises(BadInput) as caught:
            read(text_file("\n".join([header, *lines]), "r.csv"), **options)
        return caught.value.findings

    return found
