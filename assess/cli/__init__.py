"""The command line: reads words, calls the workspace, prints.

stdout carries data, stderr narration.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself would take longer to import than some commands take
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 could not, 2 bad input or usage."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a terminal that cannot show Chinese must not end a command
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _carry_out(words)
        sys.stdout.flush()
        if argv is None:
            # the process ends here: looking through all that it read for garbage, as Python does
            # at the end, would take longer than leaving it
            gc.freeze()
        return code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader (head, less) went away; a second error at exit would only be noise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _could_not(error)


def _carry_out(words: Sequence[str]) -> int:
    if words == ["--version"]:  # reading the words of all commands takes longer than the answer
        from assess import __version__

        print(f"assess {__version__}")
        return 0
    from assess import i18n

    # nearly all objects of a command, 100,000 answers among them, stay to its end: looking through
    # them for garbage as often as Python does by default takes longer than making them
    gc.set_threshold(500_000, 20, 100)
    # the matrices of a measurement are small, and threads only wait for each other; one also prints
    # the same last digits whatever the number of processors
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    i18n.use(_language(words))
    if "_ARGCOMPLETE" in os.environ:  # the shell asks what may follow
        from assess.cli.completion import answer

        return answer()
    if (asked := _only_the_app(words)) is not None:
        return _run(asked)
    from assess.cli.parser import parse

    return _run(parse(words))


def _only_the_app(words: Sequence[str]) -> object | None:
    """What ``parse`` gives for words that open the app and nothing else; None for all others.

    The parser of all commands takes longer to make than the app to show its first screen.
    """
    from types import SimpleNamespace

    from assess.i18n import LANGUAGES

    found: dict[str, str | None] = {"workspace": None, "lang": None, "me": None, "wave": None}
    names = {"--workspace": "workspace", "--lang": "lang", "--as": "me"}
    if len(words) % 2:
        return None
    for option, value in zip(words[::2], words[1::2], strict=True):
        if option not in names or value.startswith("-") or not value.strip():
            return None
        found[names[option]] = value
    if found["lang"] not in (None, *LANGUAGES):
        return None
    return SimpleNamespace(run="assess.cli.app:open_app", **found)


def _open_closed() -> None:
    """Whoever starts a command may have closed its streams; reading and writing then meet nothing.

    The descriptors 0 to 2 are taken first, so that no file of a workspace ever becomes one.
    """
    while (got := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(got)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            from pathlib import Path

            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, stream)


def _could_not(error: OSError) -> int:
    """Say which file or stream the system refused: a full disk, a folder that went away."""
    from contextlib import suppress

    from assess.i18n import _

    what = error.filename or _("the output")
    with suppress(OSError):
        print(
            "assess:",
            _("{what}: it could not be read or written: {reason}.").format(
                what=what, reason=error.strerror or type(error).__name__
            ),
            file=sys.stderr,
        )
    # what is still buffered for a full disk would fail again, with a traceback, at exit
    with suppress(OSError, ValueError):
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
    from contextlib import ExitStack
    from importlib import import_module

    from assess.errors import AssessError

    module, function = arguments.run.split(":")  # type: ignore[attr-defined]
    try:
        with ExitStack() as opened:
            arguments.opened = opened  # type: ignore[attr-defined]
            return int(getattr(import_module(module), function)(arguments) or 0)
    except AssessError as error:
        _report(error)
        return error.exit_code
    except (RecursionError, MemoryError) as error:
        from assess.i18n import _

        told = _("the input is too large")
        print(f"assess: {told} ({type(error).__name__})", file=sys.stderr)
        return 2


def _report(error: object) -> None:
    from assess.cli.common import say

    say(f"assess: {error}")
    for finding in getattr(error, "findings", ()):
        say(f"  {finding}")
    if hint := getattr(error, "hint", ""):
        say(f"  → {hint}")
