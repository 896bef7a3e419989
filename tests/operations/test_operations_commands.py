"""Tests `medevac forget` and `medevac retention` as they are run: processes of their own, a real database."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from somebody_known import KNOWN, REASON, tables_with, zoriana
from world import World

from medevac.audit.history import recordings
from medevac.database import APP, OWNER, Server
from medevac.messages.models import Delivery, Event, Message
from medevac.operations.models import RetentionRun, Tombstone
from medevac.operations.rules import State
from medevac.operations.services import legal_holds, retention
from medevac.people.models import Invitation
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(embedded_server: Server) -> Command:
    """Runs a command of medevac on the database of the tests, as web, worker and owner reach it."""
    database = str(connection.settings_dict["NAME"])
    hidden = ("DJANGO_SETTINGS_MODULE", "MEDEVAC_DATA")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    kept |= {
        "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
        "MEDEVAC_IDENTIFIER_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": embedded_server.url(APP, database),
        "DATABASE_OWNER_URL": embedded_server.url(OWNER, database),
    }

    def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "medevac.cli", *map(str, words)],
            env=kept | more,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def keys(embedded_server: Server, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The invented room of documents: its table, its folder, and the variables that a command needs."""
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(embedded_server.url(OWNER, database), autocommit=True) as owner:
        owner.execute("CREATE TABLE invented_key (number integer PRIMARY KEY, person uuid, wrapped bytea)")
        try:
            yield {
                "DJANGO_SETTINGS_MODULE": "invented_documents.settings",
                "PYTHONPATH": str(Path(__file__).parent),
                "INVENTED_KEYS": str(tmp_path),
            }
        finally:
            owner.execute("DROP TABLE invented_key")


def lines_since(moment: datetime) -> list[dict[str, Any]]:
    """Who acted, of every line of history that was written since."""
    events = [recording.events for recording in recordings().values()]
    return [line.pgh_context for kind in events for line in kind.objects.filter(pgh_created_at__gte=moment)]


def test_forget(world: World, command: Command, keys: dict[str, str], tmp_path: Path) -> None:
    """Tests refusal, dry run and deed: values, history, messages and keys go, a tombstone stays."""
    user, other = zoriana(world), uuid4()
    for number, owner in enumerate((user.pk, user.pk, other), start=1):
        (tmp_path / f"{number}.key").write_bytes(b"key")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO invented_key VALUES (%s, %s, 'wrapped')", [number, owner])
    auditor, administrator = world.people[Role.AUDITOR], world.people[Role.ADMINISTRATOR]
    words = ["forget", user.pk, "--asked-by", auditor.email, "--reason", REASON]
    before = {value: tables_with(value) for value in KNOWN}
    began = timezone.now()

    alone = command(*words, "--agreed-by", auditor.email, "--do", **keys)
    assert alone.returncode == 2
    assert "Expected two different people" in alone.stderr
    as_web = command(
        *words, "--agreed-by", administrator.email, "--do", **keys, DATABASE_OWNER_URL=_as_app(connection)
    )
    assert as_web.returncode == 2
    assert "Expected the owner of the tables, got medevac_app" in as_web.stderr
    tried = command(*words, "--agreed-by", administrator.email, **keys)
    assert tried.returncode == 0, tried.stderr
    assert "Nothing was changed: this was the dry run." in tried.stdout
    assert {value: tables_with(value) for value in KNOWN} == before
    assert len(list(tmp_path.iterdir())) == 3
    assert lines_since(began) == []

    done = command(*words, "--agreed-by", administrator.email, "--do", **keys)
    assert done.returncode == 0, done.stderr
    stone = Tombstone.unscoped.get()
    assert f"Forgotten. The tombstone is {stone.pk}." in done.stdout
    assert (stone.asked_by, stone.agreed_by, stone.reason) == (auditor.pk, administrator.pk, REASON)
    assert (stone.counts["people_user"], stone.counts["keys of documents"]) == (1, 2)
    assert {value: tables_with(value) for value in KNOWN} == {value: [] for value in KNOWN}
    assert [path.name for path in tmp_path.iterdir()] == ["3.key"]
    for model in (Message, Delivery, Event):
        assert not model.unscoped.filter(user=user.pk).exists()
    said = done.stdout + done.stderr + tried.stdout + tried.stderr
    assert not any(value in said for value in KNOWN)
    lines = lines_since(began)
    assert lines
    for line in lines:
        assert (line["kind"], line["page"]) == ("service", "command:forget")
        assert str(auditor.pk) in line["reason"]
        assert str(administrator.pk) in line["reason"]


def _as_app(opened: Any) -> str:
    given = opened.settings_dict
    return f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}"


def test_retention(world: World, command: Command) -> None:
    """Tests that nothing goes without a decision or the word --do, and that a legal hold keeps its thing."""
    administrator = world.people[Role.ADMINISTRATOR]
    over = timezone.now() - timedelta(days=400)
    rows = [
        Invitation.unscoped.create(
            email=f"nobody{number}@example.org",
            organisation=world["hospital"],
            role=Role.HOSPITAL_COORDINATOR,
            token_digest=number.to_bytes(32),
            invited_by=uuid4(),
            invited_at=over,
            expires_at=over,
        )
        for number in range(1, 4)
    ]
    run = retention.list_what_would_go(administrator, "people.invitation")
    undecided = command("retention", "--do")
    assert undecided.returncode == 0, undecided.stderr
    assert "Nothing is decided that waits to be done." in undecided.stdout
    retention.decide(administrator, run, reason="They ran out more than a year ago.")
    legal_holds.set_legal_hold(
        world.people[Role.AUDITOR],
        kind="people.invitation",
        thing=rows[0].pk,
        reason="A court has asked for it in writing.",
    )
    began = timezone.now()
    tried = command("retention")
    assert "3 of people.invitation" in tried.stdout
    assert "Nothing was changed." in tried.stdout
    assert Invitation.unscoped.count() == 3
    assert lines_since(began) == []

    done = command("retention", "--do")
    assert done.returncode == 0, done.stderr
    assert "2 went" in done.stdout
    assert [row.pk for row in Invitation.unscoped.all()] == [rows[0].pk]
    events = recordings()["people.invitation"].events.objects
    assert set(events.values_list("pgh_obj_id", flat=True)) == {rows[0].pk}
    assert RetentionRun.unscoped.get().state == State.DONE
    lines = lines_since(began)
    assert {(line["kind"], line["page"], line["reason"]) for line in lines} == {
        ("service", "command:retention", "They ran out more than a year ago.")
    }
