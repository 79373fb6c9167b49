"""As whom one works: given with a command, or remembered on the machine for one workspace."""

from __future__ import annotations


def raters_seen(assess, place, *words):
    told = assess("export", "ratings", "--format", "json", *words, "--workspace", place)
    return {word for word in ("R1", "R2", "R3", "R4") if f'"{word}"' in told.out}


def test_it_is_remembered_until_manager_is_said_again(assess, riverside):
    everyone = raters_seen(assess, riverside)
    assert len(everyone) > 1
    assert assess("as", "R9", "--workspace", riverside).code == 0
    assert assess("as", "--workspace", riverside).out == "R9\n"
    assert raters_seen(assess, riverside) == set()
    assert raters_seen(assess, riverside, "--as", "manager") == everyone
    assert assess("as", "manager", "--workspace", riverside).code == 0
    assert raters_seen(assess, riverside) == everyone


def test_a_single_command_as_somebody_is_not_remembered(assess, riverside):
    everyone = raters_seen(assess, riverside)
    assert raters_seen(assess, riverside, "--as", "R9") == set()
    assert raters_seen(assess, riverside) == everyone


def test_it_holds_for_that_workspace_only(assess, riverside, tmp_path):
    assess("as", "R9", "--workspace", riverside)
    assert assess("as", "--workspace", tmp_path / "other").out == "manager\n"
    assess("as", "manager", "--workspace", riverside)


def test_what_is_no_code_is_refused(assess, riverside):
    assert assess("as", "-/-", "--workspace", riverside).code == 2
    assert assess("as", "a b", "--workspace", riverside).code == 2
