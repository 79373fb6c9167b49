"""Preparing a database, bringing it up to date, connecting to it, and what goes wrong with that."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from store_samples import PACK
from team_proxy import Proxy
from team_server import TeamServer, as_login, member

from assess.errors import AssessError, BadInput, StoreError
from assess.model.ids import new_ulid
from assess.model.records import ENGAGEMENT
from assess.store import open_store
from assess.store.postgres import schema, team
from assess.store.postgres.address import checked_address, shown

SECRET = "hunter2"


@pytest.fixture
def url(team_server: TeamServer) -> str:
    return team_server.prepared()


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'assess'"
        ).fetchall()
    return {name for (name,) in rows}


# -- migrations


def test_preparing_twice_takes_no_step(url: str) -> None:
    assert team.init(url) == []
    assert team.status(url).schema == schema.steps()[-1][0]


def test_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [number for number, _sql in schema.steps()] == list(range(1, len(schema.steps()) + 1))


def test_a_later_step_is_taken_once_and_in_order(url: str) -> None:
    last = schema.steps()[-1][0]
    more = [*schema.steps(), (last + 1, "CREATE TABLE assess.second (x text)")]
    more.append((last + 2, "ALTER TABLE assess.second ADD COLUMN y text"))
    with as_login(url, "owner") as connection:
        assert schema.migrate(connection, url, more) == [last + 1, last + 2]
        assert schema.migrate(connection, url, more) == []
        assert schema.version(connection) == last + 2


def test_a_step_that_fails_leaves_the_schema_as_it_was(url: str) -> None:
    last = schema.steps()[-1][0]
    broken = [*schema.steps(), (last + 1, "CREATE TABLE assess.half (x text); SELECT 1 / 0")]
    with as_login(url, "owner") as connection:
        with pytest.raises(psycopg.Error):
            schema.migrate(connection, url, broken)
        assert schema.version(connection) == last
    assert "half" not in tables(url)


def test_a_newer_schema_is_refused_by_everything(url: str) -> None:
    with as_login(url, "owner") as connection:
        connection.execute("UPDATE assess.about SET value = '99' WHERE name = 'schema'")
    for act in (open_store, team.init, team.status):
        with pytest.raises(StoreError, match="newer version"):
            act(url)


def test_an_older_schema_names_the_command_that_brings_it_up_to_date(url: str) -> None:
    with as_login(url, "owner") as connection:
        connection.execute("UPDATE assess.about SET value = '0' WHERE name = 'schema'")
    with pytest.raises(StoreError, match="older version") as refusal:
        open_store(url)
    assert "assess team init" in refusal.value.hint


# -- members


def test_only_the_owner_grants_and_revokes(team_server: TeamServer) -> None:
    url = team_server.prepared(("mia", "manager", ""), ("anna", "interviewer", "R1"))
    for login in ("mia", "anna"):
        with pytest.raises(StoreError, match="only the owner"):
            team.grant(member(url, login), "anna", "manager")
        with pytest.raises(StoreError, match="only the owner"):
            team.revoke(member(url, login), "mia")


def test_a_role_that_no_policy_would_bind_is_not_granted(url: str, team_server: TeamServer) -> None:
    team_server.login("passer", "BYPASSRLS")
    for login in ("postgres", "passer", "owner"):
        with pytest.raises(BadInput, match="no role would bind it"):
            team.grant(url, login, "interviewer", "R1")
    with pytest.raises(BadInput, match="there is no login nobody"):
        team.grant(url, "nobody", "manager")
    with pytest.raises(BadInput, match="takes the code"):
        team.grant(url, "passer", "candidate")


def test_who_was_revoked_is_let_in_no_more(team_server: TeamServer) -> None:
    url = team_server.prepared(("anna", "interviewer", "R1"))
    open_store(member(url, "anna")).close()
    assert team.revoke(url, "anna")
    assert not team.revoke(url, "anna")
    with pytest.raises(StoreError, match="no member of the team"):
        open_store(member(url, "anna"))


def test_a_member_of_one_database_is_nobody_in_another(team_server: TeamServer) -> None:
    team_server.prepared(("anna", "manager", ""))
    other = team_server.prepared()
    with pytest.raises(StoreError, match="no member of the team"):
        open_store(member(other, "anna"))


def test_the_first_look_at_a_server_is_one_exchange(url: str, team_server: TeamServer) -> None:
    owner = open_store(url)
    files = {"pack.yaml": b"one"}
    owner.put_pack(PACK, files)
    content = {"id": new_ulid(), "kind": "engagement", "pack": PACK.model_dump()}
    owner.put(ENGAGEMENT, [content])  # type: ignore[list-item]
    owner.close()
    store = open_store(url, fresh=60)
    with as_login(url, "owner") as connection:
        connection.execute("DELETE FROM assess.packs")
        connection.execute("DELETE FROM assess.streams")
    assert store.read(ENGAGEMENT) == [content]
    assert store.pack(PACK) == files
    with pytest.raises(StoreError):
        store.pack(PACK)
    store.close()


# -- addresses and secrets


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://anna:{SECRET}@db.example/assess",
        f"postgres://anna:{SECRET}@db.example/assess?sslmode=require",
        f"postgresql://db.example/assess?user=anna&password={SECRET}",
        f"postgresql://db.example/assess?sslpassword={SECRET}&sslmode=verify-full",
    ],
)
def test_a_password_in_the_address_is_refused_and_never_shown(address: str) -> None:
    with pytest.raises(BadInput, match="a password does not belong") as refusal:
        open_store(address)
    assert SECRET not in refusal.value.message + refusal.value.hint + shown(address)
    assert "PGPASSFILE" in refusal.value.hint


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna@one.example,two.example:5433/assess?target_session_attrs=read-write",
        "postgresql://db.example/assess?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql:///assess?service=riverside",
    ],
)
def test_other_options_pass_through(address: str) -> None:
    assert checked_address(address) == address


def test_tls_that_is_asked_for_and_not_there_is_an_error(url: str, team_server: TeamServer) -> None:
    proxy = Proxy(f"{team_server.folder}/data/.s.PGSQL.5432")
    with pytest.raises(StoreError, match="SSL"):
        open_store(proxy.url(url) + "?sslmode=verify-full&sslrootcert=system")
    proxy.close()


def test_a_server_that_wants_a_password_gets_it_from_a_file_or_the_process(
    url: str, team_server: TeamServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assess.store.postgres.connection import PasswordNeeded, use_password

    rules = team_server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    team_server.login("locked")
    team_server.admin.execute(f"ALTER ROLE locked PASSWORD '{SECRET}'")
    team.grant(url, "locked", "manager")
    rules.write_text("local all locked scram-sha-256\n" + before)
    team_server.admin.execute("SELECT pg_reload_conf()")
    address = member(url, "locked")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    try:
        with pytest.raises(PasswordNeeded, match="login was refused"):
            open_store(address)
        (tmp_path / "pass").write_text(f"*:*:*:locked:{SECRET}\n")
        (tmp_path / "pass").chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
        open_store(address).close()
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
        use_password(address, "wrong")
        with pytest.raises(PasswordNeeded) as refusal:
            open_store(address)
        assert SECRET not in str(refusal.value)
        use_password(address, SECRET)
        open_store(address).close()
    finally:
        rules.write_text(before)
        team_server.admin.execute("SELECT pg_reload_conf()")


def test_what_the_driver_notes_is_not_written_across_the_screen(url: str) -> None:
    code = (
        "import logging, sys; from assess.store import open_store; open_store(sys.argv[1]).close();"
        "logging.getLogger('psycopg').warning('error ignored terminating the pipeline')"
    )
    words = [sys.executable, "-c", code, url]
    assert subprocess.run(words, check=True, capture_output=True).stderr == b""


# -- what is not there


def test_a_database_that_was_not_prepared_says_so(team_server: TeamServer) -> None:
    team_server.prepared()
    bare = team_server.url(team_server.empty(), "owner")
    for act in (open_store, team.status):
        with pytest.raises(BadInput, match="holds no workspace") as refusal:
            act(bare)
        assert "assess team init" in refusal.value.hint


def test_a_database_that_is_not_there_is_named(team_server: TeamServer) -> None:
    with pytest.raises(BadInput, match="no such database"):
        open_store(team_server.url("nowhere"))


def test_without_psycopg_the_command_that_adds_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(AssessError, match="needs psycopg") as refusal:
        open_store("postgresql://db.example/assess")
    assert refusal.value.hint == "pip install 'assess[team]'"


def test_nothing_that_is_no_record_gets_into_the_tables(url: str) -> None:
    with as_login(url, "owner") as connection:
        connection.execute("INSERT INTO assess.streams (stream) VALUES ('engagement')")
        for body in ("no json", "3", '{"id": "other"}', "{}"):
            with pytest.raises(psycopg.Error):
                connection.execute(
                    "INSERT INTO assess.records (stream, id, body) VALUES ('engagement', 'x', %s)",
                    [body],
                )
