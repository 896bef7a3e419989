"""What specialties are called: a word in files and in the API, a name in the reader's language on pages.

A file may bring a word that is not here. It is kept and shown as it is, as English.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from medevac.directory.countries import reader_language, sorting_key

NAMES = {
    "burns": _("burns"),
    "cardiology": _("cardiology"),
    "child-oncology": _("cancer in children"),
    "dialysis": _("dialysis"),
    "ear-nose-throat": _("ear, nose and throat"),
    "infectious-diseases": _("infectious diseases"),
    "internal-medicine": _("internal medicine"),
    "maxillofacial": _("jaw and face surgery"),
    "neurology": _("neurology"),
    "neurosurgery": _("neurosurgery"),
    "obstetrics": _("obstetrics"),
    "oncology": _("cancer"),
    "ophthalmology": _("eye diseases"),
    "orthopaedics": _("orthopaedics"),
    "paediatrics": _("paediatrics"),
    "prosthetics": _("prosthetics"),
    "psychiatry": _("psychiatry"),
    "pulmonology": _("lung diseases"),
    "reconstruction": _("reconstructive surgery"),
    "rehabilitation": _("rehabilitation"),
    "spinal-injuries": _("spinal injuries"),
    "surgery": _("general surgery"),
    "thoracic-surgery": _("thoracic surgery"),
    "transplantation": _("transplantation"),
    "urology": _("urology"),
    "vascular-surgery": _("vascular surgery"),
}


def specialty_name(code: str) -> str:
    """A specialty in the reader's language; the word itself where nobody has named it."""
    return str(NAMES[code]) if code in NAMES else code.replace("-", " ")


def specialty_html(code: str) -> SafeString:
    """The same for a page, which says where the word is English for want of a name."""
    name = specialty_name(code)
    return format_html("{}" if code in NAMES else '<span lang="en">{}</span>', name)


def in_reading_order(codes: Iterable[str]) -> list[str]:
    """The specialties in the order of the reader's alphabet."""
    language = reader_language()
    return sorted(codes, key=lambda code: sorting_key(specialty_name(code), language))


def specialty_choices(codes: Iterable[str]) -> list[tuple[str, str, bool]]:
    """For a list to choose from: the word, its name, and whether that is in the reader's language."""
    return [(code, specialty_name(code), code in NAMES) for code in in_reading_order(codes)]
