"""One moment of a workspace: while a result is worked out, what was read is not looked for again.

Every question to a workspace looks at its files, so that the work of other processes shows at once.
A result asks thousands of questions, and all of them are about the same moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_kept: ContextVar[dict[tuple[int, str], Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Inside, in this thread, :func:`once` reads once; a moment inside a moment is the same one."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(owner: object, what: str, read: Callable[[], T]) -> T:
    """What ``read`` gives: outside of a moment whenever it is asked, inside of one the first time.

    ``owner`` must live as long as the moment.
    """
    kept = _kept.get()
    if kept is None:
        return read()
    key = id(owner), what
    if key not in kept:
        kept[key] = read()
    return cast(T, kept[key])


def forget(owner: object) -> None:
    """Something of ``owner`` changed: what was kept of it is read anew."""
    kept = _kept.get()
    for key in [key for key in kept or () if key[0] == id(owner)]:
        if kept is not None:
            del kept[key]
