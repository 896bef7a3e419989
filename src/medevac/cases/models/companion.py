"""Who travels with a patient."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.identifiers import EncryptedText
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


@recorded(
    guarded={
        "see.personal": (
            "family_name",
            "given_name",
            "latin_family_name",
            "latin_given_name",
            "birth_date",
            "telephone",
            "remark",
        )
    },
    secret=("document_number",),
)
class Companion(models.Model):
    """One person who goes along: relation, guardianship, papers, luggage, animals."""

    class Relation(models.TextChoices):
        """To the patient."""

        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        SPOUSE = "spouse", _("spouse or partner")
        CHILD = "child", _("child")
        SIBLING = "sibling", _("sister or brother")
        GRANDPARENT = "grandparent", _("grandparent")
        GUARDIAN = "guardian", _("guardian appointed by a court")
        OTHER = "other", _("other")

    class Sex(models.TextChoices):
        """As in the passport; rules for men of 18 to 60 ask for it."""

        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="companions")
    family_name = models.CharField(_("family name"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    latin_family_name = models.CharField(_("family name in Latin letters"), max_length=100, blank=True)
    latin_given_name = models.CharField(_("given name in Latin letters"), max_length=100, blank=True)
    birth_date = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=10, choices=Sex)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    guardian = models.BooleanField(_("has custody or guardianship"), default=False)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    document_number = EncryptedText(_("number of the identity paper"), blank=True)
    document_valid_until = models.DateField(_("identity paper valid until"), null=True, blank=True)
    relation_shown = models.BooleanField(_("paper that shows the relation is there"), default=False)
    may_leave = models.BooleanField(
        _("leave to cross the border is there"), default=False, help_text=_("For men of 18 to 60.")
    )
    luggage_kg = models.PositiveSmallIntegerField(
        _("luggage in kg"), default=0, validators=[MinValueValidator(0), MaxValueValidator(200)]
    )
    pets = models.CharField(_("animals"), max_length=120, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return str(self.pk)
