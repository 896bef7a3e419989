"""Sessions: one's own, ended one by one or all others; and those of somebody whom the user answers for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.people import services
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.selectors.sessions import sessions_of, was_session_of
from medevac.people.signed_in import signed_in


def sessions(request: HttpRequest) -> HttpResponse:
    """Where the user is signed in now."""
    found = sessions_of(signed_in(request), this=request.session.session_key)
    return render(request, "people/sessions.html", {"sessions": found})


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of the user's other sessions; this one ends by signing out."""
    user = signed_in(request)
    for session in sessions_of(user, this=request.session.session_key):
        if session.sign_in.pk == public_id and not session.is_this:
            services.end_session(user, session.sign_in)
            messages.success(request, _("The session has ended: %(device)s.") % {"device": session.device})
            break
    else:
        if not was_session_of(user, public_id):
            raise Http404
        messages.info(request, _("That session has ended already."))
    return redirect("people:sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of the user but this one."""
    user = signed_in(request)
    services.end_all_sessions(user, but=request.session.session_key)
    user.refresh_from_db(fields=["session_number"])
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("people:sessions")


@require_POST
def end_of(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End every session of somebody else."""
    user = signed_in(request)
    found = visible(user, User.objects.filter(pk=public_id), "people.end_sessions").first()
    if found is None:
        raise Http404
    services.end_sessions_of(user, found)
    messages.success(request, _("Every session of %(name)s has ended.") % {"name": found.name})
    return redirect("people:person", public_id=found.pk)
