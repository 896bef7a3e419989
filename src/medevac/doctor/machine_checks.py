"""Checks of the machine: its clock, its disk, and who runs the service."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from medevac.database import connect
from medevac.doctor.finding import Finding
from medevac.doctor.registry import Check, Installation

MOST_APART = timedelta(seconds=2)
LEAST_BYTES = 1_000_000_000
LITTLE_BYTES = 5_000_000_000
LEAST_FREE_FILES = 10_000
TIME_ERROR = 5  # what Linux's adjtimex answers for a clock that nothing sets
SIZE_OF_TIMEX = 512  # the kernel fills about 208 bytes


def _clock(installation: Installation) -> Iterator[Finding]:
    now = datetime.now(UTC)
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if now < built - timedelta(days=1):
        yield Finding.fault(
            f"The machine's clock says {now:%Y-%m-%d %H:%M} UTC, before medevac was installed.",
            "Set the clock, and have it kept right by a time service such as chrony.",
        )
    apart = _apart(installation)
    if apart is not None and apart > MOST_APART:
        yield Finding.fault(
            f"The clocks of this machine and of the database's differ by {apart.total_seconds():.0f} "
            f"seconds.",
            "Have both kept right by a time service such as chrony.",
        )
    if _is_unsynchronised():
        yield Finding.warning(
            "No time service sets this machine's clock, so times on the record may drift.",
            "Install one, such as chrony or systemd-timesyncd.",
        )
    elif apart is None or apart <= MOST_APART:
        yield Finding.well("The clock is right, as far as can be seen from here.")


def _apart(installation: Installation) -> timedelta | None:
    """How far the database's clock is from ours, at least: what the question itself took is taken off."""
    if installation.addresses is None:
        return None
    with connect(installation.addresses.app) as connection:
        before = datetime.now(UTC)
        row = connection.execute("SELECT clock_timestamp()").fetchone()
        after = datetime.now(UTC)
    assert row is not None
    theirs: datetime = row[0]
    return max(before - theirs, theirs - after, timedelta(0))


def _is_unsynchronised() -> bool:
    if sys.platform != "linux":
        return False
    try:
        return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(SIZE_OF_TIMEX))) == TIME_ERROR
    except (OSError, AttributeError):
        return False


def _disk(installation: Installation) -> Iterator[Finding]:
    folder = installation.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB are free where {installation.folder} is"
    if free < LEAST_BYTES:
        yield Finding.fault(
            f"Only {said}; PostgreSQL stops when the disk is full.",
            "Make room, or move the data to a larger disk.",
        )
    elif free < LITTLE_BYTES:
        yield Finding.warning(f"Only {said}.", "Make room before the disk is full.")
    else:
        yield Finding.well(f"{said}.")
    files = os.statvfs(folder)
    if files.f_files and files.f_favail < LEAST_FREE_FILES:
        yield Finding.fault(
            f"The disk where {installation.folder} is takes only {files.f_favail} more files.",
            "Delete files that nobody needs, or move the data to another disk.",
        )


def _user(_: Installation) -> Iterator[Finding]:
    if os.geteuid() == 0:
        yield Finding.warning(
            "medevac runs as root. PostgreSQL has a system user of its own, but web and worker run as root.",
            "Make a user for the service, and start it as that user.",
        )


CHECKS: dict[str, Check] = {"clock": _clock, "disk": _disk, "user": _user}
