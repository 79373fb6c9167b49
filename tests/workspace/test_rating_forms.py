"""Rating forms: printed, filled in as a workbook, taken back exactly, and never with a key."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from laptops import begin

from assess import i18n
from assess.errors import BadInput
from assess.exchange.answers import read_answer
from assess.exchange.form import COLUMNS
from assess.model.items import ChoiceItem, ChoicesItem, NumberItem, RatingItem, YesNoItem
from assess.model.pack import Pack
from assess.model.people import Candidate
from assess.packs import find_pack, load_pack, read_pack_folder
from assess.workspace.exporting import FORMATS, export, render
from assess.workspace.forms import _Maker
from assess.workspace.importing import import_ratings
from assess.workspace.workspace import Workspace


@pytest.fixture
def empty(tmp_path: Path, no_flush: None) -> Workspace:
    """An engagement with one candidate, nothing answered."""
    workspace = begin(tmp_path / "here", pack=read_pack_folder(find_pack("key-user")))
    workspace.put_people([Candidate(id="CX", name="=SUM(A1)")])
    return workspace


def filled(data: bytes, answers: dict[str, tuple[object, str]], **once: str) -> bytes:
    """The workbook with values and notes by item, and what is written once in the first row."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    header = [cell.value for cell in page[1]]
    codes = list(COLUMNS)
    assert header in (codes, list(COLUMNS.values()))
    at = {code: codes.index(code) + 1 for code in codes}
    for code, word in once.items():
        page.cell(2, at[code]).value = word
    for row in range(2, page.max_row + 1):
        item = page.cell(row, at["item"]).value
        if item in answers:
            page.cell(row, at["value"]).value, page.cell(row, at["note"]).value = answers[item]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_answer(pack: Pack, item: object) -> tuple[object, object]:
    """What is written into the value cell, and what is stored for it."""
    match item:
        case RatingItem():
            return pack.scale_of(item).high, pack.scale_of(item).high
        case ChoiceItem():
            return item.options[-1].id, item.options[-1].id
        case ChoicesItem():
            chosen = [option.id for option in item.options[:2]]
            return "|".join(chosen), chosen
        case YesNoItem():
            return "yes", True
        case NumberItem():
            return 3, 3
    return "in words", "in words"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("questionnaire", ["interview", "knowledge", "self"])
def test_a_filled_workbook_comes_back_exactly(empty, tmp_path, language, questionnaire):
    pack = empty.pack
    i18n.use(language)
    try:
        data = render(empty, "form", format="xlsx", candidate="CX", questionnaire=questionnaire)
        items = [i for i in pack.questionnaires[questionnaire].items if i.competency is not None]
        given = {
            item.id: (an_answer(pack, item)[0], f"note {at}")
            for at, item in enumerate(items)
            if item.modules is None or set(item.modules) & set(empty.engagement.modules)
        }
        file = tmp_path / "back.xlsx"
        file.write_bytes(filled(data, given, rater="R1"))
        done = import_ratings(empty, file)
    finally:
        i18n.use("en")
    assert done.stored == len(given) > 0
    assert done.notes == ()
    stored = {
        record["item"]: record
        for stream in empty.store.streams()
        for record in empty.store.read(stream)
        if record["kind"] == "answer"
    }
    assert set(stored) == set(given)
    for name, record in stored.items():
        assert record["value"] == an_answer(pack, pack.items[name])[1]
        assert record["note"] == given[name][1]
    opened = [r for s in empty.store.streams() for r in empty.store.read(s) if "rater" in r]
    assert {(r["candidate"], r["rater"], r["wave"]) for r in opened} == {("CX", "R1", "M0")}


def test_a_blank_form_takes_candidate_and_rater_from_its_first_row(empty, tmp_path):
    data = render(empty, "form", format="xlsx")
    file = tmp_path / "back.xlsx"
    file.write_bytes(
        filled(data, {"BPM-2": (4, ""), "BPM-3": ("not_asked", "")}, candidate="CX", rater="R1")
    )
    assert import_ratings(empty, file).stored == 2


def test_an_empty_form_stores_nothing(empty, tmp_path):
    file = tmp_path / "back.xlsx"
    file.write_bytes(render(empty, "form", format="xlsx", candidate="CX"))
    with pytest.raises(BadInput, match="nothing to import"):
        import_ratings(empty, file)


def test_a_blank_cell_in_any_other_table_is_still_a_mistake(empty, tmp_path):
    file = tmp_path / "r.csv"
    file.write_text("candidate,rater,item,value\nCX,R1,BPM-1,3\n,,BPM-2,3\n")
    with pytest.raises(BadInput) as caught:
        import_ratings(empty, file)
    assert len(caught.value.findings) == 2


def test_the_lists_to_choose_from_hold_answers_that_the_import_understands(empty):
    book = openpyxl.load_workbook(io.BytesIO(render(empty, "form", format="xlsx", candidate="CX")))
    page = book.worksheets[0]
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    value = openpyxl.utils.get_column_letter(list(COLUMNS).index("value") + 1)
    assert lists[f"{value}2"] == '"1,2,3,4,5,not_asked,not_observed,declined"'


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_a_list_is_an_answer_of_its_item(empty, language):
    pack = empty.pack
    with i18n.speaking(language):
        maker = _Maker(pack, [language])
        for questionnaire in pack.questionnaires.values():
            for section in maker.sections(questionnaire, pack.waves["M0"], list(pack.modules)):
                for item in section.items:
                    for word in item.choices:
                        state, value = read_answer(pack, pack.items[item.id], word)
                        assert (state == "answered") == (value is not None)


def test_a_candidates_own_form_names_nobody_else(empty):
    for questionnaire, named in (("interview", True), ("self", False)):
        data = render(empty, "form", format="xlsx", questionnaire=questionnaire)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = b"".join(archive.read(name) for name in archive.namelist())
        assert (b"CX" in text) is named


# -- nothing that gives an answer away


def without_keys(pack: Pack) -> Pack:
    """The pack with every point, reason and key taken out of its items."""

    def bare(data: object) -> object:
        if isinstance(data, dict):
            dropped = ("points", "reason", "look_for", "bands")
            return {key: bare(part) for key, part in data.items() if key not in dropped}
        return [bare(part) for part in data] if isinstance(data, list) else data

    asked = {
        name: type(one).model_validate(bare(one.model_dump(by_alias=True, exclude_none=True)))
        for name, one in pack.questionnaires.items()
    }
    return pack.model_copy(update={"questionnaires": asked})


def test_a_form_is_the_same_whatever_the_keys_are():
    pack = load_pack(find_pack("key-user"))
    other = without_keys(pack)
    assert pack.questionnaires["knowledge"] != other.questionnaires["knowledge"]
    wave = pack.waves["M0"]
    for name in pack.questionnaires:
        made = [
            _Maker(one, ["en", "zh"]).sections(one.questionnaires[name], wave, list(one.modules))
            for one in (pack, other)
        ]
        assert made[0] == made[1]
        assert made[0]


@pytest.mark.parametrize("format", FORMATS)
def test_no_reason_of_a_knowledge_item_is_on_its_form(empty, format):
    data = render(empty, "form", format=format, questionnaire="knowledge", bilingual=True)
    text = data.decode("utf-8") if format != "xlsx" else all_text(data)
    items = empty.pack.questionnaires["knowledge"].items
    assert any(empty.pack.say(item.ask, "zh")[:12] in text for item in items)
    for item in items:
        if item.reason:
            for language in ("en", "zh"):
                assert empty.pack.say(item.reason, language)[:40] not in text


def all_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(
        str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row
    )


# -- what is on it


def test_a_page_holds_anchors_probes_evidence_and_lines_and_asks_nothing_of_the_network(empty):
    page = render(empty, "form", format="html", candidate="CX", bilingual=True).decode()
    item = empty.pack.items["BPM-1"]
    assert isinstance(item, RatingItem)
    for language in ("en", "zh"):
        assert empty.pack.say(item.ask, language)[:20] in page
        assert empty.pack.say(item.anchors[5], language)[:20] in page
    assert "not observed" in page
    assert page.count('class="line"') > 20
    assert not re.search(r"""(?:src|href)=|url\(|<script""", page)


def test_names_that_look_like_formulas_stay_text(empty):
    data = render(empty, "form", format="xlsx", candidate="CX")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert pages
    assert not any(b"<f>" in page or b"<f " in page for page in pages)
    assert b"=SUM(A1)" in render(empty, "form", format="html", candidate="CX")


def test_a_form_for_one_module_asks_for_that_module_alone(empty):
    data = render(empty, "form", format="csv", modules=["COST"], questionnaire="knowledge")
    text = data.decode("utf-8-sig")
    assert "COST-K1" in text
    assert "PROC-K1" not in text


def test_an_item_that_waits_for_an_answer_says_so(empty):
    from assess.model.condition import Condition
    from assess.workspace.forms_words import when_words

    plain = {"all": [{"item": "A", "at_least": 3}, {"not": {"item": "B", "equals": True}}]}
    condition = Condition.model_validate(plain, by_alias=True)
    assert when_words(condition) == "Only if: A is 3 or more and not (B is yes)"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"candidate": "NOBODY"}, "NOBODY"),
        ({"questionnaire": "exam"}, "no questionnaire exam"),
        ({"modules": ["XYZ"]}, "XYZ"),
    ],
)
def test_what_is_not_there_is_refused_by_name(empty, tmp_path, wanted, said):
    file = tmp_path / "f.html"
    with pytest.raises(BadInput, match=said):
        export(empty, "form", target=file, **wanted)
    assert not file.exists()


def test_the_same_form_gives_the_same_bytes(empty):
    assert render(empty, "form", format="xlsx") == render(empty, "form", format="xlsx")
