"""Tests of the service's processes: started, started again, stopped together; and of their sentences."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from homes import alive, copied_home, new_home, stopped, until

from medevac.cli.service.processes import Processes, Program
from medevac.database import APP, OWNER, running

SECRETS = {
    "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
    "MEDEVAC_IDENTIFIER_KEY": secrets.token_urlsafe(50),
}
SLEEPER = [sys.executable, "-c", "import time; time.sleep(1000)"]


def variables(**more: str) -> dict[str, str]:
    """The variables of a service in tests: nothing of the tests' own settings."""
    without = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return kept | SECRETS | {"PYTHONUNBUFFERED": "1"} | more


def command(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of medevac in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "medevac.cli", *map(str, words)],
        env=variables(**more),
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def migrated(home_at_rest: Path) -> Iterator[Path]:
    """A home whose database `medevac migrate` has made."""
    with copied_home(home_at_rest, "migrated") as home, running(home):
        yield home


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str, dict[str, int]]]:
    """The service while it runs: its process, its address, and the numbers of web and worker."""
    words = [sys.executable, "-m", "medevac.cli", "serve", "--data", str(home), "--port", "0"]
    process = subprocess.Popen(words, env=variables(), stderr=subprocess.PIPE, text=True)
    address, numbers = "", {}
    try:
        assert process.stderr is not None
        while len(numbers) < 2:
            said = process.stderr.readline()
            assert said, "the service ended"
            if match := re.search(r"http://\S+/", said):
                address = match.group()
            if match := re.match(r"(\w+) 1: started \(process (\d+)\)", said):
                numbers[match[1]] = int(match[2])
        yield process, address, numbers
    finally:
        process.terminate()
        process.communicate()


def test_the_service_answers_and_stops_whole(migrated: Path) -> None:
    """Tests that a page is answered, and that after a SIGTERM neither web nor worker is left."""
    with served(migrated) as (process, address, numbers):
        with urllib.request.urlopen(f"{address}sign-in/login/") as answer:
            assert answer.status == 200
        process.terminate()
        assert process.wait() == 0
        assert not any(alive(number) for number in numbers.values())


def test_a_killed_service_leaves_nothing_behind(home_at_rest: Path) -> None:
    """Tests that web, worker and database end when `serve` itself was killed."""
    with copied_home(home_at_rest, "killed") as home, served(home) as (process, _, numbers):
        process.send_signal(signal.SIGKILL)
        process.wait()
        until(lambda: not any(alive(number) for number in numbers.values()), "web and worker end")
        until(lambda: stopped(home), "the database stops")


def test_workers_run_alone(migrated: Path) -> None:
    """Tests that `medevac worker` works on jobs as the role that owns nothing, and stops when asked."""
    words = [sys.executable, "-m", "medevac.cli", "worker", "--data", str(migrated)]
    with running(migrated) as server, psycopg.connect(server.url(APP), autocommit=True) as connection:
        connection.execute("DELETE FROM procrastinate_workers")
        process = subprocess.Popen(words, env=variables(), stderr=subprocess.DEVNULL)
        try:
            beats = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '9 s'"
            until(lambda: connection.execute(beats).fetchone() == (1,), "a worker shows that it lives")
        finally:
            process.terminate()
        assert process.wait() == 0


def test_the_service_signs_in_as_the_role_that_owns_nothing(migrated: Path) -> None:
    """Tests who owns the tables after `migrate`, and that the application's role may not change one."""
    with running(migrated) as server:
        with psycopg.connect(server.url(OWNER)) as connection:
            owners = connection.execute(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
        assert owners == [(OWNER,)]
        with psycopg.connect(server.url(APP), autocommit=True) as connection:
            connection.execute("SELECT count(*) FROM procrastinate_jobs")
            for statement in (
                "DROP TABLE procrastinate_jobs",
                "TRUNCATE procrastinate_jobs CASCADE",
                "ALTER TABLE procrastinate_jobs DISABLE TRIGGER ALL",
                "CREATE TABLE mine (number integer)",
                "CREATE TEMPORARY TABLE mine (number integer)",
                "SET ROLE medevac_owner",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)


def test_missing_migrations_are_told() -> None:
    """Tests that the service does not start on an empty database, and says what to run."""
    with new_home() as home:
        done = command("serve", "--data", home, "--port", "0")
    assert done.returncode == 2
    assert "run `medevac migrate`" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_settings_are_told(migrated: Path) -> None:
    """Tests that the service has no secret by default and says which is missing."""
    done = command("serve", "--data", migrated, "--port", "0", MEDEVAC_SECRET_KEY="")
    assert done.returncode == 2
    assert "MEDEVAC_SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_told(migrated: Path) -> None:
    """Tests that a port that somebody has is a sentence."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = command("serve", "--data", migrated, "--port", port)
    assert done.returncode == 2
    assert f"127.0.0.1, port {port}: cannot be listened on" in done.stderr


def test_an_owner_without_an_address_is_told() -> None:
    """Tests that `migrate` with a server elsewhere asks for the owner's address, and repeats no password."""
    done = command("migrate", DATABASE_URL="postgresql://medevac_app:hidden@localhost:1/medevac")
    assert done.returncode == 2
    assert "To migrate, DATABASE_OWNER_URL is needed" in done.stderr
    assert "hidden" not in done.stderr


@pytest.mark.parametrize("text", ["mysql://x@y/z", "postgresql://localhost", "nonsense"])
def test_a_bad_address_is_told(text: str) -> None:
    """Tests that what is no address is refused with an example of one."""
    done = command("backup", "never.backup", DATABASE_URL=text)
    assert done.returncode == 2
    assert (
        "DATABASE_URL: expected an address with a role and a database, such as postgresql://" in done.stderr
    )


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Tests the sentence for an address where nobody answers."""
    place = "postgresql://someone:hidden@127.0.0.1:1/medevac"
    done = command("backup", tmp_path / "day.backup", DATABASE_URL=place, DATABASE_OWNER_URL=place)
    assert done.returncode == 2
    assert "someone at 127.0.0.1, database medevac: the database does not let us in" in done.stderr
    assert "hidden" not in done.stderr


def test_an_installation_is_founded_once(migrated: Path) -> None:
    """Tests that `found` works as the owner, prints the link for the first administrator, then refuses."""
    words = ("found", "Helsedirektoratet", "--country", "NO", "--email", "a@example.org", "--data", migrated)
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^http://\S+/people/invitation/[\w-]{40,}/$", done.stdout, re.MULTILINE)
    again = command(*words)
    assert again.returncode == 2
    assert "founded already" in again.stderr
    assert again.stdout == ""


def test_backup_and_restore_of_the_whole_service(migrated: Path, tmp_path: Path) -> None:
    """Tests the two commands on the real tables, table by table, and that both speak of the keys."""
    file = tmp_path / "day.backup"
    done = command("backup", file, "--data", migrated)
    assert done.returncode == 0, done.stderr
    assert "Keys are not in a backup" in done.stdout
    with new_home("restored") as home:
        with running(home) as elsewhere, running(migrated) as here:
            done = command("restore", file, "--data", home)
            assert done.returncode == 0, done.stderr
            assert "Keys are not in a backup" in done.stdout
            assert contents(elsewhere.url(OWNER)) == contents(here.url(OWNER))
            done = command("restore", file, "--data", home)
            assert done.returncode == 2
            assert "expected an empty database" in done.stderr
        done = command("migrate", "--data", home)
        assert "No migrations to apply" in done.stdout


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 2200"
        )
        return {
            name: connection.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1'.encode()).fetchall()
            for (name,) in tables.fetchall()
        }


def test_a_program_that_dies_young_waits_longer_each_time(tmp_path: Path) -> None:
    """Tests that a program which cannot run is tried again and again, without an end and without a rush."""
    told: list[str] = []
    broken = Program("broken", [sys.executable, "-c", "import sys; sys.exit(3)"], dict(os.environ))
    processes = Processes([broken], told.append)

    def hear(sentence: str) -> None:
        told.append(sentence)
        if sum("exit code 3" in one for one in told) == 3:
            processes.end()

    processes = Processes([broken], hear)
    processes.run()
    assert told.count("broken: ended (exit code 3). It is started again.") == 3


def test_who_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a program which ignores SIGTERM does not hold the others back for ever."""
    monkeypatch.setattr("medevac.cli.service.processes.PATIENCE_SECONDS", 0.2)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)"
    numbers: list[int] = []
    programs = [
        Program("stubborn", [sys.executable, "-c", stubborn], dict(os.environ)),
        Program("sleeper", SLEEPER, dict(os.environ)),
    ]

    def hear(sentence: str) -> None:
        numbers.extend(int(number) for number in re.findall(r"process (\d+)", sentence))
        if len(numbers) == 2:
            processes.end()

    processes = Processes(programs, hear)
    processes.run()
    assert len(numbers) == 2
    assert not any(alive(number) for number in numbers)
