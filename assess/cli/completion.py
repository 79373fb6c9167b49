"""Completion in bash, zsh and fish: commands, options, and the codes of the workspace in use."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assess.errors import AssessError
from assess.i18n import _, language
from assess.workspace.workspace import Workspace

Codes = Mapping[str, str]
"""What may stand there, with the words that a shell may show beside it."""


def completion(arguments: argparse.Namespace) -> int:
    """``assess completion SHELL``: print the lines that make the shell complete."""
    from argcomplete.shell_integration import shellcode

    # bash would offer files for whatever has nothing to offer
    code = shellcode(["assess"], shell=arguments.shell, complete_arguments=["-o", "nospace"])
    if arguments.shell == "zsh":
        # "#compdef" stays first, for whoever keeps it in a file
        first, _end, rest = code.partition("\n")
        code = f"{first}\n{_ZSH_BEGUN}\n{rest}"
    print(code, end="")
    return 0


_ZSH_BEGUN = "(( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit -i }"
"""What completion in zsh rests on, where nobody has begun it."""


def answer() -> int:
    """Tell the shell that asks what may stand where its cursor is."""
    import argcomplete

    from assess.cli.parser import build

    parser = build()
    _attach(parser)
    argcomplete.autocomplete(
        parser,
        always_complete_options=False,
        default_completer=argcomplete.completers.SuppressCompleter(),
    )
    return 0


def _attach(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                _attach(child)
        elif action.choices is None and (completer := _completer_of(action)) is not None:
            action.completer = completer  # type: ignore[attr-defined]


def _completer_of(action: argparse.Action) -> Callable[..., Any] | None:
    if action.metavar == "DIR_OR_ID" or action.dest == "pack":
        return _packs
    if action.metavar in ("FILE", "DIR", "WORKSPACE"):
        return _files
    ask = _OF.get(action.dest)
    return None if ask is None else _completer(ask)


def _packs(prefix: str, **_context: Any) -> Codes:
    from assess.packs.folder import shipped_packs

    return {**dict.fromkeys(shipped_packs(), ""), **_files(prefix)}


def _files(prefix: str, **_context: Any) -> Codes:
    """The files and folders that a path may go on with.

    The library's own asks bash, whatever the shell, and gives up where a name is no UTF-8.
    """
    begun = prefix.rpartition("/")[2]
    folder = prefix.removesuffix(begun)
    try:
        found = sorted(Path(folder).expanduser().iterdir())
    except (OSError, RuntimeError):  # no folder of that name, no person
        return {}
    return {
        f"{folder}{path.name}{'/' if path.is_dir() else ''}": ""
        for path in found
        if path.name.isprintable() and (begun.startswith(".") or not path.name.startswith("."))
    }


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

    return {**_raters(workspace), MANAGER: _("everything is shown")}


def _waves(workspace: Workspace) -> Codes:
    return {wave.id: wave.name.say(language()) for wave in workspace.pack.waves.values()}


def _questionnaires(workspace: Workspace) -> Codes:
    return {
        asked.id: asked.title.say(language()) for asked in workspace.pack.questionnaires.values()
    }


def _items(workspace: Workspace) -> Codes:
    return {code: item.ask.say(language()) for code, item in workspace.pack.items.items()}


def _teams(workspace: Workspace) -> Codes:
    """Teams and departments with the codes of who is in them."""
    found: dict[str, list[str]] = {}
    for code, person in workspace.candidates().items():
        for name in {person.team, person.department} - {""}:
            found.setdefault(name, []).append(code)
    return {name: " ".join(codes) for name, codes in found.items()}


def _phases(workspace: Workspace) -> Codes:
    return {phase.id: phase.name.say(language()) for phase in workspace.pack.file.phases}


def _bands(workspace: Workspace) -> Codes:
    return {band.id: band.name.say(language()) for band in workspace.pack.file.bands}


def _actions(workspace: Workspace) -> Codes:
    return {code: action.text.say(language()) for code, action in workspace.pack.actions.items()}


def _facts(_workspace: Workspace) -> Codes:
    from assess.workspace.facts import KEYS

    return {f"{key.code}=": _(key.meaning) for key in KEYS}


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
    "phase": _phases,
    "selected": _bands,
    "facts": _facts,
    **dict.fromkeys(("add", "set"), _actions),
}
"""By the name of the argument in the parser: who knows what may stand there."""
