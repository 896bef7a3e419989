"""What every page's frame needs: navigation, trail, languages, look, and the number of the request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from medevac.people.navigation import Entry, navigation_of
from medevac.people.page_languages import languages_of
from medevac.site.choices import LOOKS, look_of, shortcuts_of
from medevac.site.request_id import request_id


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values that `site/base.html` shows."""
    user = getattr(request, "user", None)  # an answer to a broken request can come before the user is known
    navigation = navigation_of(user) if user is not None and user.is_authenticated else []
    room = _room(request.path, navigation)
    page = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "navigation": navigation,
        "room": room,
        "trail": _trail(request.path, room) if navigation else [],
        "languages": languages_of(page),
        "look": look_of(request),
        "looks": LOOKS,
        "shortcuts": shortcuts_of(request) and bool(navigation),
        "here": request.get_full_path(),
        "request_id": request_id.get(),
        "banner": "",  # the demonstration has one
    }


def _room(path: str, navigation: list[Entry]) -> Entry | None:
    """The entry of the navigation under which the page lies."""
    above = [entry for entry in navigation if path.startswith(entry.address)]
    return max(above, key=lambda entry: len(entry.address), default=None)


def _trail(path: str, room: Entry | None) -> list[dict[str, Any]]:
    """The pages above this one, the start page first."""
    steps: list[dict[str, Any]] = [{"address": reverse("start"), "label": _("Start")}]
    if room is not None and room.address != path:
        steps.append({"address": room.address, "label": room.label})
    return steps
