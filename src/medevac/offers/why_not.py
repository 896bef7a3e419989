"""Why a hospital says no; in a file of its own, since the page of a signed link says it in five languages."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class No(TextChoices):
    """Why a hospital says no."""

    NO_PLACE = "no-place", _("no place is free")
    NO_STAFF = "no-staff", _("no staff for another patient")
    NO_ISOLATION = "no-isolation", _("no isolation room is free")
    NO_COMPETENCE = "no-competence", _("we do not treat this")
    TOO_LATE = "too-late", _("we cannot receive the patient in time")
    NO_HOUSING = "no-housing", _("no housing for companions")
    NOT_PAID = "not-paid", _("nobody covers the costs")
    OTHER = "other", _("another reason, in words")
