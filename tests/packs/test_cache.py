"""Packs kept as JSON after the first reading."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assess.errors import BadInput
from assess.packs import load_pack_files, read_pack_folder, shipped_packs
from assess.packs.cache import load_pack_cached


@pytest.mark.parametrize("which", ["small", "shipped"])
def test_what_comes_from_the_cache_is_what_was_loaded(edited, tmp_path, which):
    shipped = read_pack_folder(shipped_packs()["key-user"])
    files = edited.bytes if which == "small" else shipped
    first, second = load_pack_cached(files, tmp_path), load_pack_cached(files, tmp_path)
    assert first == second == load_pack_files(files)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_change_is_never_answered_from_the_cache(edited, tmp_path):
    load_pack_cached(edited.bytes, tmp_path)
    edited.put("pack.yaml", "A small pack", "Another pack")
    assert load_pack_cached(edited.bytes, tmp_path).file.title.say("en") == "Another pack"


@pytest.mark.parametrize("rubbish", [b"", b"{", b"{}", b"null", b"\xff"])
def test_a_damaged_cache_is_read_anew(edited, tmp_path, rubbish):
    load_pack_cached(edited.bytes, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(rubbish)
    assert load_pack_cached(edited.bytes, tmp_path) == load_pack_files(edited.bytes)
    assert kept.read_bytes() != rubbish


def test_without_a_place_to_keep_it_the_pack_loads_all_the_same(edited, tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert load_pack_cached(edited.bytes, tmp_path / "file" / "cache").ref.id == "small"


def test_a_broken_pack_is_not_kept(edited, tmp_path):
    edited.put("pack.yaml", "BPM: 60", "BPM: 50")
    with pytest.raises(BadInput, match="mine"):
        load_pack_cached(edited.bytes, tmp_path, name="mine")
    assert list(tmp_path.iterdir()) == []


def test_a_kept_pack_is_read_without_the_yaml_parser(edited, tmp_path):
    load_pack_cached(edited.bytes, tmp_path / "cache")
    for name, content in edited.bytes.items():
        (tmp_path / name).write_bytes(content)
    code = (
        "import sys\n"
        "from assess.packs import read_pack_folder\n"
        "from assess.packs.cache import load_pack_cached\n"
        "load_pack_cached(read_pack_folder(sys.argv[1]), sys.argv[2])\n"
        "assert 'yaml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path, tmp_path / "cache"], check=True)
