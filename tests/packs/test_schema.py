"""The JSON Schemas: current, valid, and met by the pack that ships."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from assess.errors import BadInput
from assess.packs import shipped_packs
from assess.packs.parse import read_tree
from assess.packs.schema import FILES, as_json, schema_of, write_schemas

SCHEMAS = shipped_packs()["key-user"].parent / "schema"
FILES_OF_PACKS = sorted(path for home in shipped_packs().values() for path in home.glob("*.yaml"))


def as_editors_see(data):
    """Keys are texts in JSON."""
    if isinstance(data, dict):
        return {str(key): as_editors_see(value) for key, value in data.items()}
    return [as_editors_see(value) for value in data] if isinstance(data, list) else data


def kind_of(path: Path) -> str:
    return path.stem if path.stem in FILES else "questionnaire"


def complaints(kind, data):
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    return [error.message for error in validator.iter_errors(as_editors_see(data))]


@pytest.mark.parametrize("kind", FILES)
def test_the_files_are_current(kind):
    written = (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8")
    assert written == as_json(schema_of(kind)), "run: python -m assess.packs.schema"


@pytest.mark.parametrize("kind", FILES)
def test_each_is_a_schema(kind):
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("path", FILES_OF_PACKS, ids=lambda path: path.name)
def test_shipped_files_meet_their_schema_and_name_it(path):
    text = path.read_text(encoding="utf-8")
    assert complaints(kind_of(path), read_tree(text).data) == []
    first = text.split("\n", 1)[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == (SCHEMAS / f"{kind_of(path)}.json").resolve()


def test_an_unknown_key_and_a_wrong_share_are_marked_while_typing():
    pack = read_tree((shipped_packs()["key-user"] / "pack.yaml").read_text(encoding="utf-8")).data
    assert complaints("pack", {**pack, "titel": "x"})
    pack["modules"][0]["knowledge"] = {"BPM": 40}
    assert complaints("pack", pack)


def test_keys_are_explained_to_authors():
    assert (
        "sum to 100" in schema_of("pack")["$defs"]["Module"]["properties"]["weights"]["description"]
    )
    for item in ("RatingItem", "ChoiceItem"):
        ask = schema_of("questionnaire")["$defs"][item]["properties"]["was"]
        assert "Former ids" in ask["description"]


def test_they_can_be_written_elsewhere(tmp_path):
    written = write_schemas(tmp_path / "schema")
    assert sorted(path.stem for path in written) == sorted(FILES)
    assert json.loads(written[0].read_text(encoding="utf-8"))["title"]


def test_a_kind_that_there_is_not(tmp_path):
    with pytest.raises(BadInput, match="did you mean 'pack'"):
        schema_of("packs")
