"""Names a country in the reader's language, also on pages of rooms that know its two letters only."""

from __future__ import annotations

from django import template

from medevac.directory.countries import country_name

register = template.Library()
register.filter("country_name", country_name)
