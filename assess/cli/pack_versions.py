"""Commands on versions of a pack: what a new one does, going over to it, both results."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assess.cli.common import open_workspace, print_json, print_table, say, tell
from assess.errors import BadInput
from assess.i18n import N_, _

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.packs.diff import Change
    from assess.workspace.workspace import Workspace

_TITLES = {
    "refused": N_("Not possible where there are answers"),
    "counts": N_("The same answers give other results"),
    "carried": N_("Answers come along"),
    "kept": N_("Answers are kept and count nowhere"),
    "words": N_("Other words; answers keep those they were given under"),
    "asked": N_("Asked from now on"),
}


def diff(arguments: argparse.Namespace) -> None:
    """``assess pack diff OLD NEW``: with a workspace also how many stored answers it concerns."""
    from assess.packs.diff import differences
    from assess.workspace.going_over import Outlook, outlook

    workspace = named_workspace(arguments)
    old, new = source(arguments.old, workspace)[0], source(arguments.new, workspace)[0]
    if workspace is not None and old.hash == workspace.pack.hash:
        found = outlook(workspace, new)
    else:
        found = Outlook(old.ref, new.ref, differences(old, new))
        if workspace is not None:
            say(
                _("the workspace uses {pack} {version}: no answers are counted").format(
                    pack=workspace.pack.ref.id, version=workspace.pack.ref.version
                )
            )
    if arguments.json:
        print_json(found.as_json())
    else:
        _print(found.changes)


def migrate(arguments: argparse.Namespace) -> None:
    """``assess pack migrate NEW``."""
    from assess.workspace.going_over import migrate

    workspace = open_workspace(arguments)
    new, files = source(arguments.new, workspace)
    done = migrate(workspace, files, new, arguments.reason or "")
    if arguments.json:
        print_json(done.as_json())
    else:
        _print(done.changes)
    say(
        _("the engagement uses {pack} {version} from now on").format(
            pack=new.ref.id, version=new.ref.version
        )
    )
    if done.counts:
        say(_("both results side by side: assess pack compare"))


def versions(arguments: argparse.Namespace) -> None:
    """``assess pack versions``."""
    from assess.workspace.versions import versions as run

    workspace = open_workspace(arguments)
    found = run(workspace)
    if arguments.json:
        print_json(
            {
                "versions": [
                    {
                        **one.ref.model_dump(),
                        "since": one.since,
                        "reason": one.reason,
                        "answers": one.answers,
                        "now": one.now,
                    }
                    for one in found
                ]
            }
        )
    else:
        print_table(
            (_("pack"), _("version"), _("content"), _("since"), _("answers"), _("reason")),
            [
                (
                    one.ref.id,
                    one.ref.version + (" *" if one.now else ""),
                    one.ref.hash[:12],
                    one.since[:10],
                    str(one.answers),
                    one.reason,
                )
                for one in found
            ],
            right=(4,),
        )


def compare(arguments: argparse.Namespace) -> None:
    """``assess pack compare``: the rankings of two versions from the same answers."""
    from assess.workspace import wording
    from assess.workspace.by_version import compared
    from assess.workspace.versions import kept_version
    from assess.workspace.versions import versions as all_versions

    workspace = open_workspace(arguments)
    if arguments.version is None:
        others = [version.ref for version in all_versions(workspace) if not version.now]
        if not others:
            raise BadInput(_("this engagement has used one version of its pack only"))
        ref = others[-1]
    else:
        ref = kept_version(workspace, arguments.version)
    found = compared(workspace, ref, arguments.modules, arguments.wave)
    now = workspace.pack.ref
    if arguments.json:
        print_json(
            {
                "old": ref.model_dump(),
                "new": now.model_dump(),
                "candidates": [one.__dict__ for one in found],
            }
        )
        return
    say(
        _("old: {old}   new: {new}, from the same answers").format(
            old=f"{ref.id} {ref.version}", new=f"{now.id} {now.version}"
        )
    )
    for version in all_versions(workspace):
        if version.reason:
            say(f"{version.ref.version}: {version.reason}")
    rows = []
    for one in found:
        both = one.old_score is not None and one.new_score is not None
        moved = (one.new_score or 0.0) - (one.old_score or 0.0) if both else None
        rows.append(
            (
                one.module,
                one.candidate,
                wording.number(one.old_score),
                wording.number(one.new_score),
                wording.signed(moved),
                _place(one.old_rank),
                _place(one.new_rank),
                _standing(workspace, one.old_status) if one.old_status != one.new_status else "",
                _standing(workspace, one.new_status),
            )
        )
    print_table(
        (
            _("module"),
            _("candidate"),
            _("old score"),
            _("new score"),
            _("change"),
            _("old rank"),
            _("new rank"),
            _("old status"),
            _("status"),
        ),
        rows,
        right=(2, 3, 4, 5, 6),
    )


def _standing(workspace: Workspace, status: str) -> str:
    """A status in words: a band, or why there is none."""
    from assess.workspace import wording

    words = {"incomplete": _("incomplete"), "below_minimum": _("below a minimum")}
    return words.get(status) or wording.band(workspace.pack, status)


def _place(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def named_workspace(arguments: argparse.Namespace) -> Workspace | None:
    """The workspace that the words or the environment name; none by default."""
    named = arguments.workspace or os.environ.get("ASSESS_WORKSPACE")
    return open_workspace(arguments) if named else None


def source(name: str, workspace: Workspace | None) -> tuple[Pack, Mapping[str, bytes]]:
    """A pack by its folder or id, or a version that the engagement used, and its files."""
    from assess.packs import find_pack, load_pack, read_pack_folder
    from assess.workspace.versions import kept_version, read_version

    try:
        folder = find_pack(name)
    except BadInput as unknown:
        if workspace is None:
            raise
        try:
            ref = kept_version(workspace, name)
        except BadInput:
            raise unknown from None
        return read_version(workspace, ref), workspace.store.pack(ref)
    return load_pack(folder), read_pack_folder(folder)


def _print(changes: list[Change]) -> None:
    """The changes by what they do, the gravest first."""
    from assess.packs.diff import EFFECTS
    from assess.workspace.going_over import in_words

    if not changes:
        say(_("no difference that matters to answers or their readers"))
    for effect in EFFECTS:
        found = [change for change in changes if change.effect == effect]
        if effect == "refused":
            # where nobody answered, nothing is in the way
            harmless = [change for change in found if change.answers == 0]
            found = [change for change in found if change.answers != 0]
        if found:
            tell(_(_TITLES[effect]))
        for change in found:
            tell("  " + in_words(change))
            if effect == "words":
                tell("    - " + change.old.replace("\n", " "))
                tell("    + " + change.new.replace("\n", " "))
        if effect == "refused" and harmless:
            tell(_("Would be refused if there were answers; there are none"))
            for change in harmless:
                tell("  " + in_words(change))
