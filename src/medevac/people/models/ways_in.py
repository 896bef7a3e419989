"""The ways into an account: rows of the sign-in library, to which these proxies give a history."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded


@recorded(secret=("data",))
class RecordedFactor(Authenticator):  # type: ignore[misc]  # the library is not typed
    """A passkey, a one-time code or recovery codes; the secrets in them are not kept."""

    class Meta:
        proxy = True
        app_label = "people"
        verbose_name = _("way to sign in")
        verbose_name_plural = _("ways to sign in")


@recorded(guarded={"people.see_members": ("email",)})
class RecordedAddress(EmailAddress):  # type: ignore[misc]
    """An address that signs in."""

    class Meta:
        proxy = True
        app_label = "people"
        verbose_name = _("address to sign in")
        verbose_name_plural = _("addresses to sign in")


@recorded(guarded={"people.see_members": ("uid",)}, secret=("extra_data",))
class RecordedProvider(SocialAccount):  # type: ignore[misc]
    """A provider's user who signs in as ours; what the provider tells of the person is not kept."""

    class Meta:
        proxy = True
        app_label = "people"
        verbose_name = _("account at a provider")
        verbose_name_plural = _("accounts at a provider")
