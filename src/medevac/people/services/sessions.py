"""Sessions: kept as signings-in when somebody comes in, ended one by one or all together."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from medevac.people.devices import browser_and_system
from medevac.people.models import SignIn, User
from medevac.people.policy import demand
from medevac.people.session_keys import SIGN_IN, STARTED


def keep_sign_in(request: HttpRequest, user: User) -> None:
    """Keep on which device the user came in; once for each session, and anew when its key has changed."""
    key = request.session.session_key
    kept = request.session.get(SIGN_IN, {})
    if key is None or (kept.get("key") == key and kept.get("user") == str(user.pk)):
        return
    browser, system = browser_and_system(request.headers.get("User-Agent", ""))
    with transaction.atomic():
        rows = SignIn.unscoped.filter(pk=kept.get("number"), user=user)
        if not (kept and rows.update(session_key=key)):
            started = datetime.fromtimestamp(request.session[STARTED], UTC)
            facts = {"user": user, "browser": browser, "system": system, "started_at": started}
            # Two requests of a fresh session at once: the second finds the row of the first.
            row, _made = SignIn.unscoped.get_or_create(session_key=key, defaults=facts)
            kept = {"number": str(row.pk)}
    request.session[SIGN_IN] = {**kept, "key": key, "user": str(user.pk)}


@transaction.atomic
def end_session(user: User, sign_in: SignIn) -> None:
    """End one of the user's own sessions."""
    if sign_in.user_id != user.pk:
        demand(user, "people.end_sessions", sign_in.user)
    Session.objects.filter(session_key=sign_in.session_key).delete()
    SignIn.unscoped.filter(pk=sign_in.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=user.pk
    )


@transaction.atomic
def end_sessions_of(actor: User, user: User) -> None:
    """End every session of somebody else."""
    demand(actor, "people.end_sessions", user)
    end_all_sessions(user, actor)


@transaction.atomic
def end_all_sessions(user: User, actor: User | None = None, *, but: str | None = None) -> None:
    """End every session of a user.

    Parameters
    ----------
    user
        Whose sessions.
    actor
        Who ends them; the user where nobody is named.
    but
        The key of the one session that goes on. It must be bound to the user anew, with
        `update_session_auth_hash`, since the number that it is bound to is raised for all.
    """
    User.objects.filter(pk=user.pk).update(session_number=F("session_number") + 1)
    rows = SignIn.unscoped.filter(user=user, ended_at__isnull=True).exclude(session_key=but or "")
    going = Session.objects.filter(session_key__in=rows.values("session_key"))
    keys = list(going.values_list("session_key", flat=True))  # what ended by itself has not ended now
    rows.filter(session_key__in=keys).update(ended_at=timezone.now(), ended_by=(actor or user).pk)
    Session.objects.filter(session_key__in=keys).delete()
