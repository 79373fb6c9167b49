"""Whole files of every kind that comes in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from assess.packs import find_pack, read_pack_folder

PACK: dict[str, bytes] = {
    "pack.yaml": """\
pack: small
version: 1.0.0
languages: [en, zh]
title: {en: Small, zh: 小题库}
scale: {from: 1, to: 5}
competencies:
  - {id: BPM, name: {en: Process, zh: 流程}}
  - {id: OWN, name: Ownership}
modules:
  - id: PROC
    name: Procurement
    weights: {BPM: 60, OWN: 40}
    minimums: {BPM: 3.5}
    knowledge: {BPM: 0.4}
bands: [{id: ready, from: 50, name: Ready}, {id: not_yet, from: 0, name: Not yet}]
waves: [{id: M0, name: First, asks: all}]
""".encode(),
    "interview.yaml": """\
questionnaire: interview
for: interviewer
title: Interview
sections:
  - title: {en: Process, zh: 流程}
    items:
      - id: BPM-1
        type: rating
        competency: BPM
        ask: {en: How?, zh: 怎么做？}
        probes: {en: [Who?, When?], zh: [谁？]}
        anchors: {1: {en: Badly, zh: 差}, 5: {en: Well, zh: 好}}
      - id: N1
        type: number
        ask: How many?
        range: {from: 0, to: 9}
        when: {item: BPM-1, at_least: 3}
      - id: K1
        type: choice
        competency: BPM
        ask: Which?
        options: [{id: A, text: One}, {id: B, text: Two, points: 1}]
      - {id: M1, type: choices, ask: Which ones?, options: [{id: a, text: A}, {id: b, text: B}]}
      - {id: G1, type: yes_no, ask: Really?}
      - {id: T1, type: text, ask: Why?}
""".encode(),
}
RATINGS = """\
candidate,rater,item,value,note
CA,R1,BPM-1,4,"a note, with comma"
CA,R1,K1,B,
CA,R1,M1,a|b,
CA,R1,G1,yes,
CB,R2,N1,3,数字
CB,R2,T1,in words,
""".encode()
ROSTER = """\
candidate,name,department,modules,capacity,language
CA,Jia 贾,Finance,PROC,0.5,zh
CB,Bo,Buying,,1,en
""".encode()
FORM: Mapping[str, Sequence[Sequence[object]]] = {
    "survey": [
        ["type", "name", "label::English (en)", "label::中文 (zh)", "hint", "required", "relevant",
         "constraint", "competency", "module", "weight", "points", "anchor::1::English (en)"],
        ["note", "hi", "Welcome", "欢迎"],
        ["begin_group", "work", "Work", "工作", "", "", "", "", "BPM", "PROC", 60],
        ["integer", "years", "How long?", "多久？", "in years", "yes", "", ". >= 0 and . <= 50"],
        ["integer", "how", "How well?", "多好？", "", "", "${years} > 2", ". >= 1 and . <= 5",
         "", "", "", "", "Badly"],
        ["select_one ab or_other", "which", "Which?", "哪个？", "", "", "", "", "", "", "", "a"],
        ["end_group"],
        ["begin_repeat", "rep", "Each", "每个"],
        ["select_multiple ab", "some", "Some?", "哪些？", "", "", "selected(${which}, 'a')"],
        ["end_repeat"],
        ["text", "why", "Why?", "为什么？", "", "", "not(${how} = 3) and ${why2} != ''"],
        ["text", "why2", "Why?", "为什么？"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::中文 (zh)"],
        ["ab", "a", "A", "甲"],
        ["ab", "b", "B", "乙"],
    ],
    "settings": [["form_title", "form_id", "version"], ["Fuzz", "fuzz", "1.2.3"]],
}  # fmt: skip
BAD_FORM: Mapping[str, Sequence[Sequence[object]]] = {
    "survey": [
        ["type", "name", "label", "calculation", "appearance", "media::image", "parameters"],
        ["start", "start"],
        ["calculate", "sum", "", "1+1"],
        ["geopoint", "where", "Where?"],
        ["range", "r", "Range", "", "", "", "start=1 end=5 step=1"],
        ["select_one ab", "s", "S", "", "minimal", "a.png", "randomize=true"],
        ["date", "d", "When?"],
    ],
    "choices": [["list_name", "name", "label", "group"], ["ab", "a", "A", 1], ["ab", "b", "B", 2]],
    "notes": [["anything"], ["goes"]],
}


def form_book(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shipped() -> dict[str, bytes]:
    """The files of the pack that comes with the program."""
    return read_pack_folder(find_pack("key-user"))
