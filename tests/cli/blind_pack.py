"""A pack with everything that others may learn: ratings, knowledge, a self-test, samples."""

FILES = {
    "pack.yaml": b"""\
pack: small
version: 1.0.0
languages: [en]
title: Small
scale: {from: 1, to: 5}
competencies:
  - {id: BPM, name: Process}
  - {id: OWN, name: Ownership}
modules:
  - {id: PROC, name: Procurement, weights: {BPM: 60, OWN: 40}, minimums: {BPM: 3.0}}
bands:
  - {id: ready, from: 50, name: Ready}
  - {id: not_yet, from: 0, name: Not yet}
waves:
  - {id: M0, name: First, asks: all}
policy: {min_coverage: 50, min_items: 1, top: 1, discuss_at: 1}
""",
    "interview.yaml": b"""\
questionnaire: interview
for: interviewer
title: Interview
sections:
  - title: All
    items:
      - {id: BPM-1, type: rating, competency: BPM, ask: How}
      - {id: BPM-2, type: rating, competency: BPM, ask: Why}
      - {id: OWN-1, type: rating, competency: OWN, ask: Whose}
      - {id: OWN-2, type: rating, competency: OWN, ask: When}
""",
    "knowledge.yaml": b"""\
questionnaire: knowledge
for: interviewer
counts: true
title: Check
sections:
  - title: All
    items:
      - {id: K1, type: choice, competency: BPM, ask: Which,
         options: [{id: A, text: a}, {id: B, text: b, points: 1}]}
      - {id: K2, type: choice, competency: BPM, ask: What,
         options: [{id: A, text: a, points: 1}, {id: B, text: b}]}
""",
    "self.yaml": b"""\
questionnaire: self
for: candidate
counts: false
title: Self
sections:
  - title: All
    items:
      - {id: S-1, type: rating, competency: BPM, ask: How well}
""",
    "development.yaml": b"""\
actions:
  - {id: D1, competency: BPM, level: L, text: Read}
  - {id: D2, competency: BPM, level: M, text: Practise}
  - {id: D3, competency: BPM, level: H, text: Teach}
""",
    "calibration.yaml": b"""\
calibration:
  - {id: C1, item: BPM-1, answer: I waited., master: 2, reason: No own part.}
""",
}
