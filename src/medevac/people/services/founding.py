"""The founding of an installation: its first organisation and the invitation of its first administrator."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from medevac.people.models import Organisation
from medevac.people.organisation_kinds import Kind
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.invitations import Sent, send_invitation

FOUNDING_LOCK = 7_238_513
NOBODY = UUID(int=0)  # founded by whoever runs the service, who has no account


@transaction.atomic
def found(*, name: str, latin_name: str, country: str, email: str, language: str) -> Sent:
    """Found the installation, once: from the command line only, since nobody can have a right before it.

    Returns
    -------
    The invitation of the first administrator with its link, which works once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOUNDING_LOCK])
    if Organisation.unscoped.exists():
        raise RefusedError(_("medevac has been founded already. Its administrators invite everybody else."))
    owner = Organisation(name=name, latin_name=latin_name, kind=Kind.OWNER, country=country)
    owner.full_clean(validate_unique=False, validate_constraints=False)
    owner.save(force_insert=True)
    return send_invitation(
        actor=NOBODY,
        by=name,
        email=email.strip().lower(),
        organisation=owner,
        role=Role.ADMINISTRATOR,
        language=language,
    )
