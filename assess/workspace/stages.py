"""The stages of longer work on cover in words, for whoever waits."""

from __future__ import annotations

from assess.i18n import _


def stage_words(stage: str, share: float | None = None) -> str:
    """What is being done, and how far it is where that is known: ``trying departures 40 %``."""
    words = {
        "value": _("planning"),
        "goals": _("planning"),
        "roles": _("planning"),
        "relaxations": _("what stands in the way"),
        "alternatives": _("weighing each choice"),
        "departures": _("trying departures"),
        "training": _("trying actions"),
    }
    done = "" if share is None else f" {100 * share:.0f} %"
    return words.get(stage, stage) + done
