"""A way to a server that can be slow or cut: TCP on this machine, passed on to a socket."""

from __future__ import annotations

import heapq
import itertools
import selectors
import socket
import threading
import time
from contextlib import suppress

_CHUNK = 1 << 16


class Proxy:
    """Passes bytes on to the socket at ``target``, each way ``delay`` seconds late."""

    def __init__(self, target: str, delay: float = 0.0) -> None:
        self.target = target
        self.delay = delay
        self.turns = 0
        """How often the far end began to answer."""
        self._near_spoke = False
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self._open = True
        self._ends: dict[socket.socket, socket.socket] = {}
        self._nears: set[socket.socket] = set()
        self._due: list[tuple[float, int, socket.socket, bytes]] = []
        self._count = itertools.count()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.listener, selectors.EVENT_READ)
        self._stop = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def url(self, address: str) -> str:
        """The same database and login by way of this proxy."""
        return (
            address.partition("@")[0]
            + f"@127.0.0.1:{self.port}"
            + ("/" + address.partition("@/")[2].partition("?")[0])
        )

    def cut(self) -> None:
        """The network is gone: connections end, and new ones are refused."""
        with self._lock:
            self._open = False
            for end in list(self._ends):
                self._drop(end)

    def mend(self) -> None:
        """The network is back."""
        with self._lock:
            self._open = True

    def close(self) -> None:
        """Nothing is passed on any more."""
        self._stop = True
        self._thread.join(5)
        with self._lock:
            for end in list(self._ends):
                self._drop(end)
        self.listener.close()

    def _run(self) -> None:
        while not self._stop:
            wait = 0.02
            if self._due:
                wait = max(0.0, min(wait, self._due[0][0] - time.monotonic()))
            for key, _mask in self._selector.select(wait):
                with self._lock:
                    if key.fileobj is self.listener:
                        self._accept()
                    else:
                        self._take(key.fileobj)  # type: ignore[arg-type]
            self._pass_on()

    def _accept(self) -> None:
        near, _address = self.listener.accept()
        if not self._open:
            near.close()
            return
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(self.target)
        except OSError:
            near.close()
            return
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._nears.add(near)
        for end, other in ((near, far), (far, near)):
            self._ends[end] = other
            self._selector.register(end, selectors.EVENT_READ)

    def _take(self, end: socket.socket) -> None:
        if end not in self._ends:
            return
        try:
            data = end.recv(_CHUNK)
        except OSError:
            data = b""
        if not data and not self.delay:
            self._drop(end)
            return
        if end in self._nears:
            self._near_spoke = True
        elif self._near_spoke:
            self._near_spoke, self.turns = False, self.turns + 1
        due = time.monotonic() + self.delay
        heapq.heappush(self._due, (due, next(self._count), self._ends[end], data))
        if not data:
            self._selector.unregister(end)

    def _pass_on(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            _due, _number, end, data = heapq.heappop(self._due)
            with self._lock:
                if end not in self._ends:
                    continue
                if not data:
                    self._drop(end)
                    continue
                with suppress(OSError):
                    end.sendall(data)

    def _drop(self, end: socket.socket) -> None:
        other = self._ends.pop(end, None)
        for one in (end, other):
            if one is not None:
                self._ends.pop(one, None)
                self._nears.discard(one)
                with suppress(KeyError, ValueError):
                    self._selector.unregister(one)
                one.close()
