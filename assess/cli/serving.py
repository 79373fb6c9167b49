"""The pages of ``assess serve``: textual-serve on loopback, closed to other sites' pages."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from assess.errors import BadInput
from assess.i18n import _

TEMPLATES = Path(__file__).parent / "templates"


def public_host(url: str | None) -> str | None:
    """The host, with its port, by which a proxy is reached. Raises BadInput where it is none."""
    if url is None:
        return None
    if not _is_of_a_host(url):
        raise BadInput(
            _("--public-url {url!r} is no address of a proxy").format(url=url),
            hint=_("for example: --public-url https://assess.example.com"),
        )
    return urlsplit(url).netloc.lower()  # as browsers name it


def _is_of_a_host(url: str) -> bool:
    """Whether it is a scheme and a host, perhaps a port, and nothing that no ``Host`` would say."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and url.rstrip("/").lower() == f"{parts.scheme}://{parts.netloc}".lower()
            and "@" not in url
            and not any(char.isspace() for char in url)
        )
    except ValueError:  # brackets that do not close, a port that is no number
        return False


class Pages(Server):
    """The app on loopback, for pages that were loaded from it or through its proxy alone.

    A page of any other site could otherwise open this machine's port from the visitor's own
    browser, and its socket would be the app: so the names in ``Host`` and ``Origin`` are checked
    with every request (DNS rebinding, cross-site WebSocket hijacking).
    """

    def __init__(
        self, command: str, host: str, port: int, public_url: str | None, proxy: str | None
    ) -> None:
        super().__init__(
            command,
            host=host,
            port=port,
            title="assess",
            public_url=public_url.rstrip("/") if public_url else None,
            templates_path=TEMPLATES,
        )
        self.known = {f"{name}:{port}" for name in (host, "localhost")}
        if port == 80:
            self.known |= {host, "localhost"}
        if proxy:
            self.known.add(proxy)
        self._open: set[asyncio.Task[Any]] = set()
        """What answers a page that is open."""

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page, with its few words in the language of the command."""
        size = request.query.get("fontsize", "")
        return {
            "socket": self.public_url.replace("http", "ws", 1) + "/ws",
            "font_size": size if size.isdecimal() else "16",
            "ended": _("The app has ended."),
            "again": _("Open it again"),
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One page and its app, for as long as both are there."""
        if task := asyncio.current_task():
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        return await super().handle_websocket(request)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._only_own)
        return app

    @web.middleware
    async def _only_own(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        asked = [request.host] + ([urlsplit(origin).netloc] if origin is not None else [])
        if not all(name in self.known for name in asked):
            raise web.HTTPForbidden(text="this address is not one of the app's own\n")
        # a browser names its page with every socket; whoever names none is no page
        if request.path == "/ws" and origin is None:
            raise web.HTTPForbidden(text="a page of the app only\n")
        return await handler(request)

    def initialize_logging(self) -> None:
        """Log nothing but errors: no request line, no text of anybody's interview."""
        logging.basicConfig(level=logging.ERROR, format="assess: %(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has said where it runs."""

    async def on_shutdown(self, _app: web.Application) -> None:
        """End the apps of the pages that are open; they keep what was typed."""
        for task in self._open:
            task.cancel()
