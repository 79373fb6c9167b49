"""The small good pack, ready to be edited."""

import pytest
from edited_pack import Edited


@pytest.fixture
def edited() -> Edited:
    return Edited()
