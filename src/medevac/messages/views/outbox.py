"""The state of channels, and the letters that were given up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.messages import selectors, services
from medevac.messages.kinds import registered_kinds
from medevac.messages.models import Delivery
from medevac.people.policy import may
from medevac.people.signed_in import signed_in

LETTERS_ON_A_PAGE = 25


def channels(request: HttpRequest) -> HttpResponse:
    """When each channel last sent, what waits, and what was given up."""
    user = signed_in(request)
    page = Paginator(selectors.given_up(user), LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    labels = {kind.name: kind.label for kind in registered_kinds()}
    lines = [(letter, labels.get(letter.kind, letter.kind), masked(letter)) for letter in page.object_list]
    return render(
        request,
        "messages/channels.html",
        {
            "channels": selectors.channel_lines(user),
            "page": page,
            "lines": lines,
            "may_send": may(user, "messages.send_again"),
        },
    )


@require_POST
def send_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try a letter that was given up once more."""
    user = signed_in(request)
    letter = selectors.given_up(user).filter(pk=public_id).first()
    if letter is None:
        raise Http404
    services.send_again(user, letter)
    messages.success(request, _("The message is tried again now."))
    return redirect("messages:channels")


def masked(letter: Delivery) -> str:
    """An address that can be told from others, and not be copied: m…@example.org, …42."""
    name, at, host = letter.recipient.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    return f"…{letter.recipient[-2:]}"
