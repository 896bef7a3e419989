"""Fills the demonstration's database, through the registry that every room fills; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from medevac.people.demonstration import make_demonstration
from medevac.site.demonstration.own_database import is_demonstration


class Command(BaseCommand):
    """Make what is invented, beside the demonstration's own database only."""

    help = "Fill the demonstration's database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every room's maker."""
        with connection.cursor() as cursor:
            own = is_demonstration(cursor)
        if not own:
            raise CommandError(
                "Expected the database of a demonstration, got another, which was left as it is. "
                "Run `medevac demo`, which makes its own."
            )
        make_demonstration()
