"""What every request must pass: sessions that end, the second factor, and the rule of the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from medevac.people.models import User
from medevac.people.pages import Access, access_of
from medevac.people.policy import may, standings
from medevac.people.policy.reading import reading
from medevac.people.roles import SECOND_FACTOR_ROLES
from medevac.people.second_factor import locked_out_next_time, signed_in_strongly
from medevac.people.services.sessions import keep_sign_in
from medevac.people.session_keys import SEEN, STARTED

Answer = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY_SECONDS = 60  # the session is written at most this often


def is_stream(request: HttpRequest) -> bool:
    """Whether an open page asks by itself, for its stream or anew: no sign that somebody sits there."""
    return "text/event-stream" in request.headers.get("Accept", "") or "X-Medevac-Refresh" in request.headers


class SessionEndMiddleware:
    """Ends a session that has been idle for too long, or lasted for too long however busy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault(STARTED, now)
            seen = request.session.setdefault(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                logout(request)
            else:
                if now - seen >= SEEN_EVERY_SECONDS and not is_stream(request):
                    request.session[SEEN] = now
                keep_sign_in(request, request.user)
        return self.get_response(request)


class OwnLanguageMiddleware:
    """Speaks to a signed-in user in the user's own language and time zone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return self.get_response(request)


class ReadingMiddleware:
    """Asks the policy once for each thing, where the request only reads and is answered at once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or "text/event-stream" in request.headers.get("Accept", ""):
            return self.get_response(request)
        with reading():
            return self.get_response(request)


class SecondFactorMiddleware:
    """Lets nobody on who sees personal data, or decides who does, without a second factor in this session."""

    OPEN_PAGES = frozenset(
        {
            "set_language",
            "people:second_factor",
            "account_logout",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
        }
    )
    SET_UP_PAGES = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send the user to set up or use a second factor, unless the page belongs to that."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(request.user, User) or page in self.OPEN_PAGES or signed_in_strongly(request):
            return None
        asked = any(role in SECOND_FACTOR_ROLES for role, _, _ in standings(request.user))
        if not asked and not locked_out_next_time(request):
            return None
        # Whoever has a factor shows that one; a new one is not set up past it.
        if page in self.SET_UP_PAGES and not is_mfa_enabled(request.user):
            return None
        return redirect("people:second_factor")


class PageMiddleware:
    """Opens a page to whom its rule names; a page without a rule is not found."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Ask the rule of the page."""
        access = access_of(request.resolver_match.view_name) if request.resolver_match else None
        if access is None or access is Access.CLOSED:
            raise Http404
        if access in (Access.EVERYBODY, Access.TOKEN):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access is not Access.SIGNED_IN and not may(request.user, access):
            raise PermissionDenied
        return None
