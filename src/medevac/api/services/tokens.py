"""Tokens: made, used, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.api.models import Token, TokenUse
from medevac.api.policy import MANAGE
from medevac.api.scopes import scopes as known_scopes
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.policy.letting_in import roles_to_give
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role, grants_of

PREFIX = "mdv_"
LONGEST_DAYS = 366


class TooManyRequestsError(Exception):
    """The token has been used more often in this minute than it may."""


@transaction.atomic
def make_token(
    actor: User,
    organisation: Organisation,
    *,
    name: str,
    role: Role,
    scopes: Sequence[str],
    days: int,
) -> tuple[Token, str]:
    """Make a token for a program of an organisation.

    Returns
    -------
    The row, and the token itself, which is told this once and kept nowhere.
    """
    demand(actor, MANAGE, organisation)
    if role not in roles_to_give(actor, organisation):
        raise RefusedError(
            _("Expected a role that you may give in this organisation, got “%(role)s”. Choose another.")
            % {"role": role.label}
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise RefusedError(
            _("Expected 1 to %(most)s days, got %(days)s. Choose fewer.")
            % {"most": LONGEST_DAYS, "days": days}
        )
    _check_scopes(role, scopes)
    told = PREFIX + secrets.token_urlsafe(32)
    token = Token.unscoped.create(
        organisation=organisation,
        name=name.strip(),
        role=role,
        scopes=sorted(set(scopes)),
        digest=digest(told),
        beginning=told[:10],
        made_by=actor.pk,
        expires_at=timezone.now() + timedelta(days=days),
    )
    TokenUse.unscoped.create(token=token)
    return token, told


@transaction.atomic
def revoke_token(actor: User, token: Token) -> None:
    """Take a token back at once; it stays in the list."""
    demand(actor, MANAGE, token)
    kept = Token.unscoped.select_for_update().get(pk=token.pk)
    if kept.revoked_at is None:
        kept.revoked_at, kept.revoked_by = timezone.now(), actor.pk
        kept.save(update_fields=["revoked_at", "revoked_by"])


@transaction.atomic
def use_token(told: str) -> Token | None:
    """The token that a program shows, counted; None where it opens nothing (any more).

    Raises
    ------
    TooManyRequestsError
        Where it has been used too often in this minute.
    """
    rows = Token.unscoped.select_related("organisation")
    token: Token | None = rows.filter(digest=digest(told)).first()
    if token is None or not token.is_open() or token.organisation.closed_at is not None:
        return None
    _count(TokenUse.unscoped.select_for_update().get(token=token), timezone.now())
    return token


def _count(use: TokenUse, now: datetime) -> None:
    """Count one request; the row's lock keeps two at once from being counted as one."""
    minute = now.replace(second=0, microsecond=0)
    if use.minute != minute:
        use.minute, use.requests = minute, 0
    if use.requests >= settings.API_REQUESTS_PER_MINUTE:
        raise TooManyRequestsError
    use.requests += 1
    use.last_used_at = now
    use.save(update_fields=["minute", "requests", "last_used_at"])


def _check_scopes(role: Role, wanted: Sequence[str]) -> None:
    known = known_scopes()
    if not wanted:
        raise RefusedError(_("Expected at least one scope, got none. Choose what the program is to do."))
    for name in wanted:
        if name not in known or role not in grants_of(known[name].action):
            raise RefusedError(
                _("The role “%(role)s” does not include “%(scope)s”. Choose another role or leave it out.")
                % {"role": role.label, "scope": name}
            )


def digest(told: str) -> bytes:
    """What is kept of a token: nobody who reads the table can use it."""
    return hashlib.sha256(told.encode()).digest()
