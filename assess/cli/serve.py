"""``assess serve``: the app in a browser of this machine."""

from __future__ import annotations

import argparse
import errno
import shlex
import subprocess
import sys
from contextlib import closing

from assess.cli.common import me_of, open_workspace, place_of, say
from assess.errors import AssessError, BadInput
from assess.i18n import _, language

LOOPBACK = "127.0.0.1"


def serve(arguments: argparse.Namespace) -> int:
    """Serve the app until Ctrl-C; each page that is opened runs an app of its own.

    Raises BadInput for a port or address that cannot be, AssessError where the extra is missing
    or the port is taken.
    """
    if not 1 <= arguments.port <= 65535:
        raise BadInput(_("--port is a number from 1 to 65535"))
    try:
        from assess.cli.serving import Pages, public_host
    except ModuleNotFoundError as missing:
        raise AssessError(
            _("serving needs {package}, which is not installed").format(package=missing.name),
            hint="pip install 'assess[serve]'",
        ) from None
    host = public_host(arguments.public_url)
    # what is wrong with the workspace is said here, not on a page that closes at once
    open_workspace(arguments, create=True).close()
    _need_free(arguments.port)
    pages = Pages(_app(arguments), LOOPBACK, arguments.port, arguments.public_url, host)
    say(_("assess runs on {url}; Ctrl-C ends it").format(url=pages.public_url))
    say(_("whoever can log in to this machine can open it"))
    pages.serve()
    return 0


def _app(arguments: argparse.Namespace) -> str:
    """The shell's words that open the app as this command would."""
    words = [sys.executable, "-m", "assess", "--workspace", place_of(arguments)]
    words += ["--lang", language(), "--as", me_of(arguments) or "manager"]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _need_free(port: int) -> None:
    """Raise AssessError where another program has the port."""
    import socket

    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            reason = error.strerror
            if error.errno == errno.EADDRINUSE:
                reason = _("another program has it")
            raise AssessError(
                _("port {port} cannot be used: {reason}").format(port=port, reason=reason),
                hint=_("name another: assess serve --port {port}").format(port=port % 65535 + 1),
            ) from None
