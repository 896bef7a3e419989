"""Inviting, accepting, and what can be done to memberships and users."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.people import services
from medevac.people.forms import InvitationForm, NewAccountForm, PlaceForm, RoleForm, end_of_day
from medevac.people.missions import names_of_missions
from medevac.people.models import Invitation, Membership, Organisation, User
from medevac.people.notices import NoChannelError
from medevac.people.own_record import record_look_at_people
from medevac.people.policy import may, visible
from medevac.people.policy.letting_in import missions_to_give, roles_to_give
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.selectors.organisations import organisation_for
from medevac.people.selectors.sessions import sessions_of
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

TOKEN = "people.invitation"


def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Invite somebody to an organisation."""
    user = signed_in(request)
    organisation = organisation_for(user, public_id, "people.invite")
    if organisation is None:
        raise Http404
    form = InvitationForm(
        request.POST or None,
        roles=roles_to_give(user, organisation),
        missions=missions_to_give(user, organisation),
        initial={"language": user.language},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            invitation = services.invite(
                user,
                email=values["email"],
                organisation=organisation,
                role=Role(values["role"]),
                language=values["language"],
                member_until=end_of_day(values["member_until"], user.time_zone),
                mission=values.get("mission"),
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        except NoChannelError:
            form.add_error(
                None, _("No invitation can be sent, since no mail server is set. Tell who runs medevac.")
            )
        else:
            messages.success(request, _("%(email)s has been invited.") % {"email": invitation.email})
            return redirect("people:invitations")
    return render(request, "people/invite.html", {"form": form, "organisation": organisation})


def invitations(request: HttpRequest) -> HttpResponse:
    """The open invitations in the user's reach."""
    rows = visible(signed_in(request), Invitation.objects.select_related("organisation"))
    rows = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by("expires_at", "pk")
    found = list(rows[:500])
    names = names_of_missions(row.mission for row in found)
    page = {"invitations": found, "missions": names, "now": timezone.now()}
    return render(request, "people/invitations.html", page)


@require_POST
def withdraw_invitation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    user = signed_in(request)
    invitation = visible(user, Invitation.objects.filter(pk=public_id)).first()
    if invitation is None:
        raise Http404
    with saying_refusals(request):
        services.withdraw(user, invitation)
        messages.success(
            request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email}
        )
    return redirect("people:invitations")


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that it stands in no history and no referrer.

    What opens nothing is told here: a stranger who guesses must not fill the table of sessions.
    """
    try:
        services.open_invitation(token)
    except RefusedError as refusal:
        return _no_invitation(request, refusal)
    request.session[TOKEN] = token
    return redirect("people:accept")


def accept(request: HttpRequest) -> HttpResponse:
    """Accept the invitation whose address was opened: as somebody new, or as the user who is signed in."""
    token = str(request.session.get(TOKEN, ""))
    try:
        opened = services.open_invitation(token)
    except RefusedError as refusal:
        return _no_invitation(request, refusal)
    known = User.objects.filter(email=opened.email).exists()
    page = {"invitation": opened, "role": Role(opened.role).label, "known": known}
    if request.user.is_authenticated or known:
        return _accept_as_user(request, token, page)
    form = NewAccountForm(
        request.POST or None,
        initial={"language": opened.language, "time_zone": "Europe/Oslo", "way": "passkey"},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        account = services.NewAccount(
            name=values["name"],
            latin_name=values["latin_name"],
            language=values["language"],
            time_zone=values["time_zone"],
            password=values["password"],
        )
        try:
            membership = services.accept(token, account=account)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            request.session.pop(TOKEN, None)
            if account.password is not None:
                record_authentication(request, membership.user, "password", reauthenticated=True)
            login = Login(user=membership.user, redirect_url="/", signup=True)
            answer: HttpResponse = perform_login(request, login)
            return answer
    return render(request, "people/accept.html", {**page, "form": form})


def _no_invitation(request: HttpRequest, refusal: RefusedError) -> HttpResponse:
    return render(request, "people/no_invitation.html", {"sentence": refusal.sentence}, status=410)


def _accept_as_user(request: HttpRequest, token: str, page: dict[str, object]) -> HttpResponse:
    if request.method == "POST" and request.user.is_authenticated:
        with saying_refusals(request):
            services.accept(token, user=signed_in(request))
            request.session.pop(TOKEN, None)
            messages.success(request, _("You have accepted the invitation."))
            return redirect("start")
    return render(request, "people/accept_as_user.html", page)


def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One user with memberships past and present, as far as they are open, and what can be done."""
    user = signed_in(request)
    found = _found_user(request, public_id, None)
    rows = visible(
        user, Membership.objects.filter(user=found).select_related("organisation"), "people.see_members"
    )
    endable = visible(user, Membership.objects.filter(user=found), "people.end_memberships").values_list(
        "pk", flat=True
    )
    memberships = list(rows.order_by("-starts"))
    record_look_at_people(user, "people.see_members", memberships)
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "memberships": memberships,
            "missions": names_of_missions(row.mission for row in memberships),
            "gives_roles": found.is_active and found.pk != user.pk and may(user, "people.invite"),
            "changes_address": found.is_active and may(user, "people.change_addresses", found),
            "sessions": sessions_of(found) if may(user, "people.end_sessions", found) else [],
            "shows_history": may(user, "audit.see_record", found),
            "endable": set(endable),
            "deactivates": may(user, "people.deactivate", found) and found.pk != user.pk,
        },
    )


def give_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give somebody who has an account another role: first where, then which."""
    user = signed_in(request)
    found = _found_user(request, public_id, "people.see_members")
    places = visible(user, Organisation.objects.filter(closed_at__isnull=True), "people.invite")
    page: dict[str, object] = {"person": found}
    organisation = _wanted_place(user, request.GET.get("organisation", ""))
    if organisation is None:
        choices = [(str(place.pk), place.name) for place in places.order_by("latin_name", "pk")]
        place_form = PlaceForm(choices=choices) if choices else None
        return render(request, "people/give_role.html", {**page, "place_form": place_form})
    roles, missions = roles_to_give(user, organisation), missions_to_give(user, organisation)
    form = RoleForm(request.POST or None, roles=roles, missions=missions)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.grant(
                user,
                found,
                organisation,
                Role(values["role"]),
                ends=end_of_day(values["member_until"], user.time_zone),
                mission=values.get("mission"),
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("%(name)s has the role now.") % {"name": found.name})
            return redirect("people:person", public_id=found.pk)
    return render(request, "people/give_role.html", {**page, "form": form, "organisation": organisation})


def _wanted_place(user: User, wanted: str) -> Organisation | None:
    """The organisation that was chosen, if the user may give roles there."""
    try:
        return organisation_for(user, UUID(wanted), "people.invite")
    except ValueError:
        return None


@require_POST
def end_membership(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a membership now."""
    user = signed_in(request)
    membership = visible(
        user, Membership.objects.select_related("user").filter(pk=public_id), "people.end_memberships"
    ).first()
    if membership is None:
        raise Http404
    with saying_refusals(request):
        services.end_membership(user, membership)
        messages.success(request, _("The membership of %(name)s has ended.") % {"name": membership.user.name})
        if membership.user_id == user.pk:  # whoever leaves stays signed in here
            user.refresh_from_db(fields=["session_number"])
            update_session_auth_hash(request, user)
    return redirect("people:person", public_id=membership.user_id)


@require_POST
def deactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account."""
    found = _found_user(request, public_id, "people.deactivate")
    with saying_refusals(request):
        services.deactivate(signed_in(request), found)
        messages.success(
            request, _("%(name)s is deactivated, and every session has ended.") % {"name": found.name}
        )
    return redirect("people:person", public_id=found.pk)


@require_POST
def reactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open an account again."""
    found = _found_user(request, public_id, "people.deactivate")
    with saying_refusals(request):
        services.reactivate(signed_in(request), found)
        messages.success(request, _("%(name)s is active again, without any role.") % {"name": found.name})
    return redirect("people:person", public_id=found.pk)


def _found_user(request: HttpRequest, public_id: UUID, action: str | None) -> User:
    found: User | None = visible(signed_in(request), User.objects.filter(pk=public_id), action).first()
    if found is None:
        raise Http404
    return found
