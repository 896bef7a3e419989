"""The national view, the cases that a rule touches, and the forms that switch rules and set targets."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from medevac.cases.looking import record_look_at_cases
from medevac.directory.countries import country_name
from medevac.directory.models import EligibilityRule, Mission, MissionCountry
from medevac.directory.models.mission_parts import Group
from medevac.directory.policy import CHANGE_MISSIONS
from medevac.directory.selectors.missions import missions_for
from medevac.offers.eligibility import OPEN_GROUPS
from medevac.offers.forms.national import ShareForm, SwitchForm
from medevac.offers.policy import KEEP_SHARES
from medevac.offers.selectors.national import EXPIRES_SOON, MOST, national_for
from medevac.offers.selectors.parts import Part, PartKind, missions_of_part, parts_for
from medevac.offers.selectors.touched import cases_touched_by, count_of
from medevac.offers.services.shares import set_share
from medevac.offers.services.switching import switch_group
from medevac.offers.settings import stale_after, taken_told_days
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import may, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in

PER_PAGE = 50


def national(request: HttpRequest) -> HttpResponse:
    """How one part of a mission stands now."""
    user = signed_in(request)
    parts = parts_for(user)
    part = _chosen_part(request, parts)
    missions = missions_of_part(user, part)
    mission = _chosen_mission(request, missions)
    context = {"parts": parts, "part": part, "missions": missions, "mission": mission}
    if mission is not None:
        context |= {
            "view": national_for(user, mission, part),
            "changes": may(user, CHANGE_MISSIONS, mission),
            "sets_shares": part.kind is not PartKind.MISSION and may(user, KEEP_SHARES),
            "most": MOST,
            "soon_days": EXPIRES_SOON.days,
            "taken_days": taken_told_days(),
            "stale_hours": int(stale_after().total_seconds() // 3600),
        }
    return render(request, "offers/national.html", context)


def touched(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The open cases that a rule of today touches, as far as they may be named to the user."""
    user, day = signed_in(request), current_day()
    rules = EligibilityRule._base_manager.filter(pk=public_id).select_related("mission")
    rule = visible(user, rules).first()
    if rule is None or not rule.holds_on(day):
        raise Http404
    page = Paginator(cases_touched_by(user, rule, day), PER_PAGE).get_page(request.GET.get("page"))
    personal = rule.group not in OPEN_GROUPS
    if personal:  # that the rule touches a case says who the patient is
        record_look_at_cases(user, Right.PERSONAL, page.object_list)
    count = count_of(user, rule, day)
    return render(
        request,
        "offers/touched.html",
        {
            "rule": rule,
            "country": country_name(rule.country) if rule.country else "",
            "count": count,
            "unnamed": max(0, count - page.paginator.count),
            "page": page,
            "personal": personal,
            "back": _address(rule.mission),
        },
    )


def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Stop or allow a group from today on."""
    user = signed_in(request)
    mission = visible(user, Mission.objects.filter(code=code), CHANGE_MISSIONS).first()
    if mission is None:
        raise Http404
    day = current_day()
    rows = MissionCountry._base_manager.filter(mission=mission).order_by("country")
    countries = list(dict.fromkeys(row.country for row in rows if row.holds_on(day)))
    initial = {name: request.GET.get(name, "") for name in ("group", "country", "accepted")}
    form = SwitchForm(request.POST or None, countries=countries, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            rule = switch_group(
                user,
                mission,
                Group(values["group"]),
                country=values["country"],
                accepted=form.accepts,
                reason=values["reason"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _switched(user, rule))
            return redirect(_address(mission) + "#rules")
    return render(
        request,
        "offers/national_form.html",
        {
            "form": form,
            "title": _("%(mission)s: stop or allow a group") % {"mission": mission.name},
            "hint": _(
                "It holds from now on: no offer that the rule stops can be sent or chosen. Offers that have "
                "been sent stay as they are until their country withdraws them."
            ),
            "button": _("Let it hold from today"),
            "back": _address(mission),
        },
        status=422 if form.errors else 200,
    )


def set_target(request: HttpRequest, code: str) -> HttpResponse:
    """Set the share of the country's people that a region or trust cares for."""
    user = signed_in(request)
    mission = next((one for one in missions_for(user, closed=False) if one.code == code), None)
    if mission is None:
        raise Http404
    form = ShareForm(request.POST or None, organisations=_share_keepers(user))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        organisation = form.organisations[values["organisation"]]
        try:
            set_share(
                user,
                mission,
                organisation,
                values["share"],
                source=values["source"],
                first_day=values["first_day"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The target of “%(name)s” is saved.") % {"name": organisation.name})
            return redirect(_address(mission) + "#shares")
    return render(
        request,
        "offers/national_form.html",
        {
            "form": form,
            "title": _("%(mission)s: set a target by population") % {"mission": mission.name},
            "hint": _("Patients are held against it as a rule of thumb; it stops no offer."),
            "button": _("Save the target"),
            "back": _address(mission),
        },
        status=422 if form.errors else 200,
    )


def _chosen_part(request: HttpRequest, parts: list[Part]) -> Part:
    """The part that the address names, else the first."""
    if not parts:
        raise Http404
    wanted = request.GET.get("part", "")
    return next((part for part in parts if part.key == wanted), parts[0])


def _chosen_mission(request: HttpRequest, missions: list[Mission]) -> Mission | None:
    wanted = request.GET.get("mission", "")
    return next((one for one in missions if one.code == wanted), missions[0] if missions else None)


def _share_keepers(user: User) -> list[Organisation]:
    """The regions and trusts whose target the user may set."""
    if not may(user, KEEP_SHARES):
        return []
    countries = {part.country for part in parts_for(user) if part.country}
    kinds = (Kind.REGION, Kind.RECEIVING_HOSPITAL)
    rows = visible(user, Organisation.objects.filter(kind__in=kinds, closed_at__isnull=True))
    if countries:
        rows = rows.filter(country__in=countries)
    return list(rows.order_by("-kind", "latin_name", "pk"))


def _switched(user: User, rule: EligibilityRule) -> str:
    """What is said after the switch: what holds, how many cases it touches, and until when."""
    facts = {"group": rule.get_group_display(), "count": count_of(user, rule, current_day())}
    if rule.accepted:
        said = _("Allowed from today on: %(group)s. Open cases of this group: %(count)s.") % facts
    else:
        said = _("Stopped from today on: %(group)s. Open cases that it touches: %(count)s.") % facts
    if rule.last_day is None:
        return said
    until = _("It holds until %(day)s, since a later rule begins then.") % {
        "day": formats.date_format(rule.last_day, "SHORT_DATE_FORMAT")
    }
    return f"{said} {until}"


def _address(mission: Mission) -> str:
    return f"{reverse('offers:national')}?{urlencode({'mission': mission.code})}"
