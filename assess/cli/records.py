"""Commands on the records themselves: bringing together, settling, joining, verifying, copies."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assess.cli.common import open_workspace, place_of, print_json, print_table, say, tell
from assess.cli.password import asking
from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.store import is_server
from assess.workspace.conflict_words import head_words, subject_words
from assess.workspace.merging import Merged, Progress
from assess.workspace.workspace import Workspace


def merge(arguments: argparse.Namespace) -> int:
    """``assess merge``."""
    from assess.workspace.merging import merge as run

    with _receiving(arguments) as workspace:
        done = asking(
            lambda: run(
                workspace,
                arguments.sources,
                without_damaged=arguments.without_damaged,
                progress=_progress(),
            )
        )
        _tell(workspace, done, arguments)
    return 1 if done.damaged else 0


def restore(arguments: argparse.Namespace) -> None:
    """``assess restore``."""
    from assess.workspace.backing import restore as run

    with _receiving(arguments) as workspace:
        done = run(workspace, Path(arguments.file), progress=_progress())
        _tell(workspace, done, arguments)


@contextmanager
def _receiving(arguments: argparse.Namespace) -> Iterator[Workspace]:
    """The workspace to take records in; one made for it goes again when nothing was taken.

    A pack or a log may have come before what was refused; they go with it.
    """
    named = place_of(arguments)
    if is_server(named):
        yield open_workspace(arguments)
        return
    place = Path(named).expanduser()
    inside_out = (place / "interviews", place, *place.absolute().parents)
    made = [folder for folder in inside_out if not folder.exists()]
    workspace = open_workspace(arguments, create=True)
    try:
        yield workspace
    except BaseException:
        if made and not workspace.has_engagement:
            workspace.close()
            if place in made and not workspace.store.streams():
                shutil.rmtree(place, ignore_errors=True)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()
        raise


def _progress() -> Progress | None:
    """Counts on a terminal, silent in a pipe."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        text = _("{done} of {of} interviews").format(done=done, of=of)
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)

    return show


def _tell(workspace: Workspace, done: Merged, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(done.as_json())
        return
    for line in told(workspace, done):
        say(line)


def told(workspace: Workspace, done: Merged) -> Iterator[str]:
    """What a merge did, in lines."""
    if done.took_over:
        yield _("the engagement {name} was taken over into {place}").format(
            name=workspace.engagement.name, place=workspace.place
        )
    yield ngettext("{n} record came", "{n} records came", done.records).format(n=done.records)
    yield _("interviews: {new} new, {grown} with more than before, {there} there already").format(
        new=done.new, grown=done.grown, there=done.there
    )
    if done.people:
        yield ngettext(
            "{n} candidate or rater is new", "{n} candidates and raters are new", done.people
        ).format(n=done.people)
    if done.packs:
        yield ngettext("{n} pack came along", "{n} packs came along", done.packs).format(
            n=done.packs
        )
    if done.not_mine:
        yield ngettext(
            "{n} record or interview stays out: who rated brings it, or the server's owner",
            "{n} records or interviews stay out: who rated brings them, or the server's owner",
            done.not_mine,
        ).format(n=done.not_mine)
    if done.left_out:
        yield ngettext(
            "{n} record or interview of people who were erased was left out",
            "{n} records or interviews of people who were erased were left out",
            done.left_out,
        ).format(n=done.left_out)
    if done.erased:
        yield ngettext(
            "{n} record or interview here was removed: the person was erased there",
            "{n} records or interviews here were removed: the people were erased there",
            done.erased,
        ).format(n=done.erased)
    for place, reason in done.damaged.items():
        yield _("left out, as it cannot be read: {place}: {reason}").format(
            place=place, reason=reason
        )
    if done.conflicts:
        yield ngettext(
            "{n} conflict; both are kept and the newest is shown; see: assess conflicts",
            "{n} conflicts; all is kept and the newest is shown; see: assess conflicts",
            len(done.conflicts),
        ).format(n=len(done.conflicts))
        for conflict in done.conflicts[:20]:
            yield f"  {conflict.id}  {subject_words(conflict)}"


def conflicts(arguments: argparse.Namespace) -> None:
    """``assess conflicts``."""
    from assess.workspace.conflicts import conflicts as run

    workspace = open_workspace(arguments)
    found = run(workspace)
    if arguments.json:
        print_json({"conflicts": [conflict.as_json() for conflict in found]})
    elif not found:
        say(_("no conflicts"))
    for conflict in () if arguments.json else found:
        tell(f"{conflict.id}  {subject_words(conflict)}")
        rows = [
            [
                head["id"],
                head["at"][:16].replace("T", " "),
                str(head.get("by", "")),
                head_words(conflict, head),
                _("shown") if head is conflict.heads[-1] else "",
            ]
            for head in conflict.heads
        ]
        print_table([_("record"), _("time"), _("by"), _("says"), ""], rows)
        tell()


def settle(arguments: argparse.Namespace) -> None:
    """``assess settle``."""
    from assess.workspace.conflicts import settle as run

    workspace = open_workspace(arguments)
    record = run(workspace, arguments.id, arguments.keep, arguments.reason)
    say(_("settled by the record {id}; the others stay on record").format(id=record))


def join(arguments: argparse.Namespace) -> None:
    """``assess join``."""
    from assess.workspace.joining import join as join_codes
    from assess.workspace.joining import move

    workspace = open_workspace(arguments)
    old, new, reason = arguments.old, arguments.new, arguments.reason
    if arguments.wave is not None:
        if not arguments.rater:
            raise BadInput(_("--wave belongs to --rater"))
        workspace.wave(arguments.wave)
    if arguments.interview or arguments.rater:
        chosen = list(arguments.interview)
        if arguments.rater:
            chosen += [
                reading.id
                for reading in workspace.readings()
                if (reading.candidate, reading.rater) == (old, arguments.rater)
                and arguments.wave in (None, reading.wave)
            ]
        move(workspace, old, new, chosen, reason)
        say(
            ngettext(
                "{n} interview of {old} is read as one of {new}",
                "{n} interviews of {old} are read as those of {new}",
                len(chosen),
            ).format(n=len(chosen), old=old, new=new)
        )
    else:
        join_codes(workspace, old, new, reason)
        say(_("{old} is now read as {new}").format(old=old, new=new))


def verify(arguments: argparse.Namespace) -> int:
    """``assess verify``: 1 where something is wrong."""
    from assess.workspace.backing import verify as run

    workspace = open_workspace(arguments)
    found = run(workspace)
    if arguments.json:
        print_json(found.as_json())
    else:
        for name, reason in found.wrong.items():
            tell(f"{name}: {reason}")
        for name in found.set_aside:
            say(_("set aside, nothing confirmed is in it: {file}").format(file=name))
        if found.wrong:
            say(
                ngettext("{n} thing is wrong", "{n} things are wrong", len(found.wrong)).format(
                    n=len(found.wrong)
                )
            )
        else:
            say(
                _("in order: {streams} files of records, {events} entries in the log").format(
                    streams=found.streams, events=found.events
                )
            )
    return 1 if found.wrong else 0


def backup(arguments: argparse.Namespace) -> int:
    """``assess backup``: 1 where something could not be read."""
    from assess.workspace.backing import backup as run

    workspace = open_workspace(arguments)
    done = run(workspace, Path(arguments.file))
    say(
        ngettext(
            "written and verified: {file}, {n} interview",
            "written and verified: {file}, {n} interviews",
            done.interviews,
        ).format(file=arguments.file, n=done.interviews)
    )
    for name, reason in done.left_out.items():
        say(
            _("left out, as it cannot be read: {place}: {reason}").format(place=name, reason=reason)
        )
    return 1 if done.left_out else 0
