"""The pages of this room."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account(request: HttpRequest) -> HttpResponse:
    """The user's own account: names, language, roles, ways to sign in."""
    return render(request, "people/account.html", {})


def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the ways to set one up or to use one."""
    return render(request, "people/second_factor.html", {"has_factor": is_mfa_enabled(request.user)})
