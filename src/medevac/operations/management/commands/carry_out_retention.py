"""`medevac retention`: does what was decided about things whose time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from medevac.operations.services.retention import carry_out, waiting


class Command(BaseCommand):
    """Carries out decided retention runs in batches."""

    help = "Carry out decided retention runs."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("--do", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Name each run; with --do, do it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('audit_look', 'DELETE'), session_user")
            may_remove, role = cursor.fetchone()
        if not may_remove:
            raise CommandError(
                f"Expected the owner of the tables, got {role}, who removes no history. "
                "Set DATABASE_OWNER_URL."
            )
        runs = list(waiting())
        for run in runs:
            self.stdout.write(
                f"{run.pk}: {run.listed_count:,} of {run.kind}, over before {run.before:%Y-%m-%d}."
            )
            if given["do"]:
                gone = sum(carry_out(run))
                run.refresh_from_db()
                self.stdout.write(f"  {gone:,} went; {run.get_state_display()}.")
        if not runs:
            self.stdout.write("Nothing is decided that waits to be done.")
        elif not given["do"]:
            self.stdout.write("Nothing was changed. With --do it is done.")
