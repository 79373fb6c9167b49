"""Notice, withdrawal, purpose, readers, end date and retention."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.records import ENGAGEMENT
from assess.workspace.days import day_of
from assess.workspace.standing import people_in

if TYPE_CHECKING:
    from assess.model.people import Engagement
    from assess.workspace.workspace import Workspace

BASES = ("consent", "rules", "imported")
"""What allows the interview: the candidate's consent, or rules of work or a works agreement."""


_DATE = ("[date]", "[日期]")
_NAME = ("[name]", "[姓名]")
_CONTACT = ("[contact]", "[联系人]", "[ ]")
"""What a notice leaves open, as packs write it."""


# -- notice and withdrawal


def notice_due(workspace: Workspace, candidate: str) -> bool:
    """Whether the pack has a notice that the candidate was not given yet."""
    told = {record["candidate"] for record in workspace.heads("notice")}
    return workspace.pack.file.notice is not None and candidate not in told


def notice_text(workspace: Workspace) -> str:
    """The pack's notice in the language in use; empty where it has none.

    ``[date]`` and ``[contact]`` are filled in from the engagement where it has them.
    """
    notice = workspace.pack.file.notice
    if not notice:
        return ""
    text = workspace.pack.say(notice, i18n.language())
    engagement = workspace.engagement
    for holes, value in (
        (_DATE, engagement.ends and engagement.ends.isoformat()),
        (_CONTACT, engagement.contact),
    ):
        for hole in holes:
            text = text.replace(hole, value or hole)
    return text


def notice_gaps(workspace: Workspace) -> list[str]:
    """What stands in brackets in the notice still, each with what to say or to set."""
    text = notice_text(workspace)
    known = (
        (_DATE, _("{hole}: say until when; set it with assess engagement --ends DAY")),
        (_NAME, _("{hole}: say who decides, or have the name written into the pack's notice")),
        (_CONTACT, _("{hole}: say whom to ask; set it with assess engagement --contact TEXT")),
    )
    return [words.format(hole=hole) for holes, words in known for hole in holes if hole in text]


def give_notice(workspace: Workspace, candidate: str, basis: str, *, by: str = "") -> None:
    """Record that the notice was given and what allows the interview; ends a withdrawal.

    The record holds the language and the first letters of the text's SHA-256. Raises BadInput for
    an unknown candidate or basis, or a pack without a notice.
    """
    person = workspace.candidate(candidate).id
    text = notice_text(workspace)
    if not text:
        raise BadInput(_("the pack has no notice to give"))
    if basis not in BASES:
        raise BadInput(
            _("{basis!r} is no basis; known are {known}").format(basis=basis, known=listed(BASES))
        )
    workspace.add(
        {
            "kind": "notice",
            "candidate": person,
            "basis": basis,
            "language": i18n.language(),
            "notice": hashlib.sha256(text.encode()).hexdigest()[:16],
            "pack": workspace.pack.ref.model_dump(),
            "revises": workspace.head_ids("withdrawn", candidate=person),
        },
        by=by,
    )
    workspace.log("notice", candidate=person, basis=basis)


def withdraw(workspace: Workspace, candidate: str, *, by: str = "") -> bool:
    """Record that a candidate has withdrawn; False where that was known.

    From then on nothing is asked of them and no result is worked out. Raises BadInput for an
    unknown candidate.
    """
    person = workspace.candidate(candidate).id
    if person in workspace.withdrawn():
        return False
    # what they agreed to no longer holds; an interview later needs the notice again
    given = workspace.head_ids("notice", candidate=person)
    workspace.add({"kind": "withdrawn", "candidate": person, "revises": given}, by=by)
    workspace.log("withdrawn", candidate=person)
    return True


# -- the engagement


def change_engagement(workspace: Workspace, changes: Mapping[str, Any]) -> Engagement:
    """Change fields of the engagement by a record that revises it; gives how it is now.

    Raises BadInput for a wave or a phase that the pack does not have or an unknown module.
    """
    before = workspace.engagement
    if "wave" in changes:
        workspace.wave(changes["wave"])
    if changes.get("phase") and workspace.pack.file.phases:  # a pack without any takes each word
        from assess.workspace.roles import phase_of

        phase_of(workspace, changes["phase"])
    unknown = [m for m in changes.get("modules", ()) if m not in workspace.pack.modules]
    if unknown:
        raise BadInput(
            _("the pack has no module {unknown}; it has {known}").format(
                unknown=listed(unknown), known=listed(workspace.pack.modules)
            )
        )
    from assess.model.people import Engagement

    after = Engagement.model_validate(before.model_dump() | dict(changes))
    if after != before:
        heads = workspace.head_ids("engagement")
        workspace.add({"kind": "engagement", **after.model_dump(mode="json"), "revises": heads})
        workspace.log("engagement_changed", fields=sorted(changes))
    return workspace.engagement


def as_date(text: str) -> date | None:
    """A day like 2027-03-31; None for an empty text. Raises BadInput."""
    return day_of(text) if text else None


# -- retention


@dataclass(frozen=True)
class Past:
    """A person whose record should be gone."""

    candidate: str
    name: str
    reason: str
    """``ended``: the engagement's end date is past; ``withdrawn``."""
    since: str
    interviews: int
    newest: str
    """Time of the newest record on the person."""


@dataclass(frozen=True)
class Retention:
    """What is past its date."""

    engagement: str
    ends: str | None
    past: bool
    people: list[Past]

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return asdict(self)


def past_words(one: Past) -> str:
    """Why somebody is to be erased."""
    return _("the end date is past") if one.reason == "ended" else _("withdrew")


def retention(workspace: Workspace, today: date | None = None) -> Retention:
    """Who is to be erased: after the end date everybody, before it those who withdrew.

    The end date itself still belongs to the engagement.
    """
    engagement = workspace.engagement
    now = today or datetime.now(UTC).date()
    past = engagement.ends is not None and now > engagement.ends
    withdrawn = {r["candidate"]: r["at"][:10] for r in workspace.heads("withdrawn")}
    interviews: dict[str, list[str]] = {}
    for reading in workspace.readings():
        interviews.setdefault(reading.candidate, []).append(reading.newest)
    newest: dict[str, str] = {}
    for record in workspace.store.read(ENGAGEMENT):
        for code in people_in(record):
            newest[code] = max(newest.get(code, ""), record["at"])
    people = [
        Past(
            candidate=code,
            name=person.name,
            reason="withdrawn" if code in withdrawn else "ended",
            since=withdrawn.get(code) or str(engagement.ends),
            interviews=len(interviews.get(code, ())),
            newest=max([newest.get(code, ""), *interviews.get(code, ())]),
        )
        for code, person in workspace.candidates().items()
        if past or code in withdrawn
    ]
    ends = engagement.ends.isoformat() if engagement.ends else None
    return Retention(engagement.name, ends, past, people)
