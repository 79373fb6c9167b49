"""``assess self``: the candidate's own questionnaire, in the locked app or as lines of text."""

from __future__ import annotations

import argparse
import sys

from assess.cli.common import need_terminal, open_workspace, say
from assess.cli.plain import Talk
from assess.cli.plain_words import not_saved, stopped, whom_and_what
from assess.i18n import _
from assess.workspace.selftest import SelfTest, profile, self_test
from assess.workspace.selftest_words import consent_words, profile_lines
from assess.workspace.workspace import Workspace


def run_self(arguments: argparse.Namespace) -> int:
    """``assess self CANDIDATE``."""
    workspace = open_workspace(arguments)
    session: SelfTest | None = None
    try:
        session = self_test(workspace, arguments.candidate, arguments.wave)
        if arguments.plain:
            return _plain(workspace, session)
        need_terminal()
        from assess.terminal import prepare

        prepare()
        from assess.tui.app import run

        return run(workspace, session, locked=True)
    except KeyboardInterrupt:
        say(stopped(session))
        return 130


def _plain(workspace: Workspace, session: SelfTest) -> int:
    talk = Talk(session, sys.stdin)
    if not session.submitted:
        if session.consent_due and not _asked_consent(talk, session):
            return 1
        try:
            talk.run()
        except KeyboardInterrupt:
            if talk.unsaved:
                raise not_saved(talk.unsaved) from None
            raise
    if session.submitted:
        for line in profile_lines(session, profile(workspace, session)):
            say(line)
    return 0


def _asked_consent(talk: Talk, session: SelfTest) -> bool:
    """Ask whether the answers may be stored; False where the candidate does not want the test."""
    for line in (*whom_and_what(session), consent_words()):
        say(line)
    if session.notice_due:
        say(_("The interview is another thing. Of it you are told:"))
        say(session.notice)
    say(_("y: I agree that my answers are stored   t: try it, store nothing   anything else: stop"))
    word = (talk.read_line() or "").strip().lower()
    if word == "y":
        session.agree()
        if session.notice_due:
            session.record_notice("consent")
    if word not in ("y", "t"):
        say(_("nothing was asked"))
    return word in ("y", "t")
