"""What a role may write, in words: said where the database refused it."""

from __future__ import annotations

from collections.abc import Mapping

from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record
from assess.store.postgres.link import Member


def rule_for(member: Member, rows: Mapping[str, Mapping[str, Record]]) -> str:
    """The rule that stands against what a member tried to add, by stream and record id."""
    of_engagement = rows.get(ENGAGEMENT, {}).values()
    beyond = any(not member.writes(ENGAGEMENT, record) for record in of_engagement)
    if member.role == "manager":
        return _("a manager records no ratings")
    if member.role == "candidate":
        return _(
            "a candidate answers the own self-test until it is submitted, and records the own "
            "notice and withdrawal"
        )
    if beyond:
        return _(
            "an interviewer records people, notices, withdrawals, facts and actions, in the own "
            "name; all else on the engagement is a manager's"
        )
    return _("an interviewer rates in the own name, and not in a submitted interview")
