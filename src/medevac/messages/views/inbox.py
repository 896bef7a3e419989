"""The inbox: what a person was told, the newest first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from medevac.messages import selectors, services
from medevac.messages.models import Message
from medevac.people.signed_in import signed_in

MESSAGES_ON_A_PAGE = 25


def inbox(request: HttpRequest) -> HttpResponse:
    """The user's own messages; ?unread=yes shows the new ones only."""
    user = signed_in(request)
    rows = selectors.inbox_of(user)
    only_unread = request.GET.get("unread") == "yes"
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    page = Paginator(rows, MESSAGES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "messages/inbox.html",
        {"page": page, "only_unread": only_unread, "unread": selectors.unread_count(user.pk)},
    )


def message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message. Looking at it is no reading yet for programs that fetch links: the page itself says so."""
    return render(request, "messages/message.html", {"message": _own(request, public_id)})


@require_POST
def read(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note one message as read, and go on to what it is about."""
    told = _own(request, public_id)
    services.mark_read(signed_in(request), told)
    if request.POST.get("then") == "open" and told.address:
        return redirect(told.address)
    return redirect("messages:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note everything as read."""
    count = services.mark_all_read(signed_in(request))
    sentence = ngettext("%(count)d message is now read.", "%(count)d messages are now read.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("messages:inbox")


@require_POST
def done(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that what was asked in person is done."""
    told = _own(request, public_id)
    user = signed_in(request)
    services.mark_done(user, told)
    services.mark_read(user, told)
    messages.success(request, _("It is noted that you have told it."))
    return redirect("messages:inbox")


def _own(request: HttpRequest, public_id: UUID) -> Message:
    found = selectors.message_of(signed_in(request), public_id)
    if found is None:
        raise Http404
    return found
