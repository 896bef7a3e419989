"""Tests what `medevac doctor` says of the record, on a database that it finds closed, open, and silent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from medevac.audit.doctor_check import record
from medevac.database import APP, OWNER, Addresses, Server
from medevac.doctor import Installation

DATABASE = "medevac_test"


@pytest.fixture
def owner(django_db_setup: None, embedded_server: Server) -> Iterator[psycopg.Connection]:
    """Who could open the record."""
    with psycopg.connect(embedded_server.url(OWNER, DATABASE), autocommit=True) as connection:
        yield connection


def said(server: Server) -> list[tuple[str, str]]:
    """Weight and sentence of each finding."""
    addresses = Addresses(server.url(APP, DATABASE), server.url(OWNER, DATABASE), None)
    found = record(Installation(dict(os.environ), addresses, Path("/nowhere")))
    return [(str(finding.weight), finding.sentence) for finding in found]


def test_a_closed_record_is_well(owner: psycopg.Connection, embedded_server: Server) -> None:
    """Tests what is said when all is as it should be."""
    assert said(embedded_server) == [
        ("well", "History is written, and web and worker can change nothing of the record.")
    ]


def test_an_open_table_is_named(owner: psycopg.Connection, embedded_server: Server) -> None:
    """Tests a right that somebody gave by hand."""
    owner.execute("GRANT DELETE ON audit_look TO medevac_app")
    try:
        assert said(embedded_server) == [("fault", "Web and worker could change the record: audit_look.")]
    finally:
        owner.execute("REVOKE DELETE ON audit_look FROM medevac_app")


def test_a_silent_trigger_is_named(owner: psycopg.Connection, embedded_server: Server) -> None:
    """Tests triggers that the owner has switched off."""
    owner.execute("ALTER TABLE people_user DISABLE TRIGGER USER")
    try:
        assert said(embedded_server) == [
            ("fault", "Triggers that write history are switched off: people_user.")
        ]
    finally:
        owner.execute("ALTER TABLE people_user ENABLE TRIGGER USER")


def test_without_a_database_nothing_is_said() -> None:
    """Tests that the check leaves it to others to say that there is none."""
    assert list(record(Installation({}, None, Path("/nowhere")))) == []
