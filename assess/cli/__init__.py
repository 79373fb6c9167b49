"""The command line: reads words, calls the workspace, prints.

stdout carries data, stderr narration.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 could not, 2 bad input or usage."""
    from assess import i18n
    from assess.cli.parser import parse

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a terminal that cannot show Chinese must not end a command
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if argv is None else argv)
    i18n.use(_language(words))
    try:
        arguments = parse(words)
        return _run(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader (head, less) went away; a second error at exit would only be noise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _language(words: Sequence[str]) -> str:
    """The language that ``--lang`` asks for, needed before parsing, else the system's."""
    from assess import i18n

    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
    return i18n.from_environment()


def _run(arguments: object) -> int:
    from importlib import import_module

    from assess.errors import AssessError

    module, function = arguments.run.split(":")  # type: ignore[attr-defined]
    try:
        code = getattr(import_module(module), function)(arguments)
        return int(code or 0)
    except AssessError as error:
        _report(error)
        return error.exit_code
    except (RecursionError, MemoryError) as error:
        from assess.i18n import _

        told = _("the input is too large")
        print(f"assess: {told} ({type(error).__name__})", file=sys.stderr)
        return 2


def _report(error: object) -> None:
    findings = getattr(error, "findings", ())
    print(f"assess: {error}", file=sys.stderr)
    for finding in findings:
        print(f"  {finding}", file=sys.stderr)
    if hint := getattr(error, "hint", ""):
        print(f"  → {hint}", file=sys.stderr)
