"""`medevac doctor`: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from medevac.cli.database_options import DataFolder
from medevac.cli.screen import ExitCode, line, output

if TYPE_CHECKING:
    from medevac.database import Addresses
    from medevac.doctor import Examined, Finding

STYLES = {"fault": "bold red", "warning": "yellow", "well": "green"}
WORDS = {"fault": "FAULT  ", "warning": "warning", "well": "well   "}


def doctor(data: DataFolder = None) -> None:
    """Look for what is wrong with the installation, and say how to mend it.

    Exit codes: 0 nothing must be mended, 1 something must, 2 bad usage.
    """
    from medevac.database.address import default_home
    from medevac.doctor import Examined, Installation, examine
    from medevac.doctor.examining import healthy

    with ExitStack() as stack:
        addresses, finding = _database(stack, data)
        examined = [Examined("database", finding)] if finding else []
        settings = _load_rooms(addresses)
        examined += [Examined("settings", settings)] if settings else []
        folder = addresses.home if addresses and addresses.home else data or default_home()
        examined += examine(Installation(dict(os.environ), addresses, folder))
    for one in examined:
        _print(one)
    if not healthy(examined):
        raise typer.Exit(ExitCode.RULES_BROKEN)


def _database(stack: ExitStack, data: Path | None) -> tuple[Addresses | None, Finding | None]:
    from medevac.database import DatabaseError, connect, using_database
    from medevac.doctor import Finding

    try:
        addresses = stack.enter_context(using_database(data))
        connect(addresses.app).close()
    except DatabaseError as error:
        said = str(error)
        return None, Finding.fault(said, "Until the database answers, nothing in it can be examined.")
    return addresses, None


def _load_rooms(addresses: Addresses | None) -> Finding | None:
    """Let the rooms of the web service add their checks; where Django does not start, say why."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    from medevac.cli.service.programs import SETTINGS_MODULE
    from medevac.doctor import Finding

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    if addresses:
        os.environ["DATABASE_URL"] = addresses.app
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return Finding.fault(
            str(error), "Mend the settings; keys and mail are examined when they can be read."
        )
    return None


def _print(one: Examined) -> None:
    finding = one.finding
    console = output()
    line(console, f"{WORDS[finding.weight]}  {one.name}: {finding.sentence}", STYLES[finding.weight])
    if finding.remedy:
        line(console, f"         {finding.remedy}")
