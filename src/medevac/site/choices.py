"""How the pages look and speak, as somebody chooses: language, light or dark, keys. It needs no script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from medevac.people.models import User
from medevac.people.page_languages import SINGLE_PAGE_LANGUAGES, languages_of
from medevac.people.services import change_own_account

LOOKS = (("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark")))
LOOK_COOKIE, SHORTCUTS_COOKIE, PAGE_LANGUAGE_COOKIE = "look", "shortcuts", "page_language"
YEAR = 365 * 24 * 3600


def look_of(request: HttpRequest) -> str:
    """The chosen look; as the device has it, where none was chosen."""
    chosen = request.COOKIES.get(LOOK_COOKIE, "")
    return chosen if chosen in dict(LOOKS) else "auto"


def shortcuts_of(request: HttpRequest) -> bool:
    """Whether keys of one letter are listened to."""
    return request.COOKIES.get(SHORTCUTS_COOKIE) != "off"


@require_POST
def set_look(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in this browser."""
    look = request.POST.get("look", "")
    if look not in dict(LOOKS):
        return HttpResponseBadRequest()
    return _kept(_back(request), LOOK_COOKIE, look)


@require_POST
def set_shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the keys on or off in this browser."""
    chosen = "off" if request.POST.get("shortcuts") == "off" else "on"
    return _kept(_back(request), SHORTCUTS_COOKIE, chosen)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language: in this browser, and to a user who is signed in, everywhere."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in SINGLE_PAGE_LANGUAGES:
        return _kept(response, PAGE_LANGUAGE_COOKIE, language)
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response.delete_cookie(PAGE_LANGUAGE_COOKIE)
    user = request.user
    if isinstance(user, User) and user.language != language:
        change_own_account(
            user,
            name=user.name,
            latin_name=user.latin_name,
            phone=user.phone,
            language=language,
            time_zone=user.time_zone,
        )
    return _kept(response, settings.LANGUAGE_COOKIE_NAME, language)


class PageLanguageMiddleware:
    """Speaks German or Polish on a page that has told of it, to a browser that asked for it there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Change the language for this answer."""
        wanted = request.COOKIES.get(PAGE_LANGUAGE_COOKIE, "")
        page = request.resolver_match.view_name if request.resolver_match else ""
        if wanted in SINGLE_PAGE_LANGUAGES and wanted in languages_of(page):
            translation.activate(wanted)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page where the choice was made, or to the start page where that is not one of ours."""
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


def _kept(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
