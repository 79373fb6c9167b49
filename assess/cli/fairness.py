"""``assess fairness``."""

from __future__ import annotations

import argparse

from assess.cli.common import open_workspace, print_json, print_table, say, tell
from assess.workspace import fairness_words as words
from assess.workspace.fairness import fairness as run


def fairness(arguments: argparse.Namespace) -> None:
    """Selection rates by group on standard output, what to know about them beside it."""
    workspace = open_workspace(arguments)
    found = run(
        workspace,
        arguments.file,
        arguments.module,
        band=arguments.selected,
        top=arguments.top,
        wave=arguments.wave,
    )
    if arguments.json:
        print_json(found.as_json())
        return
    tell(words.title(workspace.pack, found))
    tell(words.selected(workspace.pack, found))
    print_table(words.header(), words.rows(found), right=words.RIGHT)
    for line in words.remarks(found):
        say(line)
