"""Tests of the embedded server: it starts, is shared, comes back, and stops with its last holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from homes import LONGEST_SECONDS, alive, answers, holder, new_home, server_number, stopped, until

from medevac.database import APP, EXTENSIONS, OWNER, DatabaseError, Server, running
from medevac.database.home import Home, holders_lock, keeper_lock
from medevac.database.server import LOOK_SECONDS, _let_go
from medevac.database.system_user import database_user


def test_both_roles_can_sign_in(embedded_server: Server) -> None:
    """Tests that each is who it says, in the database of the service."""
    for role in (APP, OWNER):
        with psycopg.connect(embedded_server.url(role)) as connection:
            assert connection.execute("SELECT current_user, current_database()").fetchone() == (
                role,
                "medevac",
            )


def test_cyrillic_is_understood(embedded_server: Server) -> None:
    """Tests lower case and trigrams, which fail silently elsewhere, and that extensions are there."""
    with psycopg.connect(embedded_server.url(APP)) as connection:
        row = connection.execute("SELECT lower('ХАРКІВ'), show_trgm('Харків')").fetchone()
        known = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    assert row is not None
    assert row[0] == "харків"
    assert len(row[1]) == 7  # "  х", " ха", "хар", "арк", "ркі", "ків", "ів "
    assert set(EXTENSIONS) <= known


def test_nobody_else_comes_in(embedded_server: Server) -> None:
    """Tests that there is no network, that socket and data are closed to others, and no trust sign-in."""
    socket_folder, cluster = embedded_server.socket_folder, Home(embedded_server.home).cluster
    assert socket_folder.stat().st_mode & 0o077 == 0
    assert cluster.stat().st_mode & 0o077 == 0
    with psycopg.connect(embedded_server.url(APP)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert "trust" not in (cluster / "pg_hba.conf").read_text(encoding="utf-8")


def test_the_last_holder_stops_the_server() -> None:
    """Tests that a second holder shares the server, and that it stops with the last, not before."""
    with new_home() as home:
        with running(home) as server:
            with holder(home) as other:
                first = server_number(home)
                other.communicate("")  # it ends at the end of its input
                assert other.returncode == 0
            assert answers(server.url(APP))
            assert server_number(home) == first
        assert stopped(home)


def test_the_last_holder_waits_for_a_keeper_that_has_not_said_that_it_stops() -> None:
    """Tests the moment in which the keeper has the lock already and its state still says "ready"."""
    with new_home() as home:
        place = Home(home)
        place.make(None)
        place.write_state({"state": "ready", "failures": 0})
        keeper, holders = keeper_lock(place), holders_lock(place)
        keeper.alone()
        holders.alone()
        waiting = threading.Thread(target=_let_go, args=(place, holders_lock(place)))
        waiting.start()
        waiting.join(5 * LOOK_SECONDS)
        assert waiting.is_alive()
        keeper.close()
        waiting.join(LONGEST_SECONDS)
        assert not waiting.is_alive()
        holders.close()


def test_a_killed_holder_counts_no_more() -> None:
    """Tests that the server stops when the last holder was killed and could not say good-bye."""
    with new_home() as home:
        with holder(home) as other:
            number = server_number(home)
            assert number is not None
            other.kill()
            until(lambda: stopped(home), "the server stops")
        assert not alive(number)


def test_a_killed_server_comes_back_with_everything() -> None:
    """Tests that what was committed is there after a kill -9, and that nobody had to do anything."""
    with new_home() as home, running(home) as server:
        with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number integer)")
            connection.execute("INSERT INTO kept VALUES (7)")
        killed = server_number(home)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until(lambda: server_number(home) != killed and answers(server.url(APP)), "it is back")
        with psycopg.connect(server.url(OWNER)) as connection:
            assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]


def test_a_killed_keeper_is_replaced() -> None:
    """Tests that a new keeper takes over while somebody holds, and stops the server in the end."""
    with new_home() as home:
        with running(home) as server:
            keeper = Home(home).read_state()["keeper"]
            os.kill(keeper, signal.SIGKILL)
            until(lambda: Home(home).read_state().get("keeper") not in (keeper, None), "another keeper")
            until(lambda: server.state()["state"] == "ready" and answers(server.url(APP)), "it is back")
        assert stopped(home)


def test_everything_killed_at_once_starts_again() -> None:
    """Tests that holder, keeper and server killed together leave a home that starts as ever."""
    with new_home() as home:
        with holder(home) as other:
            state = Home(home).read_state()
            for number in (other.pid, state["keeper"], state["server"]):
                os.kill(number, signal.SIGKILL)
        until(lambda: stopped(home), "all are gone")
        with running(home) as server:
            assert answers(server.url(APP))


def test_a_stale_pid_file_does_not_hinder() -> None:
    """Tests a pid file whose number now belongs to something else of the same user, as after a reboot."""
    user = database_user()
    words = {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}
    with new_home() as home:
        with running(home):
            pass
        sleeper = subprocess.Popen(["sleep", "1000"], cwd="/", **words)  # type: ignore[call-overload]
        try:
            pid_file = Home(home).cluster / "postmaster.pid"
            pid_file.write_text(f"{sleeper.pid}\n{pid_file.parent}\n1\n5432\n\n\n\nready\n", encoding="utf-8")
            with running(home) as server:
                assert answers(server.url(APP))
        finally:
            sleeper.kill()
            sleeper.wait()


def test_many_who_start_at_once_share_one_server() -> None:
    """Tests that five processes that start at the same moment meet at one server, and it stops after them."""
    with new_home() as home:
        program = (
            "import sys; from pathlib import Path; from medevac.database import running, APP\n"
            "import psycopg\n"
            "with running(Path(sys.argv[1])) as server:\n"
            "    with psycopg.connect(server.url(APP)) as one: one.execute('SELECT 1')\n"
            "    print(server.state()['server'] is not None)\n"
        )
        started = [
            subprocess.Popen([sys.executable, "-c", program, str(home)], stdout=subprocess.PIPE, text=True)
            for _ in range(5)
        ]
        assert [process.communicate()[0] for process in started] == ["True\n"] * 5
        until(lambda: stopped(home), "the server stops")


def test_a_long_path_gets_a_socket_elsewhere() -> None:
    """Tests that a path too long for a socket still leads to a private one, the same at the next start."""
    with new_home() as home:
        deep = home / ("x" * 60) / ("y" * 60)
        home.mkdir(mode=0o755)
        home.chmod(0o755)
        deep.parent.mkdir()
        folders = []
        for _ in range(2):
            with running(deep) as server:
                assert answers(server.url(APP))
                folders.append(server.socket_folder)
        assert folders[0] == folders[1]
        assert folders[0].stat().st_mode & 0o077 == 0
        folders[0].rmdir()


def test_existing_folders_keep_their_modes() -> None:
    """Tests that a folder that was there before keeps its mode, and so do its parents."""
    with new_home() as home:
        (home / "above").mkdir(parents=True)
        home.chmod(0o751)
        (home / "above").chmod(0o711)
        with running(home / "above" / "medevac"):
            pass
        assert home.stat().st_mode & 0o777 == 0o751
        assert (home / "above").stat().st_mode & 0o777 == 0o711


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_root_runs_it_as_a_system_user() -> None:
    """Tests that the server is not root's, and that a home which its user cannot reach is refused."""
    with new_home() as home, running(home):
        number = server_number(home)
        user = database_user()
        assert user is not None
        assert Path(f"/proc/{number}").stat().st_uid == user.uid != 0
    with new_home() as home:
        home.mkdir(mode=0o700)
        with pytest.raises(DatabaseError, match=r"expected a folder that the system user medevac can reach"):
            running(home / "below").__enter__()
        assert home.stat().st_mode & 0o777 == 0o700


def test_a_server_that_cannot_start_says_why() -> None:
    """Tests that a broken setting is told with the log's own words, and mended without a trace."""
    with new_home() as home:
        with running(home):
            pass
        settings = Home(home).cluster / "postgresql.conf"
        kept = settings.read_bytes()
        settings.write_bytes(kept + b"\nmax_connections = many\n")
        with pytest.raises(DatabaseError, match=r"(?s)does not start.*max_connections"), running(home):
            pass
        settings.write_bytes(kept)
        with running(home) as server:
            assert answers(server.url(APP))


def test_a_foreign_file_in_the_way_is_named(tmp_path: Path) -> None:
    """Tests that a file where the folder should be is refused in a whole sentence."""
    (tmp_path / "data").write_text("something", encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"expected a folder, got a file"), running(tmp_path / "data"):
        pass


def test_the_log_of_the_server_quotes_nothing() -> None:
    """Tests that neither a refused statement nor the row that refused it stands in the server's own log."""
    with new_home() as home:
        with running(home) as server, psycopg.connect(server.url(OWNER), autocommit=True) as connection:
            connection.execute("CREATE TABLE called (name text PRIMARY KEY, born date)")
            connection.execute("INSERT INTO called VALUES ('Olena', '1984-03-17')")
            for statement in (
                "INSERT INTO called VALUES ('Olena', '1984-03-17')",
                "INSERT INTO called VALUES ('Taras', 'Olena')",
                "SELECT 'Olena'::uuid",
                "DO $$ BEGIN RAISE WARNING 'Olena'; RAISE EXCEPTION 'Olena'; END $$",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement.encode())
        log = Home(home).log.read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert not [word for word in ("Olena", "1984", "called") if word in log]
