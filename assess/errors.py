"""The one family of errors that a user may see: message, title and hint, never a traceback."""

from __future__ import annotations

from collections.abc import Sequence


class AssessError(Exception):
    """Something could not be done; the message names what, the hint says what to do.

    ``exit_code`` is what a command returns for it: 1 "could not", 2 "bad input or usage".
    """

    exit_code = 1

    def __init__(self, message: str, *, title: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.title = title
        self.hint = hint


class BadInput(AssessError):  # noqa: N818 - said as it reads: raise BadInput(...)
    """What was given cannot be used: nothing was changed.

    ``findings`` holds every mistake found, one line each, already naming file, row or key and what
    would be right; ``message`` is the line above them, or the only mistake.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, findings: Sequence[str] = (), title: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, title=title, hint=hint)
        self.findings = tuple(findings)


class StoreError(AssessError):
    """The workspace could not be read or written; what was confirmed before stays confirmed."""


class StoreCorrupt(StoreError):  # noqa: N818
    """A file of the workspace is damaged; it is named and nothing was changed."""
