"""Where this machine keeps what belongs to it and to no workspace: data, caches."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The user's data folder for assess (``ASSESS_HOME`` overrides it)."""
    if home := os.environ.get("ASSESS_HOME"):
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_data_dir("assess", appauthor=False))


def cache_folder() -> Path:
    """The user's cache folder for assess (``ASSESS_CACHE`` overrides it); may be emptied."""
    if cache := os.environ.get("ASSESS_CACHE"):
        return Path(cache)
    import platformdirs

    return Path(platformdirs.user_cache_dir("assess", appauthor=False))
