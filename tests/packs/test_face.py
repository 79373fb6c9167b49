"""A pack's names without its models: the same as the models say, or nothing at all."""

from __future__ import annotations

import json

import pytest

from assess.packs import find_pack, load_pack, read_pack_folder
from assess.packs.cache import load_pack_cached
from assess.packs.face import face_of, kept_face


@pytest.mark.parametrize("language", ["en", "zh", "de"])
def test_a_kept_face_says_what_the_pack_says(tmp_path, language):
    pack = load_pack_cached(read_pack_folder(find_pack("key-user")), tmp_path)
    face = kept_face(pack.hash, tmp_path)
    assert face is not None
    for called, parts in (
        (face.module, pack.file.modules),
        (face.phase, pack.file.phases),
        (face.band, pack.file.bands),
    ):
        assert parts
        for part in parts:
            assert called(part.id, language) == pack.say(part.name, language)
    assert face.calibrated is (pack.calibration is not None)


def test_a_loaded_pack_shows_the_same_face(tmp_path):
    pack = load_pack(find_pack("key-user"))
    load_pack_cached(read_pack_folder(find_pack("key-user")), tmp_path)
    kept = kept_face(pack.hash, tmp_path)
    assert kept is not None
    assert vars(face_of(pack)) == vars(kept)


def test_what_a_pack_does_not_name_is_called_by_its_id():
    assert face_of(load_pack(find_pack("key-user"))).module("GONE", "en") == "GONE"


def test_a_pack_without_sample_answers_has_none(edited, tmp_path):
    pack = load_pack_cached(edited.bytes, tmp_path)
    face = kept_face(pack.hash, tmp_path)
    assert face is not None
    assert not face.calibrated


def test_nothing_kept_is_no_face(tmp_path):
    assert kept_face("0" * 64, tmp_path) is None


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "{",
        "[]",
        "null",
        '{"file": null}',
        '{"file": {"languages": []}}',
        '{"file": {"languages": ["en"], "modules": [{"id": "A", "name": 3}]}}',
        '{"file": {"languages": ["en"], "modules": {}, "phases": [], "bands": []}}',
    ],
)
def test_a_damaged_file_is_no_face(edited, tmp_path, rubbish):
    pack = load_pack_cached(edited.bytes, tmp_path)
    (file,) = tmp_path.glob("*.json")
    file.write_text(rubbish)
    assert kept_face(pack.hash, tmp_path) is None


def test_the_file_of_another_pack_is_no_face(edited, tmp_path):
    pack = load_pack_cached(edited.bytes, tmp_path)
    (file,) = tmp_path.glob("*.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"hash": "0" * 64}))
    assert kept_face(pack.hash, tmp_path) is None
