"""An engagement as its manager sees it: made-up results on a workspace in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from results_factory import a_module, a_ranking, a_result
from textual.events import Mount
from textual.pilot import Pilot
from textual.screen import Screen
from tui_memory import memory_workspace

import assess.tui.app
from assess.errors import AssessError
from assess.model.people import Candidate, Rater
from assess.packs import load_pack_files
from assess.tui.app import AssessApp
from assess.tui.widgets.bars import TitleBar
from assess.workspace.results import Explanation, Ranking, WouldChange
from assess.workspace.workspace import Workspace

_COMPETENCIES = {
    "BPM": ("Business-process mastery", "业务流程精通"),
    "XFV": ("Cross-functional view", "跨部门全局观"),
    "GAP": ("Analytical gap thinking", "差异分析能力"),
    "MDM": ("Master-data discipline", "主数据规范意识"),
    "DOC": ("Documentation and test rigour", "文档与测试严谨性"),
    "SYS": ("System aptitude and learning", "系统悟性与学习力"),
    "COA": ("Coaching and training", "培训辅导"),
    "BRG": ("Bridging, communication and influence", "桥梁沟通与影响力"),
    "OWN": ("Ownership and resilience", "责任担当与韧性"),
    "AVL": ("Availability and continuity arrangement", "投入与连续性安排"),
}
WEIGHTS = dict(zip(_COMPETENCIES, (20, 10, 12, 10, 12, 6, 8, 10, 6, 6), strict=True))
_MODULES = {
    "COST": ("Cost management", "成本管理"),
    "PLAN": ("Planning and schedule", "计划管理"),
    "PROC": ("Procurement and bidding", "采购招投标"),
}


def _text(pair: tuple[str, str]) -> str:
    return "{" + f'en: "{pair[0]}", zh: "{pair[1]}"' + "}"


def pack_text() -> str:
    """A pack with as many competencies and bands as programmes have."""
    competencies = "\n".join(
        f"  - {{id: {code}, name: {_text(name)}"
        + (", kind: arrangement}" if code == "AVL" else "}")
        for code, name in _COMPETENCIES.items()
    )
    weights = ", ".join(f"{code}: {weight}" for code, weight in WEIGHTS.items())
    modules = "\n".join(
        f"  - {{id: {code}, name: {_text(name)}, weights: {{{weights}}}, "
        "minimums: {BPM: 3.5, DOC: 3.0, AVL: 3.0}}"
        for code, name in _MODULES.items()
    )
    return f"""
pack: key-user
version: 1.0.0
languages: [en, zh]
title: {{en: ERP key users, zh: ERP关键用户}}
scale: {{from: 1, to: 5}}
competencies:
{competencies}
modules:
{modules}
bands:
  - {{id: ready, from: 75, name: {{en: ready, zh: 就绪}}}}
  - {{id: ready_with_plan, from: 60, name: {{en: ready with plan, zh: 基本就绪（需培养计划）}}}}
  - {{id: backup, from: 45, name: {{en: backup in training, zh: 后备培养}}}}
  - {{id: not_yet, from: 0, name: {{en: not yet, zh: 暂未就绪}}}}
waves:
  - {{id: M0, name: {{en: first round, zh: 首轮}}, asks: all}}
policy: {{min_coverage: 80, min_items: 2, discuss_at: 2, confidence: 0.90, top: 3}}
"""


def _items() -> str:
    lines = [
        f"      - {{id: {code}-{n}, type: rating, competency: {code}, ask: "
        f'{{en: "What did you do about {name.lower()}, {n}?", zh: "{zh}：请讲第{n}个例子。"}}}}'
        for code, (name, zh) in _COMPETENCIES.items()
        for n in (1, 2)
    ]
    return "\n".join(lines)


def interview_text() -> str:
    """Two rating items for each competency."""
    return f"""
questionnaire: interview
for: interviewer
title: {{en: Interview, zh: 访谈}}
sections:
  - title: {{en: All, zh: 全部}}
    items:
{_items()}
"""


PEOPLE = [
    Candidate(id="JA", name="Jia", department="Engineering Management"),
    Candidate(id="LU", name="Lu", department="Engineering Management"),
    Candidate(id="WE", name="Wei", department="Engineering Management"),
    Candidate(id="HE", name="Helen", department="Cost"),
    Candidate(id="QI", name="Qi", department="Procurement", modules=["PROC", "PLAN"]),
    Candidate(id="MO", name="莫莉", department="采购部", modules=["PROC"]),
    Candidate(id="TA", name="Tang", department="Procurement", modules=["PROC"]),
]


class Managed(Workspace):
    """A workspace whose results are made up: ``ranking`` is what it measures."""

    ranking: Ranking
    asked_to_rank = 0

    def rank(self, modules: Iterable[str] = (), wave: str | None = None) -> Ranking:
        self.asked_to_rank += 1
        wanted = set(modules)
        kept = [m for m in self.ranking.modules if not wanted or m.module in wanted]
        return replace(self.ranking, modules=kept)

    def explain(self, candidate: str, module: str, wave: str | None = None) -> Explanation:
        found = next(m for m in self.ranking.modules if m.module == module).of(candidate)
        if found is None:
            raise AssessError(f"{candidate} does not stand for {module}")
        return Explanation(
            module,
            "M0",
            found,
            [
                WouldChange("MDM", 3.4, 69.1, "band", "ready"),
                WouldChange("rater", None, None, "another_rater", se=3.6),
                WouldChange("items", None, None, "more_items", se=4.1),
            ],
        )


class ManagerApp(AssessApp):
    """The app on a workspace, opened at a screen."""

    CSS_PATH = Path(assess.tui.app.__file__).with_name("styles") / "app.tcss"

    def __init__(self, workspace: Workspace, first: Screen[Any]) -> None:
        super().__init__(workspace)
        self.first = first

    async def on_mount(self, event: Mount) -> None:  # type: ignore[override]
        event.prevent_default()  # or the app would open at home
        self.push_screen(self.first)


def title_of(app: AssessApp) -> str:
    """The words of the top line as drawn."""
    bar = app.screen.query_one(TitleBar)
    return "".join(segment.text for segment in bar.render_line(0))


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until all that was measured is shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def managed(ranking: Ranking | None = None, **fields: Any) -> Managed:
    """An engagement with seven candidates, four raters and three modules."""
    files = {"pack.yaml": pack_text().encode(), "interview.yaml": interview_text().encode()}
    made = memory_workspace(files)
    workspace = Managed(made.store, place="memory", clock=made.clock, new_id=made._new_id)
    workspace = empty_engagement(workspace, files, **fields)
    workspace.put_people([*PEOPLE, *(Rater(id=f"R{n}") for n in (1, 2, 3, 4))])
    workspace.ranking = ranking or three_modules()
    return workspace


def empty_engagement(workspace: Managed, files: dict[str, bytes], **fields: Any) -> Managed:
    """The same place with an engagement and nobody in it."""
    workspace.store.records.clear()  # type: ignore[attr-defined]
    workspace.start(
        "Riverside",
        files,
        load_pack_files(files, name="tests"),
        list(_MODULES),
        **{"go_live": "2027-03-01", "phase": "blueprint", **fields},
    )
    return workspace


def nobody_yet() -> Managed:
    """An engagement without candidates."""
    files = {"pack.yaml": pack_text().encode(), "interview.yaml": interview_text().encode()}
    made = memory_workspace(files)
    workspace = Managed(made.store, place="memory", clock=made.clock, new_id=made._new_id)
    workspace = empty_engagement(workspace, files)
    workspace.ranking = a_ranking([])
    return workspace


def three_modules() -> Ranking:
    """PROC with everything that can happen, COST with two who stand, PLAN with one."""
    cost = [
        a_result("JA", name="Jia", score=84.2, rank=1, status="ready", band="ready"),
        a_result("HE", name="Helen", score=68.4, rank=2),
    ]
    plan = [
        a_result("LU", name="Lu", score=77.3, rank=1, status="ready", band="ready"),
        a_result("WE", name="Wei", score=52.4, rank=2, status="backup", band="backup"),
    ]
    return a_ranking([a_module(cost, module="COST"), a_module(plan, module="PLAN"), a_module()])
