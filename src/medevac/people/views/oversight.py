"""Looking over others' access: the review, "who can see what", emergency access."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.audit.services import numbered_export
from medevac.people import services
from medevac.people.forms import AccessForm, ReasonForm, VerdictForm
from medevac.people.missions import names_of_missions
from medevac.people.models import EmergencyAccess, Membership, Organisation, User
from medevac.people.notices import NoChannelError
from medevac.people.own_record import record_look_at_people
from medevac.people.policy import owner_of, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right, Role
from medevac.people.selectors.access import AccessLine, Wanted, access_lines, access_rows
from medevac.people.selectors.reviews import reviews_for
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

LINES_ON_A_PAGE = 50
MOST_EXPORTED = 20_000


def review(request: HttpRequest) -> HttpResponse:
    """The memberships that somebody must confirm, by when, and who."""
    everything = request.GET.get("all") == "yes"
    user = signed_in(request)
    lines = reviews_for(user, everything=everything)
    record_look_at_people(user, "people.review", [line.membership for line in lines])
    missions = names_of_missions(line.membership.mission for line in lines)
    page = {"lines": lines, "missions": missions, "everything": everything}
    return render(request, "people/review.html", page)


@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm one membership."""
    user = signed_in(request)
    rows = Membership.objects.select_related("user").filter(pk=public_id)
    membership = visible(user, rows, "people.review").first()
    if membership is None:
        raise Http404
    with saying_refusals(request):
        services.confirm(user, membership)
        messages.success(
            request, _("The membership of %(name)s is confirmed.") % {"name": membership.user.name}
        )
    return redirect("people:review")


def access(request: HttpRequest) -> HttpResponse:
    """Who can see what."""
    user = signed_in(request)
    form = _access_form(request)
    pages = Paginator(access_rows(user, _wanted(form)), LINES_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    record_look_at_people(user, "people.see_access", page.object_list)
    return render(
        request,
        "people/access.html",
        {
            "form": form,
            "page": page,
            "lines": access_lines(list(page.object_list)),
            "query": query.urlencode(),
        },
    )


@require_POST
def export_access(request: HttpRequest) -> HttpResponse:
    """The same list as a table to take away, with a number under which it is on record."""
    user = signed_in(request)
    wanted = _wanted(_access_form(request))
    lines = access_lines(access_rows(user, wanted)[:MOST_EXPORTED])
    with numbered_export(
        "people.access", "csv", {"rows": len(lines), "conditions": wanted.facts()}
    ) as export:
        number = str(export.number)
        memberships = (line.membership for line in lines)
        record_look_at_people(user, "people.export_access", memberships, export=export.number)
        content = export.seal(_table(lines, number, user).encode())
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="access-{number}.csv"'
    return answer


def _access_form(request: HttpRequest) -> AccessForm:
    rows = visible(
        signed_in(request), Organisation.objects.filter(closed_at__isnull=True), "people.see_access"
    )
    choices = [(str(row.pk), row.name) for row in rows.order_by("latin_name")]
    return AccessForm(request.GET if request.method == "GET" else request.POST, organisations=choices)


def _wanted(form: AccessForm) -> Wanted:
    if not form.is_valid():
        return Wanted()
    values = form.cleaned_data
    return Wanted(
        text=values["text"],
        organisation=UUID(values["organisation"]) if values["organisation"] else None,
        role=Role(values["role"]) if values["role"] else None,
        right=Right(values["right"]) if values["right"] else None,
    )


def _table(lines: list[AccessLine], number: str, user: User) -> str:
    """The list as comma-separated values; a cell that a spreadsheet would compute is made plain text."""
    out = StringIO()
    writer = csv.writer(out)
    taken = timezone.localtime().isoformat(timespec="minutes")
    writer.writerow([_("Export"), number, taken, _plain(user.email)])
    heads = [
        _("Organisation"),
        _("Name"),
        _("Name in Latin letters"),
        _("E-mail address"),
        _("Role"),
        _("Counts in"),
    ]
    rights = [_("Operational data"), _("The clinical summary"), _("Clinical data"), _("Personal data")]
    writer.writerow([*heads, *rights, _("Second factor"), _("From"), _("Until"), _("To be confirmed by")])
    for line in lines:
        row, person = line.membership, line.membership.user
        cells = [row.organisation.name, person.name, person.latin_name, person.email, line.role.label]
        cells.append(line.mission or _("All missions"))
        dates = [
            moment.date().isoformat() if moment else "" for moment in (row.starts, row.ends, row.review_due)
        ]
        second = _("yes") if line.second_factor else _("no")
        writer.writerow([_plain(cell) for cell in (*cells, *line.reach_words, second, *dates)])
    return "\ufeff" + out.getvalue()


def _plain(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def break_glass(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Ask for the reason, then open one row in an emergency."""
    try:
        model = apps.get_model(kind)
        thing = model._base_manager.filter(pk=public_id).first()
        offered = thing is not None and owner_of(thing) is not None
    except (LookupError, ValueError, KeyError):
        raise Http404 from None
    if not offered or thing is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.break_glass(signed_in(request), thing, form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        except NoChannelError:
            form.add_error(
                None, _("The data owner cannot be told, so nothing was opened. Tell who runs medevac.")
            )
        else:
            messages.warning(request, _("Emergency access is open. The data owner has been told."))
            return redirect("people:emergencies")
    return render(request, "people/break_glass.html", {"form": form, "kind": thing._meta.verbose_name})


def emergencies(request: HttpRequest) -> HttpResponse:
    """The user's own emergency accesses, and those to data that the user answers for."""
    user = signed_in(request)
    rows = EmergencyAccess.objects.select_related("user", "owner").order_by("-opened_at", "pk")
    return render(
        request,
        "people/emergencies.html",
        {
            "own": EmergencyAccess.unscoped.filter(user=user)
            .select_related("owner")
            .order_by("-opened_at")[:100],
            "others": visible(user, rows).exclude(user=user)[:500],
            "verdict": VerdictForm(),
            "now": timezone.now(),
        },
    )


@require_POST
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what the data owner says of an emergency access."""
    user = signed_in(request)
    access = visible(user, EmergencyAccess.objects.filter(pk=public_id)).first()
    form = VerdictForm(request.POST)
    if access is None or not form.is_valid():
        raise Http404
    with saying_refusals(request):
        services.acknowledge(user, access, form.cleaned_data["verdict"])
        messages.success(request, _("Your answer is on record."))
    return redirect("people:emergencies")


@require_POST
def end_emergency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an emergency access before its time."""
    user = signed_in(request)
    found = EmergencyAccess.unscoped.filter(pk=public_id).first()
    if found is None or (
        found.user_id != user.pk and not visible(user, EmergencyAccess.objects.filter(pk=public_id)).exists()
    ):
        raise Http404
    services.end_emergency(user, found)
    messages.success(request, _("The emergency access is closed."))
    return redirect("people:emergencies")
