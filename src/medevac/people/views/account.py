"""The user's own account, and the page that asks for a second factor."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.people import services
from medevac.people.forms import AccountForm
from medevac.people.missions import names_of_missions
from medevac.people.models import AddressChange, Membership
from medevac.people.signed_in import signed_in


def account(request: HttpRequest) -> HttpResponse:
    """Names, language, roles, ways to sign in."""
    user = signed_in(request)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        services.change_own_account(user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Your account is saved."))
        return redirect("people:account")
    memberships = Membership.unscoped.current().filter(user=user).select_related("organisation")
    rows = list(memberships.order_by("starts"))
    waiting = AddressChange.unscoped.filter(user=user, confirmed_at__isnull=True, withdrawn_at__isnull=True)
    page = {
        "form": form,
        "memberships": rows,
        "missions": names_of_missions(row.mission for row in rows),
        "address_change": waiting.filter(expires_at__gt=timezone.now()).first(),
    }
    return render(request, "people/account.html", page)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the user, this one included."""
    services.end_all_sessions(signed_in(request))
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the ways to set one up or to use one."""
    return render(request, "people/second_factor.html", {"has_factor": is_mfa_enabled(signed_in(request))})
