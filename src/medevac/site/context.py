"""What every page's frame needs: navigation, banner and the number of the request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from medevac.people.navigation import navigation_of
from medevac.site.request_id import request_id


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values that `site/base.html` shows."""
    user = getattr(request, "user", None)  # an answer to a broken request can come before the user is known
    navigation = navigation_of(user) if user is not None and user.is_authenticated else []
    return {"navigation": navigation, "request_id": request_id.get()}
