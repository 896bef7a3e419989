"""What the web service adds to `medevac doctor`: its keys, its mail server, and its migrations."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator

from django.conf import settings

from medevac.doctor import Finding, Installation, register
from medevac.site.settings.environment import MAKE_SECRET

LEAST_DIFFERENT = 16  # a random key of 50 characters has more different ones
ANSWER_SECONDS = 10


@register("keys")
def keys(_: Installation) -> Iterator[Finding]:
    """Whether the key that signs sessions and addresses can be one that nobody guesses."""
    if len(set(settings.SECRET_KEY)) < LEAST_DIFFERENT:
        yield Finding.fault(
            f"MEDEVAC_SECRET_KEY has fewer than {LEAST_DIFFERENT} different characters, so it was not made "
            f"at random.",
            f"Make one with {MAKE_SECRET}. Everybody must sign in again.",
        )
        return
    yield Finding.well("MEDEVAC_SECRET_KEY looks random. No backup of the database has it: keep a copy.")


@register("mail")
def mail(_: Installation) -> Iterator[Finding]:
    """Whether the mail server takes us in: greeting, encryption and login. No message is sent."""
    if not settings.EMAIL_HOST:
        yield Finding.warning(
            "No mail server is set, so no e-mail leaves; messages are seen only by those who sign in.",
            "Set MEDEVAC_MAIL_HOST, and the variables beside it.",
        )
        return
    place = f"{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=ANSWER_SECONDS) as server:
            _sign_in(server)
    except (OSError, smtplib.SMTPException) as error:
        yield Finding.fault(
            f"The mail server ({place}) does not take us in: {_said(error)}.",
            "Check MEDEVAC_MAIL_HOST, _PORT, _USER, _PASSWORD and _TLS, and that no firewall is between.",
        )
        return
    yield Finding.well(f"The mail server ({place}) takes us in.")
    if not settings.EMAIL_USE_TLS:
        yield Finding.warning(
            "Mail is handed over in the clear.",
            "Set MEDEVAC_MAIL_TLS to yes, unless the server is on this machine.",
        )


def _sign_in(server: smtplib.SMTP) -> None:
    server.ehlo()
    if settings.EMAIL_USE_TLS:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return " ".join(str(error).split()) or type(error).__name__


@register("migrations")
def migrations(installation: Installation) -> Iterator[Finding]:
    """Whether the database is of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if installation.addresses is None:
        return
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    connection.close()
    if unknown:
        yield Finding.fault(
            f"The database has migrations that this medevac does not know, such as {'.'.join(unknown[0])}: "
            f"it was used by a newer version.",
            "Install that version again, or restore a backup that was made before it.",
        )
    elif missing:
        yield Finding.fault(f"The database lacks {len(missing)} migrations.", "Run `medevac migrate`.")
    else:
        yield Finding.well("The database is of this version: no migration is missing.")
