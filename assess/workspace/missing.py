"""What the audit log says was begun here, and of which no file is left.

A file that is gone has no checksum that fails; only something else that is stored can tell of it.
The log does: it names every interview that was begun, imported or merged here, as a salted hash,
and the people of the engagement are what such a hash can be found again from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from assess.i18n import _
from assess.model.records import ENGAGEMENT
from assess.store.audit import hashed

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


def missing(
    workspace: Workspace, events: Iterable[Mapping[str, Any]], streams: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Streams that are not among ``streams`` though they were here, and what is said of each.

    ``events`` are the log's, read before the streams were listed; the engagement, if it is there,
    is sound. Who was erased is not missed, nor what was begun with codes that nobody has any more.
    """
    there = set(streams)
    begun, salts, entries = _begun(events)
    if ENGAGEMENT not in there:
        if there or entries:
            yield (
                ENGAGEMENT,
                _(
                    "it is missing, although there are interviews or entries in the log; "
                    "take a copy: assess restore FILE, or assess merge WORKSPACE"
                ),
            )
        return
    lost = begun - {(salt, hashed(salt, stream)) for salt in salts for stream in there}
    if not lost:
        return
    erased = workspace.standing.erased
    for stream, (candidate, rater, questionnaire, wave) in _possible(workspace).items():
        if erased.has_stream(stream) or lost.isdisjoint((s, hashed(s, stream)) for s in salts):
            continue
        yield (
            stream,
            _(
                "it is missing, although the log says that it was here: the interview of "
                "{candidate} by {rater}, {questionnaire}, wave {wave}; a copy brings it back: "
                "assess restore FILE, or assess merge WORKSPACE"
            ).format(candidate=candidate, rater=rater, questionnaire=questionnaire, wave=wave),
        )


def _begun(events: Iterable[Mapping[str, Any]]) -> tuple[set[tuple[str, str]], set[str], int]:
    """The interviews that the log names (salt and hash), its salts, how many entries it has."""
    found: set[tuple[str, str]] = set()
    salts: set[str] = set()
    salt, entries = "", 0
    for event in events:
        entries += 1
        salt = str(event.get("salt", salt))
        salts.add(salt)
        named = event.get("interview", ())
        found.update((salt, one) for one in ([named] if isinstance(named, str) else named))
    return found, salts, entries


def _possible(workspace: Workspace) -> dict[str, tuple[str, str, str, str]]:
    """By its stream, each interview that there can be: candidate, rater, questionnaire, wave."""
    joins, pack = workspace.standing.joins, workspace.pack
    candidates = list(workspace.candidates())
    themselves = [code for one in candidates for code in joins.codes(one)]  # in the self-test
    raters = dict.fromkeys([*workspace.raters(), *themselves])
    found: dict[str, tuple[str, str, str, str]] = {}
    for four in product(candidates, raters, pack.questionnaires, pack.waves):
        for stream in joins.sources(*four):
            found.setdefault(stream, four)
    return found
