"""The app in a browser: who may open it, and that it is the app."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing

import aiohttp
import pytest

from assess.cli import main
from assess.cli.serving import TEMPLATES


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The app of an engagement with a Chinese name, on a free port."""
    home = tmp_path_factory.mktemp("served")
    place = home / "workspace"
    env = {**os.environ, "ASSESS_HOME": str(home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "assess", "--workspace", str(place), "--lang", "zh"]
    made = [*command, "init", "--name", "滨江项目", "--pack", "key-user", "--modules", "COST"]
    subprocess.run(made, env=env, check=True, capture_output=True)
    port = free_port()
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--public-url", "https://assess.example.com"],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert "https://assess.example.com" in process.stderr.readline()
    yield port
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0, process.stderr.read()


async def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        for _attempt in range(100):
            try:
                url = f"http://127.0.0.1:{port}{path}"
                async with session.get(url, headers=headers) as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientConnectorError:
                # the line that says where it runs comes before the port is open
                await asyncio.sleep(0.05)
    raise AssertionError("the app was never served")


async def test_the_page_opens_the_app_with_chinese_text(served):
    origin = f"http://localhost:{served}"
    await get(served, "/")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            f"ws://127.0.0.1:{served}/ws?width=80&height=24", headers={"Origin": origin}
        ) as socket_,
    ):
        shown = b""
        async with asyncio.timeout(60):
            while "滨江项目" not in shown.decode("utf-8", "ignore"):
                message = await socket_.receive()
                assert message.type is aiohttp.WSMsgType.BINARY, message
                shown += message.data


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "evil.example.com"}),
        ("/", {"Host": "evil.example.com:8000"}),
        ("/", {"Origin": "https://evil.example.com"}),
        ("/ws", {"Origin": "https://evil.example.com"}),
        ("/ws", {"Origin": "null"}),
        ("/ws", {}),
    ],
)
async def test_a_page_of_another_site_cannot_drive_the_app(served, path, headers):
    status, text = await get(served, path, **headers)
    assert (status, "evil" in text) == (403, False)


async def test_the_proxy_that_is_named_may_ask(served):
    status, page = await get(
        served, "/", Host="assess.example.com", Origin="https://assess.example.com"
    )
    assert status == 200
    assert "wss://assess.example.com/ws" in page


async def test_the_page_asks_no_other_host_for_anything(served):
    _status, page = await get(served, "/")
    urls = re.findall(r"(?:https?:)?//[\w.-]+", re.sub(r"(?m)^\s*//.*$", "", page))
    assert set(urls) <= {"//assess.example.com"}
    assert "http" not in (TEMPLATES / "app_index.html").read_text(encoding="utf-8")


def test_a_port_in_use_is_said_with_another_to_take(tmp_path, capsys):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words = ["--workspace", str(tmp_path), "serve", "--port", str(port)]
        assert main(words) == 1
    assert f"port {port} cannot be used: another program has it" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_that_cannot_be_is_refused(tmp_path, capsys, port):
    assert main(["--workspace", str(tmp_path), "serve", f"--port={port}"]) == 2
    assert "1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    [
        "assess.example.com",
        "ftp://a.b",
        "https://a.b/deep/path",
        "https://[a.b",
        "https://anna@a.b",
        "https://a.b:none",
        "https://a.b?page=1",
    ],
)
def test_an_address_that_is_no_proxy_is_refused(tmp_path, capsys, url):
    assert main(["--workspace", str(tmp_path), "serve", "--public-url", url]) == 2
    assert url in capsys.readouterr().err
