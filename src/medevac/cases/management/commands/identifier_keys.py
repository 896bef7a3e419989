"""`medevac identifier-keys`: whether the keys of identifiers from before are needed still; makes all anew."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from medevac.audit.context import Acting, acting
from medevac.cases.services.renewing_keys import Counted, count_all, look_through


class Command(BaseCommand):
    """Counts what older keys have made; with --renew, makes it anew."""

    help = "Make identifiers anew with the present key."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("--renew", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Go through all of it, and say how far it is and what to do then; a key is never printed."""
        count, counted = count_all(), Counted()
        with acting(Acting(kind="service", page="identifier_keys")):
            for counted in look_through(renew=given["renew"]):
                self.stdout.write(f"{counted.seen:,} of {count:,}")
        done = "made anew" if given["renew"] else "to be made anew"
        self.stdout.write(f"Looked at: {counted.seen:,}. Of another key, {done}: {counted.older:,}.")
        if counted.unreadable:
            raise CommandError(
                f"{counted.unreadable:,} cannot be read with any of the keys, and were left as they are. Put "
                "the key that wrote them into MEDEVAC_IDENTIFIER_OTHER_KEYS, and run this again."
            )
        if counted.older and not given["renew"]:
            self.stdout.write("The other keys are needed. Run this with --renew.")
        elif settings.MEDEVAC_IDENTIFIER_OTHER_KEYS:
            self.stdout.write(
                "If web and worker have been restarted with the present key, MEDEVAC_IDENTIFIER_OTHER_KEYS "
                "can be emptied. Keep the old key as long as backups that were made with it."
            )
