"""Keys in turn: each is carried out before the next is looked at.

Textual hands a key to what has the focus at that moment. Keys that arrive together (a slow line, a
fast typist) would all go to the same place, although the first of them opens a box or a note: the
digits meant for it would be taken as ratings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode

if TYPE_CHECKING:
    from assess.tui.app import AssessApp

PATIENCE = 0.5
"""Seconds until the next key is let through although the last one was not seen to end."""

Input = events.Key | events.Paste


class Turns:
    """Lets one key or paste at a time through to ``handle``.

    A mark follows the key on its way from the focus up to the app, where bindings are looked up;
    when the mark arrives, the key has been carried out.
    """

    def __init__(self, app: AssessApp, handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Input] = deque()
        self._turn = 0
        self._busy = False

    async def take(self, event: Input) -> None:
        """Carry the key out now, or when those before it are done."""
        if self._busy:
            self._waiting.append(event)
            # a screen that closes drops what waits in it, the mark too
            self._app.set_timer(PATIENCE, partial(self._done, self._turn))
        else:
            await self._give(event)

    async def _give(self, event: Input) -> None:
        self._busy = True
        self._turn += 1
        place = self._place()
        await self._handle(event)
        self._climb(place[1] or place[0], self._turn, place)

    def _place(self) -> tuple[DOMNode, DOMNode | None]:
        return self._app.screen, self._app.focused

    def _climb(self, node: DOMNode, turn: int, place: tuple[DOMNode, DOMNode | None]) -> None:
        if node is not self._app:
            onward = partial(self._climb, node.parent or self._app, turn, place)
            if node.call_later(onward):
                return
        # behind the key itself, and behind a change of focus that it asked for
        self._app.call_later(self._app.call_later, self._settle, turn, place)

    async def _settle(self, turn: int, place: tuple[DOMNode, DOMNode | None]) -> None:
        if self._waiting and place != self._place():
            self._app.screen.call_after_refresh(self._app.call_later, self._done, turn)
        else:
            await self._done(turn)

    async def _done(self, turn: int) -> None:
        if turn == self._turn and self._busy:
            self._busy = False
            if self._waiting:
                await self._give(self._waiting.popleft())
