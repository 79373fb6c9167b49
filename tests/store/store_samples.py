"""Records and packs for the tests of stores."""

from collections.abc import Callable
from typing import Any

from assess.model.ids import interview_id, new_ulid
from assess.model.pack import PackRef
from assess.model.records import Record
from assess.store.protocol import Store

Opener = Callable[[], Store]
FIRST = interview_id("K01", "R1", "interview", "M0")
SECOND = interview_id("K02", "R1", "interview", "M0")
PACK = PackRef(id="关键用户", version="1.0.0", hash="0123456789abcdef" * 4)


def answer(value: float = 3, **more: Any) -> Record:
    """An answer as an interview stores it."""
    record = {
        "id": new_ulid(),
        "kind": "answer",
        "at": "2025-03-01T09:30:00.000+00:00",
        "device": "laptop-1",
        "by": "R1",
        "revises": [],
        "item": "BPM-1",
        "state": "answered",
        "value": value,
        "note": "Explained the three-way match. 解释了三单匹配。",
    }
    return record | more  # type: ignore[return-value]


def numbered(number: int, **more: Any) -> Record:
    """An answer whose id is known: ``number`` written as 26 digits."""
    return answer(id=f"{number:026d}", **more)
