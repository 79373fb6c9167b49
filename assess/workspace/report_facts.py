"""What every export states: engagement, wave, pack, newest record, purpose, readers, expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.exchange.report import Fact, Passage, basis
from assess.i18n import _
from assess.workspace import wording
from assess.workspace.results import Ranking

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


def facts_of(workspace: Workspace, wave: str, newest: str) -> list[Fact]:
    """The facts of an export of answers up to ``wave``, ``newest`` being the latest time in it."""
    engagement = workspace.engagement
    return [
        Fact("engagement", _("Engagement"), engagement.name),
        *basis(wave, workspace.pack.ref, newest or None),
        Fact("purpose", _("Purpose"), engagement.purpose or None),
        Fact("readers", _("Readers"), engagement.readers or None),
        Fact("ends", _("To be erased by"), engagement.ends and engagement.ends.isoformat()),
    ]


def method_of(workspace: Workspace, ranking: Ranking) -> Passage:
    """How the figures of a ranking come about, and how far raters could be compared."""
    severities = [
        _("{module}: {words}").format(module=m.module, words=wording.severity(m))
        for m in ranking.modules
    ]
    return Passage(_("Method"), [wording.method(workspace.pack, ranking), *severities])
