"""Days as people write them, and which of them have come."""

from __future__ import annotations

import pytest

from assess.errors import BadInput
from assess.workspace.days import day_reached


def test_today_has_come_also_where_the_clock_is_ahead_of_utc():
    noon = "2026-05-31T12:00:00.000+00:00"
    assert day_reached("2026-05-31", noon).isoformat() == "2026-05-31"
    assert day_reached(" 2026-06-01 ", noon).isoformat() == "2026-06-01"  # in Shanghai
    with pytest.raises(BadInput, match="lies in the future") as refusal:
        day_reached("2026-06-02", noon)
    assert "2026-05-31" in refusal.value.hint
