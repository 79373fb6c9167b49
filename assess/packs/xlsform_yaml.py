"""Plain data as the YAML files of a pack, written as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[^\W\d_][\w .,;()/+%&–-]*", re.UNICODE)
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n", "nan", "inf"})


def pack_files(pack: Mapping[str, Any], others: Sequence[tuple[str, Any]]) -> dict[str, bytes]:
    """``pack.yaml`` and the other files, given by their names, as bytes."""
    return {"pack.yaml": yaml_bytes(pack), **{name: yaml_bytes(data) for name, data in others}}


def questionnaire_names(ids: Sequence[str]) -> dict[str, str]:
    """A file name for each questionnaire, so that files sort in the order of ``ids``."""
    folded = [name.casefold() for name in ids]
    reserved = {"pack", "development", "continuity", "calibration"}
    plain = (
        sorted(f"{name}.yaml" for name in ids) == [f"{name}.yaml" for name in ids]
        and len(set(folded)) == len(ids)
        and reserved.isdisjoint(folded)
        and all(not name.startswith(".") for name in ids)
    )
    if plain:
        return {name: f"{name}.yaml" for name in ids}
    width = len(str(len(ids)))
    return {name: f"{at:0{width}}-{name}.yaml" for at, name in enumerate(ids, 1)}


def yaml_bytes(data: Any) -> bytes:
    """``data`` (mappings, lists, texts, numbers, yes and no) as YAML 1.2 in UTF-8.

    Texts that could be taken for something else stand in quotation marks.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Lists indented under their keys, nothing said by reference."""

        def increase_indent(self, flow: bool = False, *_indentless: Any, **_more: Any) -> None:
            super().increase_indent(flow, False)

        def ignore_aliases(self, _data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
        style = None
        if "\n" in words and _foldable(words):
            style = "|"
        elif not _PLAIN.fullmatch(words) or words.casefold() in _WORDS or words != words.strip():
            style = '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)

    def number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
        if value.is_integer() and abs(value) < 1e15:
            return dumper.represent_scalar("tag:yaml.org,2002:int", str(int(value)))
        return dumper.represent_scalar("tag:yaml.org,2002:float", repr(value))

    Dumper.add_representer(str, text)
    Dumper.add_representer(float, number)
    written = yaml.dump(
        data, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100, indent=2
    )
    return bytes(written, "utf-8")


def _foldable(words: str) -> bool:
    """Whether a text of several lines stands as it is under ``|``."""
    lines = words.split("\n")
    return all(line == line.rstrip() and line.isprintable() for line in lines) and not (
        words.startswith((" ", "\n")) or words.endswith("\n\n")
    )
