"""The person behind a case: names in both scripts, birth, papers. All of it is personal data."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.identifiers import EncryptedText
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation

FIRST_BIRTH_YEAR = 1900


@recorded(
    guarded={
        "see.personal": (
            "family_name",
            "given_name",
            "patronymic",
            "latin_family_name",
            "latin_given_name",
            "birth_date",
            "birth_year",
            "sex",
            "citizenship",
            "languages",
            "service",
            "telephone",
            "search_key",
        )
    },
    secret=("telephone_index", "document_number", "document_index"),
)
class Person(models.Model):
    """Somebody who needs, or has needed, treatment abroad; each of their evacuations is a case of its own."""

    class Sex(models.TextChoices):
        """As in the passport; unknown until somebody has looked."""

        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("unknown")

    class Service(models.TextChoices):
        """Civilian or military; who may see it is restricted as for the name."""

        CIVILIAN = "civilian", _("civilian")
        MILITARY = "military", _("military")
        UNKNOWN = "unknown", _("unknown")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    keeper = models.ForeignKey(
        Organisation, verbose_name=_("filed by"), on_delete=models.PROTECT, related_name="persons"
    )
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    latin_family_name = models.CharField(_("family name in Latin letters"), max_length=100, blank=True)
    latin_given_name = models.CharField(_("given name in Latin letters"), max_length=100, blank=True)
    latin_by_hand = models.BooleanField(
        _("Latin letters are as in the passport"),
        default=False,
        help_text=_("Otherwise they follow Ukraine's table of 2010 whenever the name changes."),
    )
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), validators=[MinValueValidator(FIRST_BIRTH_YEAR), MaxValueValidator(2100)]
    )
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    citizenship = models.CharField(
        _("citizenship"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Expected two capital letters such as UA."))],
    )
    languages = models.CharField(
        _("languages"),
        max_length=100,
        blank=True,
        help_text=_("Those that the patient speaks, the best first."),
    )
    service = models.CharField(
        _("civilian or military"), max_length=10, choices=Service, default=Service.UNKNOWN
    )
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    telephone_index = models.CharField(max_length=64, blank=True, editable=False)
    document_number = EncryptedText(_("number of the identity paper"), blank=True)
    document_index = models.CharField(max_length=64, blank=True, editable=False)
    search_key = models.TextField(blank=True, editable=False)  # spellings in both scripts, for trigrams
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            GinIndex(fields=["search_key"], name="cases_person_search", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["birth_date"], name="cases_person_birth_date"),
            models.Index(
                fields=["telephone_index"], name="cases_person_telephone", condition=~Q(telephone_index="")
            ),
            models.Index(
                fields=["document_index"], name="cases_person_document", condition=~Q(document_index="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year=ExtractYear(F("birth_date"))),
                name="cases_person_one_birth_year",
                violation_error_message=_(
                    "Expected a year of birth that is the year of the date of birth. Correct one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(birth_year__gte=FIRST_BIRTH_YEAR, birth_year__lte=2100),
                name="cases_person_birth_year",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=("female", "male", "other", "unknown")), name="cases_person_sex"
            ),
            models.CheckConstraint(
                condition=Q(service__in=("civilian", "military", "unknown")), name="cases_person_service"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never a name: what prints a row by accident must not print a person
