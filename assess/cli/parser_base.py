"""The parser under all commands: it suggests what was meant, and takes no empty value for one."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import Any

from assess.i18n import _, listed


def empty(*, needed: bool = True) -> str:
    """What is said of a value without letters."""
    if needed:
        return _("the value is empty: give one")
    return _("the value is empty: give one, or leave the option out")


class Parser(argparse.ArgumentParser):
    """argparse that tells what a mistyped word may have meant, and guesses at nothing.

    An option or a word whose value may be empty has the type ``str``.
    """

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options)  # type: ignore[arg-type]

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As argparse's own, but no word stays over: each parser tells what it does not know."""
        if args is not None:
            # before anything else: argparse would tell of a command or an option that is missing
            self._refuse_mistyped(args)
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(_("unrecognized arguments: %s") % " ".join(rest))
        return found, rest

    def _refuse_mistyped(self, words: Sequence[str]) -> None:
        """Stop at the first option that there is not where one that there is reads like it."""
        known, value_follows = self._option_string_actions, False
        for word in words:
            name, has_value, _value = word.partition("=")
            if word == "--" or not (word.startswith("-") or value_follows or self._is_command):
                return
            # a short option may carry its value (-oFILE), and text with blanks is no option
            there = name in known or name[:2] in known or " " in word
            if word.startswith("-") and not there and (near := nearest(name, known)):
                self.error(
                    _("there is no {value!r} here; did you mean {near!r}?").format(
                        value=name, near=near
                    )
                )
            value_follows = name in known and not has_value and known[name].nargs != 0

    @property
    def _is_command(self) -> bool:
        """Whether all words are its own; those of a group go to the commands below it."""
        return self._subparsers is None

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if isinstance(value, str) and not value.strip() and action.type is not str:
            # an unset variable in a script must not mean all modules, or the user's own workspace
            needed = action.required or not action.option_strings
            raise argparse.ArgumentError(action, empty(needed=needed))
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            message = _("there is no {value!r} here; known are: {known}").format(
                value=value, known=listed(known)
            )
            if near := nearest(str(value), known):
                message = _("there is no {value!r} here; did you mean {near!r}?").format(
                    value=value, near=near
                )
            raise argparse.ArgumentError(action, message)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that was most likely meant: written alike, or begun like that."""
    from difflib import get_close_matches

    bare = {one.lstrip("-"): one for one in known}
    said = word.lstrip("-").replace("_", "-").casefold()
    begun = [one for one in bare if said and one.startswith(said)]
    found = get_close_matches(said, bare, n=1) or begun[: len(begun) == 1]
    return bare[found[0]] if found else None


def whole(text: str) -> int:
    """The type of options that take a whole number."""
    if not text.strip():
        raise argparse.ArgumentTypeError(empty(needed=False))
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{value!r} is no whole number: write it in digits, such as 3").format(value=text)
        ) from None
