"""Specialties in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from medevac.directory.models import HospitalSpecialty
from medevac.directory.specialties import in_reading_order, specialty_html

register = template.Library()


@register.filter
def specialty(code: str) -> SafeString:
    """The name of a specialty."""
    return specialty_html(code)


@register.filter
def specialties_in_order(rows: list[HospitalSpecialty]) -> list[HospitalSpecialty]:
    """The specialties of a hospital in the order of the reader's alphabet."""
    places = {code: place for place, code in enumerate(in_reading_order(row.specialty for row in rows))}
    return sorted(rows, key=lambda row: places[row.specialty])


@register.filter
def specialties_line(rows: list[HospitalSpecialty]) -> SafeString:
    """The specialties of a hospital in one line."""
    return format_html_join(
        ", ", "{}", ((specialty_html(row.specialty),) for row in specialties_in_order(rows))
    )
