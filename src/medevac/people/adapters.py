"""What django-allauth asks this room: nobody signs up, and a provider's user must already be known."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from medevac.people.models import User
from medevac.people.notices import Notice, give
from medevac.people.second_factor import PROVIDER_STRONG, provider_vouches


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Accounts come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the library's only message over as a notice; it leaves through the outbox like every other."""
        if template_prefix != "account/email/password_reset_key":
            raise ValueError(
                f'Expected the message "account/email/password_reset_key", got "{template_prefix}". '
                "Write a notice for it here, or switch it off in the settings of signing in."
            )
        user = context["user"]
        # The library builds the link from the request, whose sender may name another port than ours.
        with transaction.atomic(), translation.override(user.language):
            give(
                Notice(
                    kind="password_reset",
                    subject=_("A new password for medevac"),
                    sentences=(
                        _("Somebody has asked for a new password for your account."),
                        _("Open the page below to choose one. If it was not you, do nothing."),
                    ),
                    address=settings.ADDRESS + urlsplit(context["password_reset_url"]).path,
                    language=user.language,
                    user=user.pk,
                    email=email,
                )
            )


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider's users come in where an active account has the address that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A provider makes no accounts either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the provider's user to the account with the same verified address, or refuse with a page."""
        claims = sociallogin.account.extra_data
        if sociallogin.is_existing:
            self._keep_vouching(request, sociallogin.user, claims)
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        known = User.objects.filter(email__in=[email.lower() for email in verified], is_active=True).first()
        if known is None:
            raise ImmediateHttpResponse(render(request, "people/unknown_provider_user.html", status=403))
        sociallogin.connect(request, known)
        self._keep_vouching(request, known, claims)

    @staticmethod
    def _keep_vouching(request: HttpRequest, user: User, claims: dict[str, Any]) -> None:
        """Remember in the session whether the provider asked for a second factor."""
        parts = [
            part
            for part in (claims, claims.get("id_token"), claims.get("userinfo"))
            if isinstance(part, dict)
        ]
        if any(provider_vouches(part) for part in parts):
            request.session[PROVIDER_STRONG] = str(user.pk)
