"""Merging: what others recorded comes in, as a union of records by id.

Everything is read and looked at before anything is stored, so that a merge that stops has changed
nothing. Then packs, people and decisions come in, then the interviews; each step only adds, so
that a merge cut short is finished by doing it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from assess.errors import StoreCorrupt
from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record
from assess.store.sources import Source, open_source
from assess.workspace.conflicts import Conflict, answer_conflicts, engagement_conflicts, may_show
from assess.workspace.erasing import opening_of, purge
from assess.workspace.halfway import rest_later
from assess.workspace.merge_plan import Plan
from assess.workspace.merged import Merged
from assess.workspace.team import keep_pack
from assess.workspace.tombstones import remember

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

__all__ = ["Merged", "Progress", "merge", "merge_sources"]

_TOGETHER = 128
Progress = Callable[[int, int], None]
"""Called with how many interviews are done, of how many."""


def merge(
    workspace: Workspace,
    places: Sequence[str],
    *,
    without_damaged: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """Take in what workspaces and backups hold; in any order and twice it comes to the same.

    Raises BadInput for a place that holds another engagement, none, or what this program did not
    write, StoreCorrupt for a damaged stream (unless ``without_damaged``) and for a record id that
    is here with other content. Then nothing was stored.
    """
    with ExitStack() as stack:
        sources = {p: stack.enter_context(closing(open_source(p))) for p in dict.fromkeys(places)}
        return merge_sources(workspace, sources, without_damaged=without_damaged, progress=progress)


def merge_sources(
    workspace: Workspace,
    sources: Mapping[str, Source],
    *,
    what: str = "merged",
    log: bytes = b"",
    without_damaged: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """As :func:`merge`, from sources by the place that messages name.

    ``log`` is an audit log to continue where none began here, ``what`` how the log calls it all.
    """
    done = Merged(took_over=not workspace.has_engagement)
    plan = Plan(workspace, sources, done)
    for place, source in sources.items():
        for stream, reason in source.damaged().items():
            if not without_damaged or stream == ENGAGEMENT:
                raise StoreCorrupt(
                    _("{place}: {reason}").format(place=place, reason=reason),
                    hint=_("Nothing was stored. --without-damaged leaves such interviews out."),
                )
            done.damaged[f"{place}: {stream}"] = reason
    plan.look_at_engagement()
    plan.look_at_interviews()
    workspace.store.take_log(log)
    _carry_out(plan, progress)
    begun = sorted(plan.streams.keys() - plan.here)
    workspace.log(
        what,
        records=done.records,
        interviews=done.new + done.grown,
        people=done.people,
        conflicts=len(done.conflicts),
        left_out=done.left_out,
        **({"interview": begun} if begun else {}),
    )
    done.conflicts = [one for one in done.conflicts if may_show(workspace, one)]
    return done


def _carry_out(plan: Plan, progress: Progress | None) -> None:
    """Store what was planned. Raises StoreError; doing it again finishes."""
    workspace, done = plan.workspace, plan.done
    before = {_key(one) for one in engagement_conflicts(workspace.standing)}
    for name in plan.refs:
        keep_pack(plan.store, plan.packs[name], plan.pack_files[name])
    done.packs = len(plan.refs)
    _put_engagement(plan)
    names = sorted(plan.streams)
    for start in range(0, len(names), _TOGETHER):
        chosen = names[start : start + _TOGETHER]
        with rest_later():
            plan.store.put_many({stream: _coming(plan, stream) for stream in chosen})
        for stream in chosen:
            if stream in plan.here:
                done.conflicts += _conflicts(plan, stream)
        if progress:
            progress(min(start + _TOGETHER, len(names)), len(names))
    if done.records:
        plan.store.digests()  # learnt now, they make the next merge quick
    now = engagement_conflicts(workspace.standing)
    done.conflicts[:0] = [one for one in now if _key(one) not in before]


def _put_engagement(plan: Plan) -> None:
    done = plan.done
    if not plan.engagement:
        return
    known = {(r["kind"], r.get("code")) for r in plan.own.values()}
    coming = {(r["kind"], r.get("code")) for r in plan.engagement.values()} - known
    done.people = sum(kind in ("candidate", "rater") for kind, _code in coming)
    plan.store.put(ENGAGEMENT, list(plan.engagement.values()))
    done.records += len(plan.engagement)
    if any(record["kind"] == "erased" for record in plan.engagement.values()):
        remember(plan.store.read(ENGAGEMENT))
        removed = purge(plan.workspace)
        done.erased = removed.interviews + removed.records


def _coming(plan: Plan, stream: str) -> list[Record]:
    found: dict[str, Record] = {}
    for place in plan.streams[stream]:
        found |= {record["id"]: record for record in plan.sources[place].read(stream)}
    return list(found.values())


def _conflicts(plan: Plan, stream: str) -> list[Conflict]:
    records = plan.store.read(stream)
    opening = opening_of(records)
    subject = {
        "candidate": plan.workspace.standing.joins.whose(stream, opening["candidate"]),
        **{key: opening[key] for key in ("rater", "questionnaire", "wave")},
    }
    return answer_conflicts(stream, subject, records, plan.workspace.pack)


def _key(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.id, *(head["id"] for head in conflict.heads))
