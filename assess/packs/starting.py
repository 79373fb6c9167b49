"""A new pack: small, complete, commented, and in order by its own check."""

from __future__ import annotations

import os
from pathlib import Path

from assess.errors import BadInput
from assess.i18n import _
from assess.model.ids import ID_RULE, is_id
from assess.packs.schema import write_schemas

_HOME = Path(__file__).parent
_ID, _BASE = "MY-PACK", "BASE"
_NO_WORDS = ("true", "false", "null")


def new_pack(folder: Path, name: str | None = None, extends: str | None = None) -> list[Path]:
    """Write a pack into ``folder``, which may not hold anything yet; gives the files written.

    ``name`` is its id, by default the folder's name; with ``extends`` it is laid on that pack.
    Raises BadInput for a folder that holds something, a name that is no id, or no such pack.
    """
    own = folder.resolve().name if name is None else name
    if not is_id(own):
        raise BadInput(
            _("'{name}' cannot be the id of a pack: write {rule}").format(
                name=own, rule=_(ID_RULE)
            ),
            hint=_("choose one with --id"),
        )
    if folder.exists() and not folder.is_dir():
        raise BadInput(
            _("{path}: is a file; name a folder that is new or empty").format(path=folder)
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(
            _("{path}: holds something already; name a folder that is new or empty").format(
                path=folder
            )
        )
    if extends is not None:
        extends = _way(folder, extends)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted((_HOME / ("starter" if extends is None else "starter_on_top")).iterdir()):
        text = source.read_text(encoding="utf-8")
        text = text.replace(f"pack: {_ID}", f"pack: {_quoted(own)}", 1)
        if extends is not None:
            text = text.replace(f"extends: {_BASE}", f"extends: {_quoted(extends)}", 1)
        path = folder / source.name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    write_schemas(folder / "schema")
    return written


def _way(folder: Path, extends: str) -> str:
    """The pack below as the new pack names it. Raises BadInput where there is none."""
    from assess.packs.folder import find_pack, shipped_packs

    found = find_pack(extends)
    if shipped_packs().get(extends) == found:
        return extends
    return Path(os.path.relpath(found.resolve(), folder.resolve())).as_posix()


def _quoted(word: str) -> str:
    """A word as YAML reads it back as that word."""
    plain = word.isascii() and word.replace("-", "").isalpha()
    return word if plain and word.lower() not in _NO_WORDS else f'"{word}"'
