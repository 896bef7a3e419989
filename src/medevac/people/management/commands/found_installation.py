"""`medevac found`: makes the first organisation and invites its administrator, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import translation

from medevac.people import services
from medevac.people.refusals import RefusedError
from medevac.people.transliteration import latin


class Command(BaseCommand):
    """Founds the installation."""

    help = "Found the installation."
    requires_system_checks: list[str] = []  # noqa: RUF012  # the library's own way to say none

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command line."""
        parser.add_argument("name")
        parser.add_argument("--latin-name", default="")
        parser.add_argument("--country", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--language", default="en")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do it, and print the link, which works once."""
        name = " ".join(given["name"].split())
        try:
            validate_email(given["email"].strip())
        except ValidationError:
            raise CommandError("--email: expected an e-mail address, got another thing.") from None
        languages = [code for code, _name in settings.LANGUAGES]
        if given["language"] not in languages:
            raise CommandError(
                f"--language: expected one of {', '.join(languages)}, got “{given['language']}”."
            )
        try:
            with translation.override("en"):
                sent = services.found(
                    name=name,
                    latin_name=given["latin_name"].strip() or latin(name),
                    country=given["country"].strip().upper(),
                    email=given["email"],
                    language=given["language"],
                )
        except ValidationError as error:
            raise CommandError("\n".join(_faults(error))) from None
        except RefusedError as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"Founded: {name}. {sent.invitation.email} is invited as its administrator.")
        self.stdout.write(
            f"The link below works once, for {settings.INVITATION_DAYS} days. Pass it to nobody else:"
        )
        self.stdout.write(sent.link)


def _faults(error: ValidationError) -> list[str]:
    return [f"{field}: {' '.join(told)}" for field, told in error.message_dict.items()]
