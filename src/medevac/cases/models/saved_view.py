"""A list of cases as somebody wants to see it again: filters, columns and order under a name."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation, User

LONGEST_ADDRESS = 1000


@recorded()
class SavedView(models.Model):
    """One view of one user, shared with an organisation of theirs or with nobody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name of the view"), max_length=60)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)  # what stands after the question mark
    shared_with = models.ForeignKey(
        Organisation, verbose_name=_("shared with"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="cases_view_once"),
            models.CheckConstraint(condition=~Q(name=""), name="cases_view_named"),
        ]

    def __str__(self) -> str:
        return self.name
