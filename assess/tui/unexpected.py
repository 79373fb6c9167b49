"""What is said when the app ends by an error that nobody foresaw."""

from __future__ import annotations

from pathlib import PurePath

from rich.text import Text
from textual.worker import WorkerFailed

from assess.errors import AssessError
from assess.i18n import _


class UnexpectedError(Exception):
    """An error that nobody foresaw, said in one line for whoever runs the app."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error
        self.__cause__ = error

    def __str__(self) -> str:
        error = self.error.error if isinstance(self.error, WorkerFailed) else self.error
        if isinstance(error, AssessError):
            return " ".join(part for part in (error.message, error.hint) if part)
        return _("assess: unexpected error {error} {place}; what was saved is on disk").format(
            error=f"{type(error).__name__}: {error}".replace("\n", " "), place=_place(error)
        )

    def __rich__(self) -> Text:
        return Text(str(self), no_wrap=True, overflow="ignore")


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return (
        f"({PurePath(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    )
