"""What a store keeps on this machine until its server takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Records that are kept here and are not on the server yet."""

    records: int
    away: bool
    """Whether the server cannot be reached now."""
    refused: str = ""
    """Why the server does not take them, where it said so."""
