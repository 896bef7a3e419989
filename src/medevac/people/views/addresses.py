"""E-mail addresses: a change is asked for by the user or an administrator, and confirmed by its link."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.people import services
from medevac.people.forms import AddressForm
from medevac.people.models import AddressChange, User
from medevac.people.notices import NoChannelError
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

TOKEN = "people.address_change"


@reauthentication_required  # type: ignore[untyped-decorator]  # whoever finds an open screen must not take the account
def own_address(request: HttpRequest) -> HttpResponse:
    """Change the own address."""
    return _ask(request, signed_in(request), "people:account")


@reauthentication_required  # type: ignore[untyped-decorator]
def address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the address of somebody whom the user answers for."""
    found = visible(signed_in(request), User.objects.filter(pk=public_id), "people.change_addresses").first()
    if found is None:
        raise Http404
    return _ask(request, found, "people:person")


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw the change of the own address that waits."""
    user = signed_in(request)
    waiting = AddressChange.unscoped.filter(user=user, confirmed_at__isnull=True, withdrawn_at__isnull=True)
    with saying_refusals(request):
        for change in waiting:
            services.withdraw_address_change(user, change)
        messages.success(request, _("Your e-mail address stays as it is."))
    return redirect("people:account")


def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that it stands in no history and no referrer."""
    request.session[TOKEN] = token
    return redirect("people:confirm_address")


def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the new address by a button: a mail program that looks at links changes nothing."""
    token = str(request.session.get(TOKEN, ""))
    try:
        if request.method == "POST":
            user = services.confirm_address(token)
            request.session.pop(TOKEN, None)
            if request.user.pk == user.pk:
                logout(request)  # this session has ended with the others
            messages.success(request, _("Your new e-mail address counts. Sign in with it."))
            return redirect("account_login")
        change = services.open_address_change(token)
    except RefusedError as refusal:
        return render(request, "people/no_address_change.html", {"sentence": refusal.sentence}, status=410)
    return render(request, "people/confirm_address.html", {"change": change})


def _ask(request: HttpRequest, found: User, back: str) -> HttpResponse:
    user = signed_in(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = services.ask_for_address(user, found, form.cleaned_data["email"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        except NoChannelError:
            form.add_error(
                None, _("No link can be sent, since no mail server is set. Tell who runs medevac.")
            )
        else:
            sentence = _("A link has gone to %(email)s. The address changes when it has been opened.")
            messages.success(request, sentence % {"email": change.new_email})
            return redirect(back) if found.pk == user.pk else redirect(back, public_id=found.pk)
    return render(request, "people/address.html", {"form": form, "person": found, "own": found.pk == user.pk})
