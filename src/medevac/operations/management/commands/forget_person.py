"""`medevac forget`: has a person forgotten, for two people with the right and a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from medevac.operations.forgetting import Person
from medevac.operations.models import Tombstone
from medevac.operations.services.forgetting import CannotForgetError, forget
from medevac.people.models import User


class Command(BaseCommand):
    """Forgets a person, or tries it."""

    help = "Forget a person."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("kind")
        parser.add_argument("number", type=UUID)
        parser.add_argument("--asked-by", required=True)
        parser.add_argument("--agreed-by", required=True)
        parser.add_argument("--reason", required=True)
        parser.add_argument("--do", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do it, and say what went without saying what it was."""
        try:
            tombstone = forget(
                Person(given["kind"], given["number"]),
                asked_by=_user("--asked-by", given["asked_by"]),
                agreed_by=_user("--agreed-by", given["agreed_by"]),
                reason=given["reason"],
                do=given["do"],
            )
        except CannotForgetError as error:
            raise CommandError(str(error)) from None
        self._tell(tombstone, done=given["do"])

    def _tell(self, tombstone: Tombstone, *, done: bool) -> None:
        for what, count in tombstone.counts.items():
            self.stdout.write(f"{count:8,}  {what}")
        if not done:
            self.stdout.write("Nothing was changed: this was the dry run. With --do it is done.")
            return
        self.stdout.write(
            f"Forgotten. The tombstone is {tombstone.pk}. Backups made before still have it: see how long "
            "they are kept."
        )


def _user(which: str, address: str) -> User:
    user = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if user is None:
        raise CannotForgetError(f"{which}: expected the e-mail address of an active user, got another.")
    return user
