"""Where this room and those below it keep the personal values of a user."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db.models import Q

from medevac.audit.history import recordings
from medevac.audit.models import Export, Look
from medevac.operations.forgetting import (
    Destroyed,
    Emptied,
    Kind,
    Person,
    Removed,
    Trace,
    register_person,
    register_text,
    register_traces,
)
from medevac.operations.models import LegalHold, RetentionRun
from medevac.people.models import AddressChange, EmergencyAccess, Invitation, SignIn, User

NAMED_BY = ("name", "latin_name", "email", "phone")
NO_NAME = "—"


def register_own_traces() -> None:
    """Add users as a kind of person, and every field in which people write freely."""
    register_person(Kind(User, values=_values, refusal=_refusal))
    register_traces("people.user")(_traces)
    for model, field in (
        (Look, "reason"),
        (Export, "reason"),
        (EmergencyAccess, "reason"),
        (EmergencyAccess, "verdict"),
        (RetentionRun, "reason"),
        (LegalHold, "reason"),
        (LegalHold, "lifted_because"),
    ):
        register_text(model, field)


def _values(pk: UUID) -> frozenset[str]:
    """What the user is called and was called before."""
    events = recordings()["people.user"].events.objects.filter(pgh_obj_id=pk).values_list(*NAMED_BY)
    rows = [*User.objects.filter(pk=pk).values_list(*NAMED_BY), *events]
    return frozenset(value for row in rows for value in row if value) | _addresses(pk)


def _addresses(pk: UUID) -> frozenset[str]:
    events = recordings()["account.emailaddress"].events.objects.filter(user_id=pk)
    former = recordings()["people.user"].events.objects.filter(pgh_obj_id=pk)
    found = {
        *User.objects.filter(pk=pk).values_list("email", flat=True),
        *former.values_list("email", flat=True),
        *EmailAddress.objects.filter(user_id=pk).values_list("email", flat=True),
        *events.values_list("email", flat=True),
    }
    return frozenset(found)


def _refusal(pk: UUID) -> str | None:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        return f"Expected the number of a user, got {pk}, which no user has."
    if user.is_active:
        return "Expected a deactivated user: deactivate the account first, on the page of the person."
    return None


def _traces(person: Person) -> Iterator[Trace]:
    addresses = _addresses(person.pk)
    nobody = f"forgotten-{person.pk.hex}@forgotten.invalid"
    yield Removed(EmailAddress, Q(user_id=person.pk))
    yield Removed(Authenticator, Q(user_id=person.pk))
    yield Removed(SocialAccount, Q(user_id=person.pk))
    yield Removed(SignIn, Q(user_id=person.pk))
    yield Emptied(Invitation, Q(email__in=addresses) | Q(accepted_by=person.pk), {"email": nobody})
    yield Emptied(AddressChange, Q(user_id=person.pk), {"old_email": nobody, "new_email": nobody})
    yield Emptied(
        User,
        Q(id=person.pk),
        {"email": nobody, "name": NO_NAME, "latin_name": NO_NAME, "phone": "", "password": "!"},
    )
    yield Destroyed("sessions", _end_sessions(person.pk))
    cache.clear()  # limits of signing in are kept by address, and nobody can tell whose a line is
    yield Destroyed("caches", 1)


def _end_sessions(pk: UUID) -> int:
    """Delete every session of the user: the sign-in library keeps the address in it."""
    keys = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(pk)
    ]
    return Session.objects.filter(pk__in=keys).delete()[0]
