"""Topics that a pack wants neither asked nor noted, found by the words that it lists."""

from __future__ import annotations

import re
from functools import lru_cache

from assess.model.pack import Pack
from assess.model.pack_file import ForbiddenTopic
from assess.model.text import Texts


def topics_touched(pack: Pack, text: str) -> list[ForbiddenTopic]:
    """The topics whose words stand in a text, in every language of the pack."""
    return [
        topic
        for topic in pack.file.forbidden
        if text and topic.words is not None and any_of(_all(topic.words)).search(text)
    ]


def _all(words: Texts) -> tuple[str, ...]:
    root = words.root
    lists = [root] if isinstance(root, list) else list(root.values())
    return tuple(word for some in lists for word in some)


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of the words in a text: whole words of scripts with spaces, others anywhere.

    Without words it finds nothing.
    """
    parts = [
        rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        for word in words
        if word.strip()
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE | re.ASCII)
