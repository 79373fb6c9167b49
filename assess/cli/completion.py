"""Completion in bash, zsh and fish: commands, options, and the codes of the workspace in use."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from assess.errors import AssessError
from assess.i18n import language
from assess.workspace.workspace import Workspace

Codes = Mapping[str, str]
"""What may stand there, with the words that a shell may show beside it."""


def completion(arguments: argparse.Namespace) -> int:
    """``assess completion SHELL``: print the lines that make the shell complete."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["assess"], shell=arguments.shell), end="")
    return 0


def answer() -> int:
    """Tell the shell that asks what may stand where its cursor is."""
    import argcomplete

    from assess.cli.parser import build

    parser = build()
    _attach(parser)
    argcomplete.autocomplete(parser, always_complete_options=False)
    return 0


def _attach(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                _attach(child)
        elif action.choices is None and (ask := _OF.get(action.dest)) is not None:
            action.completer = _completer(ask)  # type: ignore[attr-defined]


def _completer(ask: Callable[[Workspace], Codes]) -> Callable[..., Codes]:
    def complete(*, parsed_args: argparse.Namespace, **_context: Any) -> Codes:
        from assess.cli.common import place_of

        given = argparse.Namespace(workspace=getattr(parsed_args, "workspace", None))
        try:
            # an open workspace says more than a key press may wait for, and never creates one
            workspace = Workspace.open(place_of(given), create=False)
        except (AssessError, OSError):
            return {}
        try:
            return ask(workspace)
        except (AssessError, OSError):
            return {}
        finally:
            workspace.close()

    return complete


def _candidates(workspace: Workspace) -> Codes:
    return {code: person.name for code, person in workspace.candidates().items()}


def _modules(workspace: Workspace) -> Codes:
    return {module.id: module.name.say(language()) for module in workspace.modules}


def _raters(workspace: Workspace) -> Codes:
    return {code: rater.name for code, rater in workspace.raters().items()}


def _as_whom(workspace: Workspace) -> Codes:
    from assess.cli.common import MANAGER

    return {**_raters(workspace), MANAGER: ""}


def _waves(workspace: Workspace) -> Codes:
    return {wave.id: wave.name.say(language()) for wave in workspace.pack.waves.values()}


def _questionnaires(workspace: Workspace) -> Codes:
    return {
        asked.id: asked.title.say(language()) for asked in workspace.pack.questionnaires.values()
    }


def _items(workspace: Workspace) -> Codes:
    return {code: item.ask.say(language()) for code, item in workspace.pack.items.items()}


def _teams(workspace: Workspace) -> Codes:
    people = workspace.candidates().values()
    return {name: "" for person in people for name in (person.team, person.department) if name}


_OF: Mapping[str, Callable[[Workspace], Codes]] = {
    **dict.fromkeys(
        ("candidate", "candidates", "a", "b", "bar", "without", "old", "new"), _candidates
    ),
    **dict.fromkeys(("module", "modules"), _modules),
    **dict.fromkeys(("who", "me"), _as_whom),
    "rater": _raters,
    "wave": _waves,
    "questionnaire": _questionnaires,
    "item": _items,
    "without_team": _teams,
}
"""By the name of the argument in the parser: who knows what may stand there."""
