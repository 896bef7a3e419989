"""Whether a session has shown a second factor: passkey, one-time code, or a provider that vouches."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from medevac.people.models import User
from medevac.people.services.sessions import end_all_sessions

PROVIDER_STRONG = "people.provider_second_factor"


def signed_in_strongly(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor."""
    if request.session.get(PROVIDER_STRONG) == str(request.user.pk):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def locked_out_next_time(request: HttpRequest) -> bool:
    """Whether the user could not come in again: no password, no passkey, and not here through a provider."""
    user = request.user
    if not isinstance(user, User) or user.has_usable_password() or is_mfa_enabled(user):
        return False
    return all(
        record.get("method") != "socialaccount" for record in get_authentication_records(request, user)
    )


def provider_vouches(claims: dict[str, Any]) -> bool:
    """Whether a provider's claims say that it asked for a second factor; the settings name the values."""
    told = claims.get("amr", [])
    words = {claims.get("acr"), *(told if isinstance(told, list) else [told])}
    return bool(words & set(settings.ENVIRONMENT["MEDEVAC_OIDC_STRONG"]))


def count_new_factor(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """Count a new factor as shown in this session, and end the others, which never showed it."""
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        return  # they come with a factor, and show nothing by themselves
    facts = {"id": authenticator.pk, "type": authenticator.type}
    record_authentication(request, user, "mfa", reauthenticated=True, **facts)
    end_all_sessions(user, but=request.session.session_key)
    user.refresh_from_db(fields=["session_number"])
    update_session_auth_hash(request, user)


def listen() -> None:
    """Hear of new factors; called in AppConfig.ready()."""
    authenticator_added.connect(count_new_factor, dispatch_uid="people.count_new_factor")
