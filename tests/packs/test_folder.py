"""Folders: what is read, what is refused, how packs are found and identified."""

from __future__ import annotations

import os
import shutil

import pytest

from assess.errors import BadInput
from assess.packs import (
    check_pack,
    content_hash,
    find_pack,
    load_pack,
    load_pack_files,
    read_pack_folder,
    shipped_packs,
)


@pytest.fixture
def folder(tmp_path, edited):
    home = tmp_path / "any-name"
    home.mkdir()
    for name, content in edited.bytes.items():
        (home / name).write_bytes(content)
    return home


def refusal(folder):
    with pytest.raises(BadInput) as caught:
        load_pack(folder)
    assert caught.value.exit_code == 2
    return "\n".join([str(caught.value), *caught.value.findings])


def test_a_folder_of_another_name_than_the_pack_loads(folder):
    assert load_pack(folder).ref.id == "small"


def test_what_lies_beside_the_yaml_files_is_left_alone(folder):
    (folder / "README.md").write_text("read me")
    (folder / ".hidden.yaml").write_text("{")
    (folder / "old").mkdir()
    (folder / "old" / "interview.yaml").write_text("{")
    assert set(read_pack_folder(folder)) == {"pack.yaml", "interview.yaml", "knowledge.yaml"}


def test_findings_name_the_file_by_its_path(folder):
    (folder / "pack.yaml").write_text("{")
    assert f"{folder / 'pack.yaml'}:" in refusal(folder)


@pytest.mark.parametrize("path", ["nowhere", "x" * 5000, "nul\0", ""])
def test_no_such_folder(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput):
        load_pack(path or tmp_path / "gone")


def test_a_file_given_for_a_folder(folder):
    assert "give the folder" in refusal(folder / "pack.yaml")


def test_an_empty_folder_says_what_a_pack_is(tmp_path):
    assert "pack.yaml:1:1: the file: is missing, a pack is a folder with" in refusal(tmp_path)


def test_no_questionnaire(folder):
    for name in ("interview.yaml", "knowledge.yaml"):
        (folder / name).unlink()
    assert "no questionnaire" in refusal(folder)


def test_a_file_that_is_no_questionnaire_is_named(folder):
    (folder / "notes.yaml").write_text("title: Notes\n")
    text = refusal(folder)
    assert "notes.yaml:1:1" in text
    assert "begin it with 'questionnaire: notes'" in text


def test_a_yml_file_is_not_passed_over_in_silence(folder):
    (folder / "knowledge.yaml").rename(folder / "knowledge.yml")
    assert "rename it to 'knowledge.yaml'" in refusal(folder)


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    (tmp_path / "secret.yaml").write_text("questionnaire: x\n")
    (folder / "linked.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "leads out of the pack's folder" in refusal(folder)
    assert any("linked.yaml" in str(finding) for finding in check_pack(folder))


def test_a_link_that_leads_in_a_circle_is_refused(folder):
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    assert "loop.yaml:1:1" in refusal(folder)


def test_a_link_within_the_folder_is_followed(folder):
    (folder / "interview.yaml").rename(folder / "interview.txt")
    (folder / "interview.yaml").symlink_to(folder / "interview.txt")
    assert load_pack(folder).questionnaires


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.yaml")
    assert "is no file" in refusal(folder)


def test_a_file_too_large_to_be_written_by_hand_is_refused(folder):
    with (folder / "pack.yaml").open("ab") as file:
        file.truncate(9_000_000)
    assert "larger than" in refusal(folder)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("题库".encode("gb18030"), "1:1"),
        ("a: 1\nb: é".encode("latin-1"), "2:4"),
        ("pack: x".encode("utf-16"), "1:1"),
    ],
)
def test_what_is_not_utf8_is_refused_where_it_stops_being_so(folder, content, place):
    (folder / "pack.yaml").write_bytes(content)
    text = refusal(folder)
    assert f"pack.yaml:{place}: the file: this is not UTF-8" in text


def test_a_byte_order_mark_and_foreign_line_ends_are_accepted(edited):
    plain = load_pack_files(edited.bytes)
    foreign = {name: content.replace(b"\n", b"\r\n") for name, content in edited.bytes.items()}
    marked = {**foreign, "pack.yaml": b"\xef\xbb\xbf" + foreign["pack.yaml"]}
    assert load_pack_files(marked).file == plain.file


def test_the_hash_is_the_same_for_any_kind_of_line_end(edited):
    files = edited.bytes
    foreign = {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}
    assert content_hash(files) == content_hash(foreign)
    assert content_hash(files) == content_hash(dict(reversed(files.items())))
    assert len(content_hash(files)) == 64


def test_the_hash_tells_contents_and_names_apart(edited):
    files = edited.bytes
    assert content_hash({**files, "pack.yaml": files["pack.yaml"] + b"\n"}) != content_hash(files)
    assert content_hash({"a": b"1", "b": b"2"}) != content_hash({"a": b"2", "b": b"1"})
    assert content_hash({"a": b"1b\n"}) != content_hash({"a": b"1", "b": b""})


def test_a_shipped_pack_is_found_by_its_id():
    assert find_pack("key-user") == shipped_packs()["key-user"]


def test_a_folder_that_holds_a_pack_wins_over_a_shipped_id(tmp_path, folder, monkeypatch):
    shutil.copytree(folder, tmp_path / "key-user")
    monkeypatch.chdir(tmp_path)
    assert load_pack(find_pack("key-user")).ref.id == "small"


def test_a_folder_of_that_name_without_a_pack_does_not_hide_the_shipped_one(tmp_path, monkeypatch):
    (tmp_path / "key-user").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_pack(find_pack("key-user")).ref.id == "key-user"


def test_an_unknown_pack_names_those_that_there_are():
    with pytest.raises(BadInput, match="did you mean 'key-user'"):
        find_pack("key-users")
