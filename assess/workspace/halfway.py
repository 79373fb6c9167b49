"""What is stored in several writes, and what is said where one of them could not be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assess.errors import StoreCorrupt, StoreError
from assess.i18n import _


@contextmanager
def rest_later() -> Iterator[None]:
    """A StoreError raised inside says that what was stored before it stays, and how to go on."""
    try:
        yield
    except StoreCorrupt:
        raise  # it names the file to mend
    except StoreError as error:
        error.hint = _(
            "What came in before that is kept. Once that is put right, do the same again: "
            "the rest then comes in."
        )
        raise
