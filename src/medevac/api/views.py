"""The pages of tokens: which there are, making one, taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.api import services
from medevac.api.forms import TokenForm
from medevac.api.models import Token
from medevac.api.policy import MANAGE
from medevac.people.models import Organisation
from medevac.people.policy import visible
from medevac.people.policy.letting_in import roles_to_give
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.signed_in import signed_in


def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the organisations that the user administers, the latest first."""
    user = signed_in(request)
    rows = visible(user, Token.objects.select_related("organisation", "use")).order_by("-made_at")
    places = visible(user, Organisation.objects.filter(closed_at__isnull=True), MANAGE)
    return render(
        request, "api/tokens.html", {"tokens": rows, "organisations": places.order_by("latin_name", "pk")}
    )


def make_token(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a token, and tell it this once on the page that answers."""
    user = signed_in(request)
    place = visible(user, Organisation.objects.filter(pk=public_id, closed_at__isnull=True), MANAGE).first()
    if place is None:
        raise Http404
    form = TokenForm(request.POST or None, roles=roles_to_give(user, place))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            token, told = services.make_token(
                user,
                place,
                name=values["name"],
                role=Role(values["role"]),
                scopes=values["scopes"],
                days=values["days"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return render(request, "api/token_made.html", {"token": token, "told": told})
    return render(request, "api/make_token.html", {"form": form, "organisation": place})


@require_POST
def revoke_token(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a token back."""
    user = signed_in(request)
    token = visible(user, Token.objects.filter(pk=public_id)).first()
    if token is None:
        raise Http404
    services.revoke_token(user, token)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens:tokens")
