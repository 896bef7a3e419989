"""Tests what the doctor says of a machine whose clock is wrong or whose disk is nearly full."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from medevac.database import APP, OWNER, Addresses, Server
from medevac.doctor import Finding, Installation, Weight, machine_checks


def machine(check: str, folder: Path, server: Server | None = None) -> list[Finding]:
    """What one check of the machine finds."""
    addresses = Addresses(server.url(APP), server.url(OWNER), server.home) if server else None
    return list(machine_checks.CHECKS[check](Installation({}, addresses, folder)))


def set_clock(monkeypatch: pytest.MonkeyPatch, apart: timedelta) -> None:
    """Let this process see a clock that is apart from the true one."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + apart

    monkeypatch.setattr(machine_checks, "datetime", Clock)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_apart_from_the_databases(
    embedded_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """Tests a machine an hour behind and before the database's: times on the record would not agree."""
    set_clock(monkeypatch, timedelta(hours=hours))
    found = machine("clock", tmp_path, embedded_server)
    faults = [finding for finding in found if finding.weight is Weight.FAULT]
    assert len(faults) == 1
    assert "clocks of this machine and of the database's differ by 36" in faults[0].sentence
    assert "a time service such as chrony" in faults[0].remedy
    assert not any(finding.weight is Weight.WELL for finding in found)


def test_a_clock_before_the_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests a machine that has lost its clock, as after a change of battery."""
    set_clock(monkeypatch, timedelta(days=-20_000))
    found = machine("clock", tmp_path)
    assert "before medevac was installed" in found[0].sentence
    assert found[0].weight is Weight.FAULT


@pytest.mark.parametrize(
    ("limit", "weight", "sentence"),
    [
        ("LEAST_BYTES", Weight.FAULT, "PostgreSQL stops when the disk is full"),
        ("LITTLE_BYTES", Weight.WARNING, "GB are free where"),
        ("LEAST_FREE_FILES", Weight.FAULT, "more files"),
    ],
)
def test_a_disk_with_too_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, weight: Weight, sentence: str
) -> None:
    """Tests a disk below each limit, raised until this machine's is below it; the folder need not exist."""
    monkeypatch.setattr(machine_checks, limit, 10**18)
    found = machine("disk", tmp_path / "data" / "not-yet")
    told = [finding for finding in found if finding.weight is weight]
    assert len(told) == 1
    assert sentence in told[0].sentence
    assert told[0].remedy


def test_a_service_of_roots_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that web and worker of root are told of, and those of another user are not."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert machine("user", tmp_path)[0].weight is Weight.WARNING
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert machine("user", tmp_path) == []
