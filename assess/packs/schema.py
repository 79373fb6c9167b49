"""JSON Schemas of a pack's files, so that editors complete and check while an author types.

``python -m assess.packs.schema FOLDER`` writes them.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assess.errors import BadInput
from assess.i18n import _
from assess.model.calibration import Calibration
from assess.model.pack import Continuity, Development, Questionnaire
from assess.model.pack_file import PackFile
from assess.packs.spot import one_of

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "pack": (PackFile, "pack.yaml of an assess pack"),
    "questionnaire": (Questionnaire, "A questionnaire of an assess pack"),
    "development": (Development, "development.yaml of an assess pack"),
    "continuity": (Continuity, "continuity.yaml of an assess pack"),
    "pack_on_top": (PackFile, "pack.yaml of an assess pack that extends another"),
    "questionnaire_on_top": (Questionnaire, "A questionnaire of an assess pack on top of another"),
    "calibration": (Calibration, "calibration.yaml of an assess pack"),
}
"""File kind to its model and title."""

ON_TOP = "_on_top"
_TELLING = ("pack", "version", "questionnaire", "id")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# where a value is looked at before its bounds, pydantic leaves them under these names
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_KEYS: dict[str, str] = {
    "PackFile.pack": "Id of the pack; never reused for something else.",
    "PackFile.version": "Three numbers; a pack that has answers is changed under a new version.",
    "PackFile.extends": "The pack that this one is laid on: its id, or the way to its folder.",
    "PackFile.without": "What of the pack below is left out, by id.",
    "PackFile.retired": "Former items no longer asked; their answers stay and count nowhere.",
    "PackFile.languages": "Codes such as en, zh; others fall back to the first.",
    "PackFile.scale": "Of rating items that have no scale of their own.",
    "PackFile.notice": "Shown, and its basis recorded, before a candidate's first answer.",
    "PackFile.bands": "What scores (0-100) are called, each from a number on.",
    "PackFile.waves": "The milestones at which people are asked, in order.",
    "PackFile.policy": "The rules of counting and reading.",
    "PackFile.priors": "Prior standard deviations in points, and their strength.",
    "PackFile.phases": "Share of working hours that role A needs in each phase, in percent.",
    "PackFile.forbidden": "What must not be asked, noted or inferred.",
    "Competency.kind": "person, or arrangement for the conditions around the role.",
    "Competency.tasks": "The tasks of the job analysis that it is traced to.",
    "Module.weights": "Competency to weight; they sum to 100.",
    "Module.minimums": "Competency to the least value, in units of the scale.",
    "Module.knowledge": "Competency to the share (0-1) that keyed items carry.",
    "Module.gates": "yes_no items that must be yes before an appointment.",
    "Module.reason": "Why these weights and minimums.",
    "Wave.asks": "all, or the competencies that are asked.",
    "Policy.min_coverage": "Percent of the weight that must be counted before a rank is given.",
    "Policy.min_items": "Distinct rating items that must be answered before a competency counts.",
    "Policy.discuss_at": "Raters whose values differ by this much talk the item over.",
    "Policy.note_required": "Ratings that want evidence in the note.",
    "Policy.confidence": "Of the intervals shown, for example 0.90.",
    "Policy.top": "k of the chance to be among the best k.",
    "Policy.role_from": "The score from which on somebody carries a role.",
    "Policy.together": "What A and B reach together in each competency; default: half the scale.",
    "Policy.backup_slack": "By how much B may miss one minimum; default: an eighth of the scale.",
    "Continuity.end_users_per_key_user": "How many end users one key user can look after.",
    "ForbiddenTopic.words": "Words in a note that warn its writer.",
    "Questionnaire.questionnaire": "Id of the questionnaire.",
    "Questionnaire.for": "Who answers it.",
    "Questionnaire.counts": "Whether answers enter scores; by default only interviewers' do.",
    "RatingItem.anchors": "Level to what an answer at that level sounds like.",
    "Option.points": "Points that choosing it earns; they make the item a keyed one.",
    "Item.id": "What answers are kept under; never give an old id to a new question.",
    "Item.competency": "The competency in which the answer counts.",
    "Item.modules": "The modules that ask it; left out: every module.",
    "Item.also": "Competencies that the answer tells about without counting there.",
    "Item.method": "How it is asked: behavioural, situational, work sample …",
    "Item.probes": "Follow-up questions.",
    "Item.evidence": "What the note should hold.",
    "Item.cards": "What is handed out or shown with a work sample.",
    "Card.modules": "The modules that the card is for; left out: every module.",
    "Card.text": "For the candidate; line breaks are kept.",
    "Card.look_for": "The key, for the interviewer alone, one point each.",
    "Item.when": "The condition under which it is asked.",
    "Item.was": "Former ids; their answers come along (to the first of several that name one).",
    "Item.reason": "Shown after submission, never before.",
    "ChoicesItem.bounds": "The sum of points is kept within these.",
    "NumberItem.bands": "Points that numbers earn, each band from a number on.",
    "Condition.item": "The item whose answer is tested by at_least, equals, in or answered.",
    "Condition.module": "Holds when the candidate is asked for one of these modules.",
    "Condition.all": "All of these conditions hold.",
    "Condition.any": "At least one of these conditions holds.",
    "Condition.not": "This condition does not hold.",
    "Calibration.calibration": "Sample answers, in the order in which every rater scores them.",
    "Sample.item": "The rating item whose question, anchors and scale apply.",
    "Sample.answer": "What somebody answered.",
    "Sample.master": "The master rating, in units of the item's scale.",
    "Sample.reason": "Why it is rated so; shown after the rater's own rating, never before.",
    "Development.levels": "From which value of the scale on a level begins.",
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of :data:`FILES`. Raises BadInput for another kind."""
    if kind not in FILES:
        message = _("there is no schema '{kind}': {remedy}")
        raise BadInput(message.format(kind=kind, remedy=one_of(kind, list(FILES))))
    model, title = FILES[kind]
    schema = model.model_json_schema(by_alias=True, mode="validation")
    if kind.endswith(ON_TOP):
        _loosen(schema)
    for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        _describe(name, part)
    _widen(schema)
    return {"$schema": _DIALECT, **schema, "title": title}


def write_schemas(folder: str | os.PathLike[str]) -> list[Path]:
    """Write one ``<kind>.json`` per kind of file; returns the paths. Raises OSError."""
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in FILES:
        path = home / f"{kind}.json"
        path.write_text(as_json(schema_of(kind)), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def as_json(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _loosen(part: Any) -> None:
    """What changes an entry of the pack below names its id and what it changes."""
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _loosen(one)
    if isinstance(part, dict) and isinstance(part.get("required"), list):
        part["required"] = [key for key in part["required"] if key in _TELLING]
    if isinstance(part, dict) and "discriminator" in part:
        part["anyOf"] = part.pop("oneOf")
        del part["discriminator"]


def _describe(name: str, part: dict[str, Any]) -> None:
    """Say in one sentence what each key is for."""
    for key, value in part.get("properties", {}).items():
        told = _KEYS.get(f"{name}.{key}")
        if told is None and name.endswith("Item"):
            told = _KEYS.get(f"Item.{key}")
        if told:
            value["description"] = told


def _widen(part: Any) -> None:
    """What the reader accepts and pydantic's schema does not say, everywhere below ``part``."""
    if isinstance(part, list):
        for one in part:
            _widen(one)
    if not isinstance(part, dict):
        return
    if part.get("pattern") == r"\S":
        part["type"] = ["string", "number"]  # a number where a text is meant is read as written
    if "patternProperties" in part:
        part["additionalProperties"] = False
    for ours, theirs in _BOUNDS.items():
        if ours in part:
            part[theirs] = part.pop(ours)
    if isinstance(part.get("description"), str):
        part["description"] = part["description"].replace("``", "'")
    for value in part.get("properties", {}).values():
        value.pop("title", None)
    for value in part.values():
        _widen(value)


def main(arguments: list[str]) -> None:
    """Write the schemas into the folder named, or into ``questionnaires/schema``."""
    for path in write_schemas(arguments[0] if arguments else "questionnaires/schema"):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
