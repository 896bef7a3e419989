"""Who signs in. What a user may do follows from memberships, never from the user."""

from __future__ import annotations

from typing import Any
from uuid import uuid4
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded


def check_time_zone(name: str) -> None:
    """Refuse a time zone that the machine's list has not."""
    if name not in available_timezones():
        raise ValidationError(
            _("Expected a time zone such as Europe/Oslo, got “%(name)s”. Choose one of the list."),
            params={"name": name},
        )


class UserManager(BaseUserManager["User"]):
    """Finds users for signing in; lists of users go through the policy."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Keep a new user; without a password, only a passkey or a provider opens the door."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this e-mail address, however its letters are written."""
        return self.get(email__iexact=username)


@recorded(
    guarded={"people.see_members": ("email", "name", "latin_name", "phone")},
    secret=("password",),
)
class User(AbstractBaseUser):
    """One person. The e-mail address is the name to sign in with; the id is public."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As you write it yourself, in your own script.")
    )
    latin_name = models.CharField(
        _("name in Latin letters"),
        max_length=200,
        help_text=_("As in the passport, so that all partners can read it."),
    )
    phone = models.CharField(
        _("telephone"), max_length=40, blank=True, help_text=_("With the country's number: +47 …")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Oslo", validators=[check_time_zone]
    )
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = models.UUIDField(null=True, blank=True)
    session_number = models.PositiveIntegerField(default=1)  # raised to end every session of the user
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "latin_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # One address is one user, however its letters are written.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="people_user_email_lower"),
            # A service sets both together; the database holds it for whatever else writes.
            models.CheckConstraint(
                condition=models.Q(is_active=True, deactivated_at__isnull=True)
                | models.Q(is_active=False, deactivated_at__isnull=False),
                name="people_user_inactive_since",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name in the user's own script."""
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: the password, and the number that is raised to end all sessions."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        """The same under earlier secret keys, while they are being replaced."""
        return (self._session_hash(secret=secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None = None) -> str:
        value = f"{self.password}:{self.session_number}"
        return salted_hmac("medevac.people.session", value, secret=secret, algorithm="sha256").hexdigest()
