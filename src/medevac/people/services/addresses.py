"""E-mail addresses: a change is asked for, the old address is told, and the new one confirms it by a link."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medevac.people.models import AddressChange, Membership, User
from medevac.people.notices import Notice, give
from medevac.people.policy import demand
from medevac.people.policy.letting_in import demand_over_role
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.sessions import end_all_sessions

VALID_FOR = timedelta(days=2)


@transaction.atomic
def ask_for_address(actor: User, user: User, email: str) -> AddressChange:
    """Ask the new address to confirm that it is the user's. Until then the old one counts.

    The actor is the user, or reaches every membership of the user: whoever has the address of an account can
    ask for a new password to it. An earlier change that waits is withdrawn.
    """
    kept = User.objects.select_for_update().get(pk=user.pk)
    if actor.pk != kept.pk:
        demand(actor, "people.change_addresses", kept)
        rows = Membership.unscoped.not_ended().filter(user=kept).select_related("organisation")
        for row in rows:
            demand_over_role(actor, "people.change_addresses", row.organisation, Role(row.role), row.mission)
    if not kept.is_active:
        raise RefusedError(_("%(name)s is deactivated. Activate the account first.") % {"name": kept.name})
    address = email.strip().lower()
    _must_be_free(address)
    now = timezone.now()
    AddressChange.unscoped.filter(user=kept, confirmed_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_by=actor.pk
    )
    token = secrets.token_urlsafe(32)
    change = AddressChange.unscoped.create(
        user=kept,
        old_email=kept.email,
        new_email=address,
        token_digest=_digest(token),
        asked_by=actor.pk,
        asked_at=now,
        expires_at=now + VALID_FOR,
    )
    give(_confirm_notice(change, kept, token))
    give(_asked_notice(change, kept))
    return change


def open_address_change(token: str) -> AddressChange:
    """The change that a token confirms, if it still does.

    Raises
    ------
    RefusedError
        Where it has been confirmed or withdrawn, is too old, or never was.
    """
    found = AddressChange.unscoped.select_related("user").filter(token_digest=_digest(token)).first()
    return _still_open(found)


@transaction.atomic
def confirm_address(token: str) -> User:
    """Change the address, once. Every session of the user ends, and the old address is told."""
    rows = AddressChange.unscoped.select_for_update()
    change = _still_open(rows.filter(token_digest=_digest(token)).first())
    user = User.objects.select_for_update().get(pk=change.user_id)
    if not user.is_active:
        raise RefusedError(_("This account is deactivated. Ask the coordinator of your organisation."))
    _must_be_free(change.new_email)
    change.confirmed_at = timezone.now()
    change.save(update_fields=["confirmed_at"])
    user.email = change.new_email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    except IntegrityError as error:
        raise RefusedError(_taken()) from error
    end_all_sessions(user)
    give(_done_notice(change, user))
    return user


@transaction.atomic
def withdraw_address_change(actor: User, change: AddressChange) -> None:
    """Withdraw a change that has not been confirmed."""
    kept = AddressChange.unscoped.select_for_update().select_related("user").get(pk=change.pk)
    if actor.pk != kept.user_id:
        demand(actor, "people.change_addresses", kept.user)
    if kept.confirmed_at is not None:
        raise RefusedError(_("The new address has been confirmed already. Change it once more instead."))
    if kept.withdrawn_at is None:
        kept.withdrawn_at, kept.withdrawn_by = timezone.now(), actor.pk
        kept.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _taken() -> str:
    return _("There is already an account with this address. Choose another address.")


def _must_be_free(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise RefusedError(_taken())


def _still_open(change: AddressChange | None) -> AddressChange:
    again = _("Ask for the change of your address once more.")
    if change is None:
        raise RefusedError(
            _("This link does not exist. Check that the whole address was copied.") + " " + again
        )
    if change.confirmed_at is not None:
        raise RefusedError(_("This link has been used: the new address counts. Sign in with it."))
    if change.withdrawn_at is not None:
        raise RefusedError(_("This change has been withdrawn.") + " " + again)
    if change.expires_at <= timezone.now():
        raise RefusedError(_("This link is too old.") + " " + again)
    return change


def _confirm_notice(change: AddressChange, user: User, token: str) -> Notice:
    """To the new address: the link that confirms it."""
    with translation.override(user.language):
        return Notice(
            kind="address_confirm",
            subject=_("Confirm your new e-mail address"),
            sentences=(
                _("Open the page below to confirm that this is your new address in medevac."),
                _("If you do not know what this is about, do nothing: nothing changes without this page."),
            ),
            address=settings.ADDRESS + reverse("people:open_address", args=[token]),
            language=user.language,
            user=user.pk,
            email=change.new_email,
            facts={"change": str(change.pk)},
        )


def _asked_notice(change: AddressChange, user: User) -> Notice:
    """To the old address, while it still counts."""
    with translation.override(user.language):
        return Notice(
            kind="address_asked",
            subject=_("Your e-mail address in medevac is to be changed"),
            sentences=(
                _("Somebody has asked to change the e-mail address of your account."),
                _("If it should not be changed, open the page below and withdraw the change."),
            ),
            address=settings.ADDRESS + reverse("people:account"),
            language=user.language,
            user=user.pk,
            email=change.old_email,
            facts={"change": str(change.pk)},
        )


def _done_notice(change: AddressChange, user: User) -> Notice:
    """To the old address, which is nobody's in the service any more."""
    with translation.override(user.language):
        return Notice(
            kind="address_changed",
            subject=_("Your e-mail address in medevac has been changed"),
            sentences=(
                _("The e-mail address of your account has been changed; this one signs in no longer."),
                _("If it was not you, tell the coordinator of your organisation at once."),
            ),
            address=settings.ADDRESS + reverse("account_login"),
            language=user.language,
            email=change.old_email,
            facts={"change": str(change.pk)},
        )
