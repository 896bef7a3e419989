"""Browsers that take notifications: allowed and forgotten by their users, and the script that shows them."""

from __future__ import annotations

import base64
import binascii
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.messages import services
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

LARGEST_BODY = 4000


@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """Keep the subscription that the browser made: {"endpoint": …, "keys": {"p256dh": …, "auth": …}}."""
    user = signed_in(request)
    try:
        given = json.loads(request.body[:LARGEST_BODY])
        endpoint = str(given["endpoint"])
        keys = [_bytes(given["keys"][name]) for name in ("p256dh", "auth")]
        services.allow_browser(user, endpoint, *keys)
    except RefusedError as refusal:
        return JsonResponse({"fault": refusal.sentence}, status=422)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return JsonResponse(
            {"fault": _("The browser sent a key that cannot be read. Try again.")}, status=422
        )
    return JsonResponse({"fault": ""})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Send this browser nothing any more: {"endpoint": …}."""
    user = signed_in(request)
    try:
        endpoint = str(json.loads(request.body[:LARGEST_BODY])["endpoint"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse(
            {"fault": _("The browser sent a key that cannot be read. Try again.")}, status=422
        )
    services.forget_browser(user, endpoint)
    return JsonResponse({"fault": ""})


def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a notification; its own address limits it to the pages of this room."""
    response = render(request, "messages/push-worker.js", content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _bytes(text: object) -> bytes:
    """base64url, as browsers write keys without padding."""
    if not isinstance(text, str):
        raise TypeError("Expected text.")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
