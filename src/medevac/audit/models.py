"""The access log and the register of exports. Only functions of the database write them (migration 0001).

Actors, things and data owners are ids without foreign keys: the record outlives what it is about.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """One look of one actor at things of one data owner: a page, or a list with all its ids."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    actor_kind = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    right = models.CharField(_("right"), max_length=60)  # the action of the policy that opened it
    kind = models.CharField(_("kind"), max_length=60)  # the model of the things, such as "people.user"
    things = ArrayField(models.UUIDField())
    owner = models.UUIDField(null=True)  # the organisation that owns the things
    export = models.BigIntegerField(null=True)  # the number of the export that they left in
    reason = models.TextField(_("reason"), blank=True)
    page = models.CharField(_("page"), max_length=200)
    request_id = models.CharField(max_length=64)
    session_role = models.CharField(max_length=63)

    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [
            models.Index(fields=["at"], name="audit_look_at"),
            GinIndex(fields=["things"], name="audit_look_things"),
            models.Index(fields=["actor", "-id"], name="audit_look_actor"),
            models.Index(fields=["owner", "-id"], name="audit_look_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.actor_kind} {self.actor} {self.right} {self.kind}"


class Export(models.Model):
    """One file or paper that left, under a number of its own; numbers have no gap."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    actor_kind = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    title = models.CharField(_("what"), max_length=60)  # what it is: "audit.access_log"
    format = models.CharField(_("format"), max_length=20)
    contents = models.JSONField()  # conditions, columns, how many rows, which ids
    digest = models.BinaryField(max_length=32, null=True)  # SHA-256 of the bytes; set before the commit
    size = models.BigIntegerField(_("bytes"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    page = models.CharField(_("page"), max_length=200)
    request_id = models.CharField(max_length=64)
    session_role = models.CharField(max_length=63)

    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [models.Index(fields=["actor", "-number"], name="audit_export_actor")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class LastExport(models.Model):
    """The last number given; one row, whose lock keeps numbers without a gap."""

    one = models.BooleanField(primary_key=True, default=True)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = _("last number of an export")
        verbose_name_plural = _("last number of an export")
