"""Tests that `medevac demo` answers on this machine with a database of its own, and refuses another."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest
from homes import new_home
from psycopg import sql
from test_cli_service import command, variables

from medevac.cli.demo_service import demonstration_home
from medevac.database import OWNER, running
from medevac.database.address import default_home

WORDS = [sys.executable, "-m", "medevac.cli", "demo", "--no-open", "--data"]


def started(home: Path, **more: str) -> tuple[subprocess.Popen[str], str]:
    """The demonstration, and the address that it prints when it answers."""
    process = subprocess.Popen(
        [*WORDS, str(home)],
        env=variables(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    printed = process.stdout.readline()
    found = re.search(r"The demonstration is at (http://localhost:\d+)/ \(after \d+ s\)", printed)
    assert found is not None, printed
    return process, found[1]


def test_from_nothing_to_an_address_and_back() -> None:
    """Tests that it answers where it says, keeps what it made, and heeds no variables of a real service."""
    strange = {
        "DATABASE_URL": "postgresql://somebody@db.example.org/real",
        "MEDEVAC_ADDRESS": "https://medevac.example.org",
        "MEDEVAC_MAIL_HOST": "mail.example.org",
    }
    with new_home("demonstration") as home, running(home) as server:
        for more in (strange, {}):
            process, address = started(home, **more)
            try:
                text = urllib.request.urlopen(f"{address}/", timeout=60).read().decode()
                assert "A demonstration: every person and patient is invented." in text
                assert text.count('name="role"') == 18  # 17 buttons, and the switcher of the banner
                port = urllib.parse.urlsplit(address).port
                other = urllib.request.Request(f"http://127.0.0.1:{port}/about/")
                other.add_header("Host", "medevac.example.org")
                with pytest.raises(urllib.error.HTTPError, match="400"):
                    urllib.request.urlopen(other, timeout=60)
            finally:
                process.send_signal(signal.SIGINT)
                process.communicate()
            assert process.returncode == 0
            with psycopg.connect(server.url(OWNER)) as connection:
                row = connection.execute("SELECT count(*) FROM people_organisation").fetchone()
                acted = who_acted(connection)
            assert row == (20,)
            assert ("service", "command:make_demonstration") in acted
            assert {kind for kind, _ in acted} == {"service", "user"}  # cases are led in somebody's name
            assert {page.split(":")[0] for _, page in acted} <= {"command", "job", "demonstration"}


def who_acted(connection: psycopg.Connection) -> set[tuple[str, str]]:
    """Kind and page of whoever wrote any line of history."""
    tables = connection.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'pgh_context'"
    ).fetchall()
    asked = "SELECT DISTINCT pgh_context ->> 'kind', coalesce(pgh_context ->> 'page', '') FROM {}"
    return {
        (str(kind), str(page))
        for (table,) in tables
        for kind, page in connection.execute(sql.SQL(asked).format(sql.Identifier(table)))
    }


def test_a_database_of_a_service_is_refused() -> None:
    """Tests that a database which the demonstration did not make is left as it is."""
    with new_home("real") as home, running(home) as server:
        with psycopg.connect(server.url(OWNER)) as connection:
            connection.execute("CREATE TABLE cases (id integer)")
        done = command("demo", "--no-open", "--data", home)
        assert done.returncode == 2
        assert "got the database of a service, which was left as it is" in done.stderr
        with psycopg.connect(server.url(OWNER)) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            assert tables.fetchall() == [("cases",)]


def test_it_never_lives_in_the_service_s_home() -> None:
    """Tests that without --data the demonstration's folder is another than the service's."""
    assert demonstration_home() != default_home({})
    assert default_home({}) not in demonstration_home().parents
