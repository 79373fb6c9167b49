"""Where loaded packs are kept as JSON, and for whom that JSON is good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from assess import __version__
from assess import model as model_package


def kept_at(folder: Path, digest: str) -> Path:
    """The file of the pack whose files have that digest."""
    return folder / f"{digest[:32]}-{_made_by()}.json"


@cache
def _made_by() -> str:
    """What the JSON depends on besides the pack: this version, and the models as installed."""
    home = Path(model_package.__file__ or "").parent
    stamps = [(file.name, file.stat().st_mtime_ns) for file in sorted(home.glob("*.py"))]
    return hashlib.sha256(repr((__version__, stamps)).encode()).hexdigest()[:16]
