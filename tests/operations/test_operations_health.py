"""Tests that machines which watch get true answers, without a host name, a session or a person in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from medevac.messages.models import Delivery
from medevac.operations import readiness
from medevac.operations.metrics import FOLDER_VARIABLE, count_request
from medevac.operations.readiness import Answer, register_check

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


@pytest.fixture
def a_worker() -> None:
    """A worker that has just shown that it lives."""
    _beat(0)


def _beat(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds],
        )


@pytest.fixture
def own_check() -> Iterator[list[Answer]]:
    """A check of another room, whose answer a test decides."""
    answer: list[Answer] = [Answer(True, "All is well.")]
    register_check("own")(lambda: answer[0])
    yield answer
    readiness.forget_check("own")


def test_live_asks_nothing(django_assert_num_queries: object) -> None:
    """Tests that a process is alive without the database, whatever host name the probe uses."""
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = Client().get("/health/live", headers={"Host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-ID"]


def test_ready_when_everything_is(a_worker: None, own_check: list[Answer]) -> None:
    """Tests the answer to a probe from anywhere: names of checks, no sentences."""
    answer = Client(REMOTE_ADDR="203.0.113.9").get("/health/ready", headers={"Host": "10.0.0.7"})
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {
            "database": True,
            "migrations": True,
            "worker": True,
            "jobs": True,
            "outbox": True,
            "own": True,
        },
    }


def test_not_ready_says_which_check_and_why(a_worker: None, own_check: list[Answer]) -> None:
    """Tests that another room's check counts, and that whoever watches reads its sentence and figures."""
    own_check[0] = Answer(False, "A row has waited for 900 s.", (("oldest_age_seconds", 900.0),))
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["own"] == {
        "ready": False,
        "sentence": "A row has waited for 900 s.",
        "oldest_age_seconds": 900.0,
    }
    through_a_proxy = Client().get("/health/ready", headers={"X-Forwarded-For": "203.0.113.9"})
    assert through_a_proxy.json()["checks"]["own"] is False


def test_a_check_that_breaks_hides_no_other(a_worker: None) -> None:
    """Tests that a broken check and a refused statement are not ready, and the rest still answer."""

    def breaks() -> Answer:
        raise RuntimeError("broken")

    def refused() -> Answer:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_that_name")
        return Answer(True, "")

    register_check("breaks")(breaks)
    register_check("refused")(refused)
    try:
        checks = Client().get("/health/ready").json()["checks"]
    finally:
        readiness.forget_check("breaks")
        readiness.forget_check("refused")
    assert checks["breaks"] == {"ready": False, "sentence": "The check itself broke; the log says where."}
    assert checks["refused"] == checks["breaks"]
    assert checks["database"]["ready"]


@pytest.mark.parametrize(
    ("seconds", "ready", "sentence"),
    [
        (None, False, "No worker has ever run"),
        (0, True, "A worker lives."),
        (900, False, "No worker has shown"),
    ],
)
def test_the_heartbeat_of_workers(seconds: int | None, ready: bool, sentence: str) -> None:
    """Tests no worker, one that lives, and one that fell silent a quarter of an hour ago."""
    if seconds is not None:
        _beat(seconds)
    found = Client().get("/health/ready").json()["checks"]["worker"]
    assert found["ready"] is ready
    assert found["sentence"].startswith(sentence)


def test_the_oldest_job(a_worker: None) -> None:
    """Tests that a job which could be done counts from when it could, and one for tomorrow does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES"
            " ('default', 'late', now() - interval '20 minutes'),"
            " ('default', 'tomorrow', now() + interval '1 day')"
        )
    found = Client().get("/health/ready").json()["checks"]["jobs"]
    assert found["ready"] is False
    assert 1199 <= found["oldest_age_seconds"] <= 1300


def test_missing_migrations() -> None:
    """Tests that a database of an older version is not ready, and of a newer one neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', now())"
        )
    found = Client().get("/health/ready").json()["checks"]["migrations"]
    assert (found["ready"], found["unknown_count"]) == (False, 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
    found = Client().get("/health/ready").json()["checks"]["migrations"]
    assert (found["ready"], found["missing_count"] > 0) == (False, True)


def test_metrics_for_whom() -> None:
    """Tests that figures are for allowed addresses, straight, or for the token; others get 401."""
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 401
    assert Client().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 200  # from here
    far = Client(REMOTE_ADDR="203.0.113.9")
    assert far.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401
    with override_settings(METRICS_TOKEN=TOKEN):
        assert far.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert far.get("/metrics", headers={"Authorization": "Bearer ключ"}).status_code == 401
    with override_settings(METRICS_FROM=["203.0.113.0/24"]):
        assert far.get("/metrics").status_code == 200
        assert Client().get("/metrics").status_code == 401


def test_metrics_say_how_the_service_fares(a_worker: None) -> None:
    """Tests counts by page and status, and that neither an address nor an invented verb becomes a label."""
    Client().get("/sign-in/login/", {"who": "olena@example.org"})
    Client().get("/nothing/olena@example.org/")
    count_request("start", "OLENA", 200, 0.01)
    text = Client().get("/metrics").text
    assert 'medevac_ready{check="database"} 1.0' in text
    assert 'medevac_requests_total{page="account_login",status="200",verb="GET"}' in text
    assert 'page="none",status="404"' in text
    assert 'verb="other"' in text
    assert "olena" not in text.lower()


@pytest.mark.parametrize(("minutes", "ready"), [(29, True), (31, False)])
def test_the_oldest_row_of_the_outbox(a_worker: None, minutes: int, ready: bool) -> None:
    """Tests a message that has been due for less and for more than half an hour; one for later counts not."""
    for number, due in enumerate((-minutes, 600)):
        Delivery.unscoped.create(
            channel="email",
            kind="people.invitation",
            recipient="nobody@example.org",
            reference=f"<{number}@example.org>",
            state="waiting",
            due_at=timezone.now() + timedelta(minutes=due),
        )
    found = Client().get("/health/ready").json()["checks"]["outbox"]
    assert (found["ready"], found["waiting_count"]) == (ready, 1)
    assert "nobody" not in found["sentence"]


COUNTS = """
import django
django.setup()
from medevac.operations.metrics import count_request, counted
count_request("start", "GET", 200, 0.01)
print(counted().decode())
"""


def test_several_processes_tell_their_sum(tmp_path: Path) -> None:
    """Tests that a second web process tells the requests of the first as well."""
    shared = os.environ | {FOLDER_VARIABLE: str(tmp_path), "DJANGO_SETTINGS_MODULE": "medevac.site.settings"}
    words = [sys.executable, "-c", COUNTS]
    told = [
        subprocess.run(words, env=shared, capture_output=True, text=True, check=True).stdout for _ in range(2)
    ]
    line = 'medevac_requests_total{page="start",status="200",verb="GET"}'
    assert f"{line} 1.0" in told[0]
    assert f"{line} 2.0" in told[1]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_waited_for_once() -> None:
    """Tests the answer without a database: 503, every check says no, and only the first has asked."""
    asked = []
    register_check("own")(lambda: asked.append("own") or Answer(True, ""))  # type: ignore[func-returns-value]
    connection.close()
    host = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = Client().get("/health/ready")
        assert Client().get("/health/live").status_code == 200
    finally:
        readiness.forget_check("own")
        connection.close()
        connection.settings_dict["HOST"] = host
    assert answer.status_code == 503
    assert {check["sentence"] for check in answer.json()["checks"].values()} == {
        "The database does not answer."
    }
    assert asked == []
