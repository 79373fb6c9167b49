"""A small good pack, and what it says after an edit."""

from __future__ import annotations

from dataclasses import dataclass, field

from assess.errors import BadInput
from assess.packs import Finding, load_pack_files
from assess.packs.load import findings_of

PACK = """\
pack: small
version: 1.0.0
languages: [en, zh]
title: {en: A small pack, zh: 小题库}
scale: {from: 1, to: 5}
competencies:
  - {id: BPM, name: {en: Process mastery, zh: 流程精通}}
  - {id: OWN, name: {en: Ownership, zh: 责任担当}}
modules:
  - id: PROC
    name: {en: Procurement, zh: 采购}
    weights: {BPM: 60, OWN: 40}
    minimums: {BPM: 3.5}
    knowledge: {BPM: 0.4}
    gates: [PROC-G1]
bands:
  - {id: ready, from: 75, name: {en: Ready, zh: 就绪}}
  - {id: not_yet, from: 0, name: {en: Not yet, zh: 暂未就绪}}
waves:
  - {id: M0, name: {en: Nomination, zh: 提名}, asks: all}
  - {id: M1, name: {en: Kick-off, zh: 启动}, asks: [OWN]}
"""

INTERVIEW = """\
questionnaire: interview
for: interviewer
title: {en: Interview, zh: 访谈}
sections:
  - title: {en: Process, zh: 流程}
    items:
      - id: BPM-1
        type: rating
        competency: BPM
        ask: {en: How?, zh: 怎么做？}
        anchors:
          1: {en: Lists screens, zh: 只列界面}
          5: {en: Very well, zh: 很好}
      - id: BPM-2
        type: rating
        competency: BPM
        ask: {en: Why?, zh: 为什么？}
        when: {item: BPM-1, at_least: 3}
        "anchors": {1: {en: No reason, zh: 说不出理由}, 5: {en: The cause, zh: 说出根因}}
      - {id: OWN-1, type: rating, competency: OWN, ask: {en: Whose?, zh: 谁的？},
         "anchors": {1: {en: Others, zh: 别人的}, 5: {en: Named, zh: 点名道姓}}}
      - {id: OWN-2, type: rating, competency: OWN, ask: {en: Until when?, zh: 到何时？},
         "anchors": {1: {en: Later, zh: 以后再说}, 5: {en: A date, zh: 给出日期}}}
      - {id: PROC-G1, type: yes_no, modules: [PROC], ask: {en: Declared?, zh: 已申报？}}
"""

KNOWLEDGE = """\
questionnaire: knowledge
for: candidate
counts: true
title: {en: Check, zh: 测验}
sections:
  - title: {en: Procurement, zh: 采购}
    items:
      - id: K1
        type: choice
        competency: BPM
        ask: {en: Which?, zh: 哪个？}
        options:
          - {id: A, text: {en: This, zh: 这个}}
          - {id: B, text: {en: That, zh: 那个}, points: 1}
      - id: K2
        type: choices
        competency: BPM
        ask: {en: Which ones?, zh: 哪些？}
        options: [{id: A, text: "1", points: 1}, {id: B, text: "2", points: 1}]
        bounds: {from: 0, to: 2}
      - id: K3
        type: number
        competency: BPM
        ask: {en: How many?, zh: 多少？}
        bands: [{from: 0, points: 0}, {from: 10, points: 1}]
      - {id: K4, type: choice, competency: BPM, ask: {en: If?, zh: 是否？},
         options: [{id: A, text: "3", points: 1}, {id: B, text: "4"}]}
"""


def small_files() -> dict[str, str]:
    return {"pack.yaml": PACK, "interview.yaml": INTERVIEW, "knowledge.yaml": KNOWLEDGE}


@dataclass
class Edited:
    """The small pack after edits; a ``¦`` in a new text marks where the finding must point."""

    files: dict[str, str] = field(default_factory=small_files)
    place: str = ""

    def put(self, file: str, old: str, new: str) -> Edited:
        text = self.files[file]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        return self.write(file, text.replace(old, new))

    def write(self, file: str, text: str) -> Edited:
        if "¦" in text:
            before = text[: text.index("¦")].split("\n")
            self.place = f"{file}:{len(before)}:{len(before[-1]) + 1}"
            text = text.replace("¦", "")
        self.files[file] = text
        return self

    @property
    def bytes(self) -> dict[str, bytes]:
        return {name: text.encode() for name, text in self.files.items()}

    def findings(self) -> list[Finding]:
        return findings_of(self.bytes)

    def mistakes(self) -> list[str]:
        """The lines of the error that loading raises; empty where the pack loads."""
        try:
            load_pack_files(self.bytes)
        except BadInput as error:
            assert error.exit_code == 2
            return list(error.findings)
        return []
