"""Tokens: with which role a program speaks for an organisation, for what, and until when."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation
from medevac.people.roles import Role


@recorded(secret=("digest",))
class Token(models.Model):
    """One token. What is kept is a digest: nobody who reads the table can use it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("Which program uses it, such as “hospital system, Bergen”.")
    )
    role = models.CharField(
        _("role"), max_length=40, choices=Role, help_text=_("The program reaches what this role reaches.")
    )
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("scopes"))
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    beginning = models.CharField(max_length=12, editable=False)
    made_by = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="api_token_role"),
            models.CheckConstraint(condition=Q(scopes__len__gte=1), name="api_token_scopes"),
            # A token without an end is forgotten and never taken back.
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="api_token_ends"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_revoked_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class TokenUse(models.Model):
    """How a token is used: apart from it, since each request writes here and changes no right."""

    token = models.OneToOneField(Token, on_delete=models.CASCADE, related_name="use", primary_key=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)  # the minute in which requests are counted
    requests = models.PositiveIntegerField(default=0)  # how many came in it

    unscoped = models.Manager()

    class Meta:
        verbose_name = _("use of a token")
        verbose_name_plural = _("uses of tokens")

    def __str__(self) -> str:
        return f"{self.token_id}: {self.last_used_at}"
