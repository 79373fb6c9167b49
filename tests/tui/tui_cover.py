"""An engagement for the screens on cover and growth: made-up results, facts and agreed actions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from results_factory import a_line, a_minimum, a_module, a_ranking, a_result
from tui_managers import WEIGHTS, Managed, interview_text, pack_text
from tui_memory import memory_workspace

from assess.model.people import Candidate, Rater
from assess.packs import load_pack_files
from assess.workspace.agreed import put_action
from assess.workspace.facts import put_facts
from assess.workspace.results import CandidateResult, Ranking

NOW = "2027-01-04T09:00:00.000+00:00"
PEOPLE = [
    Candidate(id="JA", name="Jia", department="Engineering", manager="Cheng", capacity=0.5),
    Candidate(id="LU", name="Lu", department="Engineering", manager="Cheng", capacity=0.4),
    Candidate(id="WE", name="Wei", department="Engineering", manager="Cheng", capacity=0.4),
    Candidate(id="HE", name="Helen", department="Cost", capacity=0.6),
    Candidate(id="QI", name="Qi", department="Procurement", capacity=0.45),
    Candidate(id="MO", name="莫莉", department="采购部", modules=["PROC"]),
]
_PHASES = """
phases:
  - {id: blueprint, floor: 30, aim: 50, name: {en: blueprint, zh: 蓝图}}
  - {id: cutover, floor: 80, aim: 100, name: {en: cut-over, zh: 切换}}
"""
_DEVELOPMENT = """
levels: {L: 1.0, M: 2.5, H: 4.0}
actions:
  - {id: BPM-L1, competency: BPM, level: L, text: {en: Handle ten real cases under supervision,
      zh: 在指导下处理10笔真实业务}}
  - {id: BPM-M1, competency: BPM, level: M, text: {en: Lead the as-is walk-through for the module
      and collect open questions with the consultant,
      zh: 主持本模块现状流程走查，与顾问共同列出待澄清问题}}
  - {id: GAP-M1, competency: GAP, level: M, text: {en: Own the gap list of one sub-process,
      zh: 负责一个子流程的差异清单}}
  - {id: MDM-M1, competency: MDM, level: M, text: {en: Reconcile one data object,
      zh: 完成一个数据对象的对账}}
"""


def files() -> dict[str, bytes]:
    """The managers' pack with phases and development actions."""
    pack = pack_text() + _PHASES
    return {
        "pack.yaml": pack.encode(),
        "interview.yaml": interview_text().encode(),
        "development.yaml": _DEVELOPMENT.encode(),
    }


def covered() -> Managed:
    """Six people in three modules; facts on all modules, one action overdue, one agreed."""
    made = memory_workspace(files())
    workspace = Managed(made.store, place="memory", clock=lambda: NOW, new_id=made._new_id)
    workspace.store.records.clear()  # type: ignore[attr-defined]
    pack = load_pack_files(files(), name="tests")
    workspace.start(
        "Riverside", files(), pack, ["COST", "PLAN", "PROC"], go_live="2027-03-01",
        phase="blueprint",
    )  # fmt: skip
    workspace.put_people([*PEOPLE, *(Rater(id=f"R{n}") for n in (1, 2))])
    workspace.ranking = six_people()
    facts = ("holders=JA", "key_users=JA,LU,WE", "handover_days=45", "written=25")
    for module in ("COST", "PLAN"):
        put_facts(workspace, module, facts, source="Cheng", day="2026-11-02")
    put_action(workspace, "MO", "BPM-L1", owner="Gao", due="2026-12-01")
    put_action(workspace, "HE", "GAP-M1", owner="Shen", due="2027-01-31", proof="ten entries")
    return workspace


def six_people() -> Ranking:
    """JA before all others in all three modules; MO misses one minimum by a little."""
    scores = {"JA": 84.0, "LU": 77.0, "WE": 72.0, "HE": 68.0, "QI": 66.0}
    modules = []
    for n, module in enumerate(("COST", "PLAN", "PROC")):
        found = [
            _one(code, score - n, rank) for rank, (code, score) in enumerate(scores.items(), 1)
        ]
        if module == "PROC":
            found.append(_below("MO", 55.0))
        modules.append(a_module(found, module=module))
    return a_ranking(modules)


def _one(code: str, score: float, rank: int, **fields: Any) -> CandidateResult:
    band = "ready" if score >= 75 else "ready_with_plan"
    person = next(one for one in PEOPLE if one.id == code)
    made = a_result(
        code, name=person.name, department=person.department, score=score, rank=rank, status=band,
        band=band, minimums=[a_minimum(at=3.0)], **fields,
    )  # fmt: skip
    lines = [
        a_line(competency, float(weight), value=1 + score / 25 - 0.05 * at, points=made.score)
        for at, (competency, weight) in enumerate(WEIGHTS.items())
    ]
    return replace(made, lines=lines)


def _below(code: str, score: float) -> CandidateResult:
    one = _one(code, score, 6)
    lines = [replace(one.lines[0], value=2.3), *one.lines[1:]]
    missed = a_minimum(at=3.0, value=2.3, p_met=0.1, state="missed")
    return replace(
        one, rank=None, rank_low=None, rank_high=None, p_top=None, status="below_minimum",
        band="backup", minimums=[missed], lines=lines,
    )  # fmt: skip
