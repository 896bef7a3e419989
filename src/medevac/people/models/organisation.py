"""Organisations in a tree of any depth. The table of paths is kept by the database (see the migration)."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.organisation_kinds import Kind


@recorded()
class Organisation(models.Model):
    """A ministry, a hospital, a crew: whatever people belong to.

    A root of the tree was admitted to the installation by the mission owner, who administers it; the first
    owner by nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("In its own language and script."))
    latin_name = models.CharField(_("name in Latin letters"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Expected two capital letters such as NO or UA."))],
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    admitted_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="admitted"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="people_organisation_name_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="people_organisation_kind"),
            models.CheckConstraint(
                condition=models.Q(country__regex="^[A-Z]{2}$"), name="people_organisation_country"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(admitted_by__isnull=True),
                name="people_organisation_admitted_root",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationPath(models.Model):
    """One row for every organisation and each that it is part of, itself included. Written by triggers."""

    pk = models.CompositePrimaryKey("ancestor_id", "descendant_id")
    ancestor = models.ForeignKey(Organisation, on_delete=models.DO_NOTHING, related_name="paths_down")
    descendant = models.ForeignKey(Organisation, on_delete=models.DO_NOTHING, related_name="paths_up")
    depth = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("path of an organisation")
        verbose_name_plural = _("paths of organisations")
