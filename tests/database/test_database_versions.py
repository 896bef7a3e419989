"""Tests of what every supported server must do, also the oldest."""

from __future__ import annotations

import os

import psycopg
import pytest

from medevac.database import APP, OWNER, DatabaseError, Server, connect
from medevac.database.address import OLDEST_SERVER

pytestmark = pytest.mark.any_postgresql


def test_the_server_is_the_one_that_was_meant(embedded_server: Server) -> None:
    """Tests the version, so that a run on the oldest server cannot quietly be one on the newest."""
    with connect(embedded_server.url(APP)) as connection:
        version = connection.info.server_version // 10_000
    assert version == int(os.environ.get("MEDEVAC_TEST_VERSION", "18"))
    assert version >= OLDEST_SERVER


@pytest.mark.django_db
def test_every_migration_runs() -> None:
    """Tests that the database of the tests, which the owner has migrated, lacks none."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    assert executor.loader.applied_migrations
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_every_constraint_and_trigger_of_the_models_is_there() -> None:
    """Tests that the server has each rule that the models name, so that none was lost on the way."""
    import pgtrigger
    from django.apps import apps
    from django.db import connection

    models = [model for model in apps.get_models() if model.__module__.startswith("medevac.")]
    rules = {rule.name for model in models for rule in (*model._meta.constraints, *model._meta.indexes)}
    triggers = {
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if model.__module__.startswith("medevac.")
    }
    assert len(rules) > 50
    assert len(triggers) > 50
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE convalidated UNION SELECT relname FROM pg_class"
        )
        assert rules - {name for (name,) in cursor.fetchall()} == set()
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        assert triggers - {name for (name,) in cursor.fetchall()} == set()


def test_new_tables_take_rows_from_the_application_and_nothing_else(embedded_server: Server) -> None:
    """Tests the default rights on a table and its sequence, made by the owner after everything was set up."""
    with psycopg.connect(embedded_server.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE new (id bigserial PRIMARY KEY, name citext, during tstzrange)")
        owner.execute("ALTER TABLE new ADD EXCLUDE USING gist (lower(name::text) WITH =, during WITH &&)")
        try:
            with psycopg.connect(embedded_server.url(APP), autocommit=True) as app:
                app.execute("INSERT INTO new (name, during) VALUES ('Київ', '[2026-01-01, 2026-02-01)')")
                with pytest.raises(psycopg.errors.ExclusionViolation):
                    app.execute("INSERT INTO new (name, during) VALUES ('КИЇВ', '[2026-01-31, 2026-02-02)')")
                for refused in ("TRUNCATE new", "DROP TABLE new", "ALTER TABLE new ADD more text"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        app.execute(refused.encode())
        finally:
            owner.execute("DROP TABLE new")


def test_an_older_server_is_refused(embedded_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the sentence for a server below the oldest supported: here, every server is."""
    monkeypatch.setattr("medevac.database.address.OLDEST_SERVER", 99)
    with pytest.raises(DatabaseError, match=r"expected PostgreSQL 99 or later, got \d+\. Upgrade"):
        connect(embedded_server.url(APP))
