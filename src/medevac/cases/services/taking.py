"""What files on their way out have in common: number and name, language, and the line that tells of both."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medevac.people.models import User
from medevac.tables.columns import LANGUAGES, Language


@dataclass(frozen=True)
class Taken:
    """A file on its way out, with the number under which it is on record."""

    number: int
    file_name: str
    content: bytes


def workbook_language() -> Language:
    """The active language, where workbooks have it; else English."""
    asked = (get_language() or "en")[:2]
    return next((one for one in LANGUAGES if one == asked), "en")


def taken_line(number: int, user: User) -> str:
    """Which export it is, who took it, and when."""
    return _("Export %(number)s, taken by %(name)s on %(when)s UTC.") % {
        "number": number,
        "name": user.name,
        "when": timezone.now().strftime("%Y-%m-%d %H:%M"),
    }
