"""The page of the demonstration's roles, and the switch to one of them."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST

from medevac.people.roles import Role
from medevac.people.services import change_own_account
from medevac.people.services.demonstration import ACCOUNTS, account_of
from medevac.site.demonstration.comes_for import COMES_FOR

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def choose(request: HttpRequest) -> HttpResponse:
    """Every role, what it comes for, and who has it in the demonstration."""
    roles = [{"role": role, "name": name, "comes_for": COMES_FOR[role]} for role, _, name, _, _ in ACCOUNTS]
    return render(request, "demonstration/choose.html", {"roles": roles})


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Go on as the demonstration account of a role, in the language that is spoken now."""
    try:
        role = Role(request.POST.get("role", ""))
    except ValueError as error:
        raise Http404 from error
    user = account_of(role)
    if user is None:
        raise Http404
    language = translation.get_language()
    if language in dict(settings.LANGUAGES) and user.language != language:
        user = change_own_account(
            user,
            name=user.name,
            latin_name=user.latin_name,
            phone=user.phone,
            language=language,
            time_zone=user.time_zone,
        )
    logout(request)
    login(request, user, backend=BACKEND)
    # Nobody carries a second factor for an invented account.
    record_authentication(request, user, "mfa", type="demonstration", reauthenticated=True)
    return redirect("start")
