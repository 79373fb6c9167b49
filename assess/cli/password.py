"""Asking for a team server's password on a terminal; it is kept in this process only."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from assess.cli.common import say
from assess.i18n import _
from assess.store.postgres.address import shown
from assess.store.postgres.connection import PasswordNeeded, use_password

T = TypeVar("T")
_TRIES = 3


def asking(act: Callable[[], T]) -> T:
    """``act``, with the password asked for where the server wants one and somebody is there.

    Raises PasswordNeeded where nobody is, or where the login is refused again and again.
    """
    for turn in range(_TRIES):
        try:
            return act()
        except PasswordNeeded as error:
            if turn == _TRIES - 1 or not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            if turn:
                say(_("the server refused that password"))
            question = _("password for {place}: ").format(place=shown(error.address))
            try:
                given = getpass.getpass(question, stream=sys.stderr)
            except EOFError:
                raise error from None
            use_password(error.address, given)
    raise AssertionError("the last try returns or raises")
