"""Missions: the list, one mission on a day, changing it and its dated parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.directory import services
from medevac.directory.countries import country_name, reader_language, sorting_key
from medevac.directory.forms import MissionForm, NewMissionForm, ReasonForm, part_form
from medevac.directory.models import Mission
from medevac.directory.models.validity import Dated
from medevac.directory.parts import PARTS, PartKind
from medevac.directory.policy import CHANGE_MISSIONS, SEE
from medevac.directory.selectors.missions import Section, mission_for, missions_for, part_of, sections
from medevac.directory.services.checking import label_of
from medevac.directory.services.missions import MissionFacts, owners_for
from medevac.people.days import current_day
from medevac.people.models import Organisation
from medevac.people.policy import may
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals


@dataclass(frozen=True)
class Shown:
    """One part as a table shows it: its id, its values, and whether it holds on the day."""

    part: Dated
    values: list[Any]
    holds: bool


def missions(request: HttpRequest) -> HttpResponse:
    """The missions that are open to the user."""
    user = signed_in(request)
    today = current_day()
    rows = [(row, row.runs_on(today)) for row in missions_for(user)]
    return render(request, "directory/missions.html", {"rows": rows, "changes": may(user, CHANGE_MISSIONS)})


def mission(request: HttpRequest, code: str) -> HttpResponse:
    """One mission, with what holds on a day, or everything that ever did."""
    found = _found(request, code)
    today = current_day()
    everything = request.GET.get("all") == "1"
    day = None if everything else _day(request.GET.get("day", ""), today)
    tables = [
        {
            "kind": section.kind,
            "label": section.kind.model._meta.label_lower,
            "headings": [label_of(section.kind.model, name) for name in section.kind.shown],
            "rows": [_shown(section.kind, row, day or today) for row in _in_order(section)],
        }
        for section in sections(found, day)
    ]
    user = signed_in(request)
    changes = may(user, CHANGE_MISSIONS, found)
    return render(
        request,
        "directory/mission.html",
        {
            "mission": found,
            "tables": tables,
            "day": day or today,
            "everything": everything,
            "changes": changes and found.closed_at is None,
            "reopens": changes and found.closed_at is not None,
            "history": may(user, "audit.see_record", found),
            "reason": ReasonForm(),
        },
    )


def add_mission(request: HttpRequest) -> HttpResponse:
    """Begin a mission."""
    user = signed_in(request)
    form = NewMissionForm(request.POST or None, owners=owners_for(user))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added = services.add_mission(
                user, form.owners[values["owner"]], values["code"], MissionFacts(**form.facts())
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("“%(name)s” has been added.") % {"name": added.name})
            return redirect("directory:mission", code=added.code)
    return render(request, "directory/form.html", {"form": form, "title": _("Add a mission")})


def change_mission(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the mission itself."""
    found = _found(request, code, CHANGE_MISSIONS)
    form = MissionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_mission(
                signed_in(request),
                found,
                MissionFacts(**form.facts()),
                version=form.cleaned_data["version"] or 0,
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The mission is saved."))
            return redirect("directory:mission", code=found.code)
    return render(request, "directory/form.html", {"form": form, "title": found.name})


@require_POST
def close_mission(request: HttpRequest, code: str) -> HttpResponse:
    """Close a mission with a reason."""
    found = _found(request, code, CHANGE_MISSIONS)
    with saying_refusals(request):
        services.close_mission(signed_in(request), found, request.POST.get("reason", "")[:500])
        messages.success(request, _("The mission is closed."))
    return redirect("directory:mission", code=found.code)


@require_POST
def reopen_mission(request: HttpRequest, code: str) -> HttpResponse:
    """Open a closed mission again."""
    found = _found(request, code, CHANGE_MISSIONS)
    with saying_refusals(request):
        services.reopen_mission(signed_in(request), found)
        messages.success(request, _("The mission is open again."))
    return redirect("directory:mission", code=found.code)


def add_part(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Add a dated part."""
    found = _found(request, code, CHANGE_MISSIONS)
    wanted = _kind(kind)
    part = wanted.model(first_day=max(current_day(), found.first_day))
    part.mission = found  # type: ignore[attr-defined]
    form = part_form(wanted, signed_in(request), part, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_part(signed_in(request), found, form.instance)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The entry is saved."))
            return redirect("directory:mission", code=found.code)
    title = _("%(mission)s: add to “%(kind)s”") % {"mission": found.name, "kind": wanted.title}
    return render(request, "directory/form.html", {"form": form, "title": title})


def change_part(request: HttpRequest, code: str, kind: str, public_id: UUID) -> HttpResponse:
    """Correct a dated part, or end it by its last day."""
    found = _found(request, code, CHANGE_MISSIONS)
    wanted = _kind(kind)
    part = part_of(found, wanted, public_id)
    if part is None:
        raise Http404
    form = part_form(wanted, signed_in(request), part, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_part(signed_in(request), part, form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The entry is saved."))
            return redirect("directory:mission", code=found.code)
    title = _("%(mission)s: change “%(kind)s”") % {"mission": found.name, "kind": wanted.title}
    hint = _(
        "Correct here what was written wrongly. What has changed in the world is ended by its last day, and "
        "begins anew as another entry, so that it can be told what held on any day."
    )
    return render(request, "directory/form.html", {"form": form, "title": title, "hint": hint})


def _in_order(section: Section) -> list[Dated]:
    """Countries in the order of the reader's alphabet, everything else as it was found."""
    if section.kind.order[:1] != ("country",):
        return list(section.rows)
    language = reader_language()
    return sorted(
        section.rows,
        key=lambda row: sorting_key(country_name(row.country), language),  # type: ignore[attr-defined]
    )


def _shown(kind: PartKind, row: Dated, day: date) -> Shown:
    return Shown(row, [_value(row, name) for name in kind.shown], row.holds_on(day))


def _value(row: Dated, name: str) -> Any:
    """A field's value as it is read: words instead of codes."""
    value = getattr(row, name)
    if isinstance(value, Organisation):
        return str(value) if value.latin_name == value.name else f"{value} ({value.latin_name})"
    if name == "country":
        return country_name(value) if value else _("the whole mission")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    displayed = getattr(row, f"get_{name}_display", None)
    if displayed is not None:
        return displayed()
    return "" if value is None else value


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _kind(name: str) -> PartKind:
    if name not in PARTS:
        raise Http404
    return PARTS[name]


def _found(request: HttpRequest, code: str, action: str = SEE) -> Mission:
    found = mission_for(signed_in(request), code, action)
    if found is None:
        raise Http404
    return found
