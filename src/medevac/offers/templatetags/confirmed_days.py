"""How long ago something was confirmed, in days and in words."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.people.days import current_day, day_of

register = template.Library()


@register.filter
def confirmed_ago(moment: datetime) -> str:
    """Today, or how many days ago by the reader's calendar."""
    days = (current_day() - day_of(moment)).days
    if days <= 0:
        return _("confirmed today")
    return ngettext("confirmed %(count)s day ago", "confirmed %(count)s days ago", days) % {"count": days}
