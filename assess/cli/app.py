"""Commands that open the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.cli.common import MANAGER, need_terminal, open_workspace, place_of, say
from assess.errors import BadInput
from assess.i18n import _
from assess.store import is_server

if TYPE_CHECKING:
    import argparse

    from assess.workspace.interviewing import Interview
    from assess.workspace.workspace import Workspace


def open_app(arguments: argparse.Namespace) -> int:
    """``assess`` alone: the app, on an empty workspace too."""
    need_terminal()
    _begin_loading(arguments)
    return _run(open_workspace(arguments, create=True))


def interview(arguments: argparse.Namespace) -> int:
    """``assess interview``: the app at one interview, or the same as lines of text."""
    if arguments.plain:
        from assess.cli.plain import interview as plain

        return plain(arguments)
    if arguments.notice_given:
        raise BadInput(_("--notice-given belongs to --plain: the app itself asks for the notice"))
    _begin_loading(arguments)
    workspace = open_workspace(arguments)
    workspace.candidate(arguments.candidate)
    workspace.questionnaire(arguments.questionnaire)
    workspace.wave(arguments.wave)
    need_terminal()
    session = workspace.interview(
        arguments.candidate,
        arguments.rater,
        arguments.questionnaire,
        arguments.wave,
        form=arguments.form,
    )
    return _run(workspace, session)


def demo(arguments: argparse.Namespace) -> int:
    """``assess demo``: the demonstration engagement, opened or printed."""
    if not arguments.headless:
        need_terminal()
    if arguments.workspace is not None:
        return _demonstrate(arguments, arguments.workspace)
    from assess.demo.temporary import temporary_copy

    with temporary_copy() as place:
        return _demonstrate(arguments, str(place))


def _demonstrate(arguments: argparse.Namespace, place: str) -> int:
    from assess.demo import build
    from assess.workspace.workspace import Workspace

    me = None if arguments.me == MANAGER else arguments.me
    workspace = Workspace.open(place, create=True, me=me)
    if not workspace.has_engagement:
        build(workspace)
    elif workspace.engagement.name != "Riverside":
        raise BadInput(
            _("{place} already holds the engagement {name}").format(
                place=place, name=workspace.engagement.name
            ),
            hint=_("name an empty folder for the demonstration"),
        )
    if not arguments.headless:
        return _run(workspace)
    from assess.cli.cover_print import print_plan
    from assess.cli.results import print_rankings
    from assess.workspace.covering import plan

    print_rankings(workspace, workspace.rank())
    print_plan(workspace, plan(workspace))
    if arguments.workspace is not None:
        say(_("kept in {place}").format(place=place))
    workspace.close()
    return 0


def _begin_loading(arguments: argparse.Namespace) -> None:
    """Load the app while a team server is on its way to answering."""
    if is_server(place_of(arguments)):
        from importlib import import_module
        from threading import Thread

        from assess.terminal import prepare

        prepare()
        Thread(target=import_module, args=("assess.tui.app",), daemon=True).start()


def _run(workspace: Workspace, interview: Interview | None = None) -> int:
    from assess.terminal import prepare

    prepare()
    from assess.tui.app import run

    return run(workspace, interview)
