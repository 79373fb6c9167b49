"""The words of argparse itself, in the language of the program.

argparse asks the functions ``_`` and ``ngettext`` of its own module for every word; ours give the
words below, which stand here so that the catalogue of translations has them.
"""

from __future__ import annotations

import argparse

from assess import i18n
from assess.i18n import N_, ngettext

WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("a value belongs behind it; one that begins with - is written like --reason=-x"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("it takes no value, so %r has no place there"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)
PLAINER = {
    "ignored explicit argument %r": "it takes no value, so %r has no place there",
    "expected one argument": (
        "a value belongs behind it; one that begins with - is written like --reason=-x"
    ),
}
"""What argparse says in words that tell a user nothing, and what is said instead."""


def speak() -> None:
    """Let argparse say its words in the language in use."""
    argparse._ = _said  # type: ignore[attr-defined]
    argparse.ngettext = ngettext  # type: ignore[attr-defined]


def _said(words: str) -> str:
    return i18n._(PLAINER.get(words, words))
