"""Notice before asking, withdrawal, purpose and end, and everything on one person."""

import json
from datetime import date
from pathlib import Path

import pytest
from laptops import answered, ratings

from assess import i18n
from assess.errors import AssessError, BadInput
from assess.model.people import Candidate
from assess.workspace.exporting import render
from assess.workspace.importing import import_ratings
from assess.workspace.joining import join
from assess.workspace.privacy import (
    as_date,
    change_engagement,
    give_notice,
    notice_due,
    notice_text,
    retention,
    withdraw,
)
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def test_the_notice_is_due_until_it_was_given(anna: Workspace) -> None:
    assert notice_text(anna) == "We keep what you say until the end of the project."
    assert notice_due(anna, "KA")
    give_notice(anna, "KA", "consent")
    assert not notice_due(anna, "KA")
    assert notice_due(anna, "KB")
    (record,) = anna.heads("notice")
    assert (record["basis"], record["language"]) == ("consent", i18n.language())
    assert record["notice"]


@pytest.mark.parametrize(("code", "basis"), [("KX", "consent"), ("KA", "because")])
def test_a_notice_needs_a_candidate_and_a_known_basis(
    anna: Workspace, code: str, basis: str
) -> None:
    with pytest.raises(BadInput):
        give_notice(anna, code, basis)
    assert not anna.heads("notice")


def test_withdrawal_stops_an_interview_under_way_and_offers_erasure(anna: Workspace) -> None:
    give_notice(anna, "KA", "consent")
    session = anna.interview("KA", "R1")
    session.answer("BPM-1", 4)
    assert withdraw(anna, "KA")
    with pytest.raises(AssessError, match="KA") as stop:
        session.answer("BPM-2", 4)
    assert "assess erase KA" in stop.value.hint
    assert list(session.answers) == ["BPM-1"]


def test_no_file_brings_in_answers_on_who_withdrew(anna: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text("candidate,rater,item,value\nKB,R1,BPM-1,4\nKA,R1,BPM-1,4\n")
    import_ratings(anna, file)
    withdraw(anna, "KA")
    assert import_ratings(anna, file).unchanged == 2
    file.write_text("candidate,rater,item,value\nKB,R1,BPM-2,4\nKA,R1,BPM-2,4\n")
    with pytest.raises(BadInput, match="nothing was imported") as refusal:
        import_ratings(anna, file)
    assert refusal.value.findings[0].startswith("ratings.csv: row 3: KA has withdrawn")
    assert notice_due(anna, "KA")
    give_notice(anna, "KA", "consent")
    assert import_ratings(anna, file).stored == 2


def test_nothing_is_worked_out_for_who_withdrew(anna: Workspace) -> None:
    answered(anna, "KA", BPM_1=4)
    answered(anna, "KB", BPM_1=4)
    withdraw(anna, "KA")
    assert [c.candidate for c in anna.rank().modules[0].candidates] == ["KB", "KC"]
    assert [row[0] for row in ratings(anna)] == ["KB"]
    with pytest.raises(BadInput, match="KA does not stand for PROC") as refusal:
        anna.explain("KA", "PROC")
    assert refusal.value.hint == "modules of KA: –"
    assert not withdraw(anna, "KA")


def test_after_a_new_notice_the_interview_goes_on(anna: Workspace) -> None:
    give_notice(anna, "KA", "consent")
    answered(anna, "KA", BPM_1=4)
    withdraw(anna, "KA")
    assert notice_due(anna, "KA")
    give_notice(anna, "KA", "consent")
    answered(anna, "KA", BPM_2=2)
    assert len(ratings(anna)) == 2


def test_purpose_readers_and_end_stand_on_every_export(anna: Workspace) -> None:
    change_engagement(
        anna, {"purpose": "choose", "readers": "panel", "ends": as_date("2030-01-31")}
    )
    facts = json.loads(render(anna, "ratings", format="json"))
    assert {"choose", "panel", "2030-01-31"} <= set(_texts(facts))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [str(value)]


def test_the_wave_that_is_set_is_the_one_that_interviews_go_to(anna: Workspace) -> None:
    change_engagement(anna, {"wave": "M1"})
    answered(anna, "KA", BPM_1=4)
    assert [one.wave for one in anna.interviews()] == ["M1"]
    assert len(anna.heads("engagement")) == 1


@pytest.mark.parametrize("changes", [{"wave": "M9"}, {"modules": ["NONE"]}])
def test_a_wave_or_module_that_the_pack_lacks_is_refused(
    anna: Workspace, changes: dict[str, object]
) -> None:
    with pytest.raises(BadInput):
        change_engagement(anna, changes)


@pytest.mark.parametrize("text", ["soon", "2030-02-30", "31.01.2030"])
def test_a_day_is_written_year_month_day(text: str) -> None:
    with pytest.raises(BadInput, match="2026-05-31"):
        as_date(text)


def test_retention_lists_everybody_after_the_end_and_who_withdrew_before(anna: Workspace) -> None:
    answered(anna, "KA", BPM_1=4)
    change_engagement(anna, {"ends": date(2030, 1, 31)})
    withdraw(anna, "KB")
    before = retention(anna, date(2030, 1, 31))
    assert (before.past, [(p.candidate, p.reason) for p in before.people]) == (
        False,
        [("KB", "withdrawn")],
    )
    after = retention(anna, date(2030, 2, 1))
    assert after.past
    assert {p.candidate: p.interviews for p in after.people} == {"KA": 1, "KB": 0, "KC": 0}


def test_without_an_end_date_nothing_is_past(anna: Workspace) -> None:
    assert retention(anna).people == []


# -- all on one person


def test_the_export_of_a_person_holds_every_record_also_those_replaced(anna: Workspace) -> None:
    anna.put_people([Candidate(id="KA", name="Zoe Quill", email="zoe@example.org")])
    give_notice(anna, "KA", "consent")
    answered(anna, "KA", "R1", BPM_1=2)
    answered(anna, "KA", "R1", BPM_1=5)
    anna.interview("KA", "R1").note("BPM-1", "told of the three-way match")
    answered(anna, "KB", "R1", BPM_1=1)
    anna.agree("KA", "BPM-1", 4, "talked it over")
    join(anna, "KC", "KA", "entered twice")
    told = json.loads(render(anna, "person", format="json", candidate="KA"))
    sheets = {sheet["name"]: sheet["rows"] for sheet in told["sheets"]}
    kinds = [row["kind"] for row in sheets["Records"]]
    assert kinds.count("answer") == 3
    assert {"candidate", "notice", "agreed", "joined", "opened"} <= set(kinds)
    text = json.dumps(told)
    for said in ("Zoe Quill", "zoe@example.org", "told of the three-way match", "talked it over"):
        assert said in text
    assert [row["value"] for row in sheets["Records"] if row["stands"] and row["item"]] == [5, 4]
    assert {row["module"] for row in sheets["Results"]} == {"PROC"}
    assert {"notice", "agreed", "joined"} <= {row["what"] for row in sheets["Log"]}
    assert '"KB"' not in text  # as a whole value; ids may hold the letters by chance


def test_the_export_of_a_person_who_withdrew_holds_their_answers(anna: Workspace) -> None:
    answered(anna, "KA", "R1", BPM_1=2)
    withdraw(anna, "KA")
    told = render(anna, "person", format="md", candidate="KA").decode()
    assert "BPM-1" in told


def test_an_interviewer_does_not_get_it(anna: Workspace) -> None:
    with pytest.raises(BadInput):
        render(Workspace(anna.store, me="R1"), "person", candidate="KA")


# -- the log


def test_the_log_names_no_candidate_under_any_key(anna: Workspace) -> None:
    anna.me = "KB"  # who interviews may be a candidate too
    anna.log("decided", module="PROC", a="KA", b="KB", candidate="KC", people=["KA", "R1"])
    *_rest, event = anna.store.events()
    assert event["module"] == "PROC"
    assert event["people"] == ["R1"]
    assert len(event["candidate"]) == 5
    text = (Path(anna.place) / "audit.jsonl").read_text()
    assert not [code for code in ("KA", "KB", "KC") if f'"{code}"' in text]


def test_the_notice_names_the_day_of_erasure_and_the_contact(tmp_path):
    from assess.demo import build
    from assess.workspace.privacy import change_engagement, notice_text
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(tmp_path / "riverside", create=True)
    build(workspace)
    change_engagement(workspace, {"contact": "hr@example.org"})
    told = notice_text(workspace)
    assert "kept until 2028-03-01" in told
    assert "hr@example.org" in told


def test_what_the_notice_leaves_in_brackets_is_told_with_what_to_set(tmp_path):
    from assess.demo import build
    from assess.workspace.privacy import change_engagement, notice_gaps
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(tmp_path / "riverside", create=True)
    build(workspace)
    assert notice_gaps(workspace) == []
    change_engagement(workspace, {"contact": ""})
    (gap,) = notice_gaps(workspace)
    assert gap.startswith("[contact]")
    assert "assess engagement --contact" in gap
