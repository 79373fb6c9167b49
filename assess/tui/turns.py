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


class _Mark:
    """Follows a key from the focus to the app.

    Its steps are posted as they are: for a function with arguments bound to it Textual looks up
    anew at each key how many more it takes.
    """

    def __init__(self, turns: Turns, turn: int, place: tuple[DOMNode, DOMNode | None]) -> None:
        self._turns = turns
        self._turn = turn
        self._place = place
        self._node = place[1] or place[0]

    def climb(self) -> None:
        """From node to node, behind what waits in each."""
        app = self._turns.app
        while self._node is not app:
            node, self._node = self._node, self._node.parent or app
            if node.post_message(events.Callback(callback=self.climb)):
                return
        # behind the key itself, and behind a change of focus that it asked for
        app.post_message(events.Callback(callback=self._once_more))

    def _once_more(self) -> None:
        self._turns.app.post_message(events.Callback(callback=self._settle))

    async def _settle(self) -> None:
        await self._turns.settle(self._turn, self._place)


class Turns:
    """Lets one key or paste at a time through to ``handle``.

    A mark follows the key on its way from the focus up to the app, where bindings are looked up;
    when the mark arrives, the key has been carried out.
    """

    def __init__(self, app: AssessApp, handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self.app = app
        self._handle = handle
        self._waiting: deque[Input] = deque()
        self._turn = 0
        self._busy = False

    async def take(self, event: Input) -> None:
        """Carry the key out now, or when those before it are done."""
        if self._busy:
            self._waiting.append(event)
            # a screen that closes drops what waits in it, the mark too
            self.app.set_timer(PATIENCE, partial(self._done, self._turn))
        else:
            await self._give(event)

    async def _give(self, event: Input) -> None:
        self._busy = True
        self._turn += 1
        place = self._place()
        await self._handle(event)
        _Mark(self, self._turn, place).climb()

    def _place(self) -> tuple[DOMNode, DOMNode | None]:
        return self.app.screen, self.app.focused

    async def settle(self, turn: int, place: tuple[DOMNode, DOMNode | None]) -> None:
        """The key is carried out: it is the next one's turn, on the screen that was opened."""
        if self._waiting and place != self._place():
            self.app.screen.call_after_refresh(self.app.call_later, self._done, turn)
        else:
            await self._done(turn)

    async def _done(self, turn: int) -> None:
        if turn == self._turn and self._busy:
            self._busy = False
            if self._waiting:
                await self._give(self._waiting.popleft())
