"""docs/authors.md is what a new author has: its example runs, no key and no rule is left out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from assess.cli.parser import parse
from assess.model.calibration import Sample
from assess.model.items import (
    Card,
    ChoiceItem,
    ChoicesItem,
    NumberItem,
    Option,
    RatingItem,
    TextItem,
    YesNoItem,
)
from assess.model.pack import (
    Action,
    Continuity,
    ContinuityFact,
    Development,
    Questionnaire,
    Section,
)
from assess.model.pack_file import (
    Competency,
    ForbiddenTopic,
    Module,
    PackFile,
    Phase,
    Policy,
    Priors,
    ScoreBand,
    Wave,
    Without,
)
from assess.packs import check_pack
from assess.packs.starting import new_pack

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
CODE = " ".join(re.findall("`([^`]+)`", re.sub("```.*?```", "", PAGE, flags=re.DOTALL)))


def test_the_question_of_the_page_goes_into_a_new_pack_and_passes_the_strict_check(tmp_path):
    (question,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    new_pack(tmp_path / "my-pack")
    interview = tmp_path / "my-pack" / "interview.yaml"
    text = interview.read_text(encoding="utf-8")
    interview.write_text(
        text.replace("      - id: PROC-G1\n", f"{question}\n      - id: PROC-G1\n"),
        encoding="utf-8",
    )
    assert check_pack(tmp_path / "my-pack") == []


COMMANDS = [line.strip() for line in PAGE.splitlines() if line.strip().startswith("assess ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_page_is_one(line):
    words = shlex.split(line.split("   ")[0])
    assert parse(words[1:]).run


@pytest.mark.parametrize(
    "model",
    [
        *(PackFile, Competency, Module, ScoreBand, Wave, Phase, Policy, Priors, ForbiddenTopic),
        *(Without, Questionnaire, Section, RatingItem, ChoiceItem, ChoicesItem, YesNoItem),
        *(NumberItem, TextItem, Option, Card, Development, Action, Continuity, ContinuityFact),
        Sample,
    ],
)
def test_the_format_in_full_names_every_key(model):
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}\b", CODE)} == set()


def test_the_page_names_every_rule_of_the_craft():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "assess/packs").glob("advice*.py")
    )
    rules = set(re.findall(r'rule="(\w+)"', source)) | set(re.findall(r'"(key_\w+_share)"', source))
    assert {rule for rule in rules if f"`{rule}`" not in PAGE} == set()
