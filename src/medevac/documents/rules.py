"""The words of this room as data: kinds, states, languages; and what follows from them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a document is."""

    FORM_027 = "form-027", _("Form 027/o")
    IDENTITY = "identity-paper", _("Identity paper")
    HISTORY = "medical-history", _("Medical history")
    IMAGING = "imaging", _("Imaging")
    CONSENT = "consent", _("Consent")
    MINISTERS_LETTER = "ministers-letter", _("Minister’s letter")
    MILITARY_PACKET = "military-packet", _("Papers of the military packet")
    CHOICE_SHEET = "choice-sheet", _("Signed choice sheet")
    SCREENING = "screening-result", _("Screening result")
    OTHER = "other", _("Other")


# What tells of a patient's health, or may: with names in it, it asks for both rights.
CLINICAL_KINDS = frozenset({Kind.FORM_027, Kind.HISTORY, Kind.IMAGING, Kind.SCREENING, Kind.OTHER})


class Translation(TextChoices):
    """How far the translation of a document is."""

    NONE = "original-only", _("original only")
    BEGUN = "being-translated", _("being translated")
    DONE = "translated", _("translated")


class Scan(TextChoices):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not-scanned", _("not scanned")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")
    FAILED = "failed", _("scan failed, tried again soon")


# What a document may be written in. The names are the readers' own, from Babel.
LANGUAGES = (
    "uk",
    "ru",
    "en",
    "nb",
    "nn",
    "sv",
    "da",
    "fi",
    "is",
    "de",
    "pl",
    "nl",
    "fr",
    "it",
    "es",
    "pt",
    "cs",
    "sk",
    "ro",
    "hu",
    "lt",
    "lv",
    "et",
    "ar",
)
SHORTEST_REASON = 5
