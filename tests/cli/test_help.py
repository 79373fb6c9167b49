"""``--help``: every command has an example that can be read, and every word of it is explained."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from assess import i18n
from assess.cli.parser import build


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command, those under a group too."""
    below = [
        one
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for one in action.choices.values()
    ]
    for one in below:
        yield from commands(one)
    if not below:
        yield parser


PARSER = build()
COMMANDS = {parser.prog: parser for parser in commands(PARSER)}
GROUPS = {
    parent.prog: parent
    for action in PARSER._actions
    if isinstance(action, argparse._SubParsersAction)
    for parent in action.choices.values()
    if parent.prog not in COMMANDS
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command):
    silent = [
        action.option_strings[-1]
        for action in COMMANDS[command]._actions
        if action.option_strings and not action.help
    ]
    assert silent == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_word_that_is_no_choice_of_names_is_explained_or_names_itself(command):
    """CANDIDATE, MODULE and the like stand for codes of the engagement; others need words."""
    plain = {"CANDIDATE", "RATER", "MODULE", "ITEM", "VALUE", "FILE", "WORKSPACE", "ID", "PACK"}
    for action in COMMANDS[command]._actions:
        if not action.option_strings:
            assert action.help or action.metavar in plain, action


@pytest.mark.parametrize("command", [*COMMANDS, *GROUPS])
def test_every_command_has_an_example_of_itself_that_is_understood(command):
    example = str((COMMANDS | GROUPS)[command].epilog).partition("example: ")[2]
    found = re.search(rf"{command}\b[^)]*", example)
    assert found, example
    PARSER.parse_args(shlex.split(found[0])[1:])


def test_all_of_it_is_there_in_chinese():
    i18n.use("zh")
    for parser in commands(build()):
        for action in parser._actions:
            if action.option_strings and action.help:
                assert not action.help.isascii(), (parser.prog, action.option_strings)
