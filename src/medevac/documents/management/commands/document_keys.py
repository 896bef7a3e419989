"""`medevac document-keys`: shows the key ring, adds a key and wraps anew, drops keys that nothing needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from medevac.audit.context import Acting, acting
from medevac.documents.keyring import KeyRingError, add_key, drop_keys, read_ring
from medevac.documents.ring_in_use import ring_path
from medevac.documents.services.rewrapping import keys_in_use, rewrap

SETTLED = timedelta(hours=1)  # an upload that began before a new key was there has ended


class Command(BaseCommand):
    """Shows and changes the key ring of documents."""

    help = "Show or change the keys of documents."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("--new", action="store_true")
        parser.add_argument("--drop-unused", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do it, and say which keys there are; a key itself is never printed."""
        try:
            path = ring_path()
            if given["new"]:
                self.stdout.write(f"New key: {add_key(path).name}. It wraps from now on.")
                self._wrap_anew()
            if given["drop_unused"]:
                self._drop(path)
            self._tell(path)
        except KeyRingError as error:
            raise CommandError(str(error)) from None

    def _wrap_anew(self) -> None:
        with acting(Acting(kind="service", page="document_keys")):
            count = sum(rewrap())
        self.stdout.write(f"Wrapped anew: the data keys of {count:,} documents.")

    def _drop(self, path: Path) -> None:
        ring = read_ring(path)
        if datetime.now(UTC) - datetime.fromisoformat(ring.newest.made) < SETTLED:
            raise CommandError(
                "Expected a newest key that is an hour old, since an upload that began before may still be "
                "wrapped by an older one. Nothing was dropped. Run this again in an hour."
            )
        self._wrap_anew()
        unused = {key.name for key in ring.keys} - keys_in_use() - {ring.newest.name}
        drop_keys(path, unused)
        self.stdout.write(f"Dropped: {', '.join(sorted(unused)) or 'none'}.")

    def _tell(self, path: Path) -> None:
        used = keys_in_use()
        ring = read_ring(path)
        for key in ring.keys:
            state = (
                "wraps" if key == ring.newest else "opens older documents" if key.name in used else "unused"
            )
            self.stdout.write(f"{key.name}  made {key.made}  {state}")
        self.stdout.write(
            f"The keys are in {path}. No backup of the database has them: keep a copy elsewhere."
        )
