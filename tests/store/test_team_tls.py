"""What ``sslmode`` asks for is held, and said where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from team_server import TeamServer
from team_tls import OPENSSL, TlsFront, certificate

from assess.errors import StoreError
from assess.store import open_store
from assess.store.postgres import team

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl to make a certificate with")


@pytest.fixture
def front(team_server: TeamServer, tmp_path: Path) -> Iterator[TlsFront]:
    crt, key = certificate(tmp_path)
    front = TlsFront(f"{team_server.folder}/data/.s.PGSQL.5432", crt, key)
    yield front
    front.close()


def address(team_server: TeamServer, front: TlsFront, host: str, options: str) -> str:
    database = team_server.prepared().partition("@/")[2].partition("?")[0]
    return f"postgresql://owner@{host}:{front.port}/{database}?{options}"


def test_a_connection_is_encrypted_and_the_host_is_verified(
    team_server: TeamServer, front: TlsFront, tmp_path: Path
) -> None:
    root = f"sslmode=verify-full&sslrootcert={tmp_path}/localhost.crt"
    place = address(team_server, front, "localhost", root + "&hostaddr=127.0.0.1")
    assert team.status(place).encrypted
    open_store(place).close()


@pytest.mark.parametrize(
    ("host", "root"),
    [("127.0.0.1", "localhost.crt"), ("localhost", "other.crt"), ("localhost", "none.crt")],
)
def test_a_host_that_is_not_the_one_of_the_certificate_is_not_trusted(
    team_server: TeamServer, front: TlsFront, tmp_path: Path, host: str, root: str
) -> None:
    certificate(tmp_path, "other")
    options = f"sslmode=verify-full&sslrootcert={tmp_path}/{root}&hostaddr=127.0.0.1"
    with pytest.raises(StoreError, match="not secured as it was asked for"):
        open_store(address(team_server, front, host, options))
