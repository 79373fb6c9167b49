"""TLS in front of a server that was built without: what a client asks for is answered here."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

_ASKS = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
"""What a client of PostgreSQL sends first where it wants TLS."""

OPENSSL = shutil.which("openssl")


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate that signs itself, for a host of that name, and its key."""
    assert OPENSSL is not None
    crt, key = folder / f"{name}.crt", folder / f"{name}.key"
    words = [OPENSSL, "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", f"/CN={name}"]
    words += ["-addext", f"subjectAltName=DNS:{name}", "-out", str(crt), "-keyout", str(key)]
    subprocess.run(words, check=True, capture_output=True)
    return crt, key


class TlsFront:
    """Takes TLS connections on this machine and passes their bytes on to a server's socket."""

    def __init__(self, target: str, crt: Path, key: Path) -> None:
        self._target = target
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(crt, key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """No connection is taken any more."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with suppress(OSError):
            if near.recv(8) != _ASKS:
                near.close()
                return
            near.sendall(b"S")
            secured = self._context.wrap_socket(near, server_side=True)
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._target)
            back = threading.Thread(target=_pump, args=(far, secured), daemon=True)
            back.start()
            _pump(secured, far)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
