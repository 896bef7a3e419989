"""The same patient twice: what was found, two persons side by side, merging and undoing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases.models import Person
from medevac.cases.models.sameness import Likeness, Suspicion
from medevac.cases.selectors.sameness import (
    Line,
    Side,
    both_sides,
    look_at_persons,
    merge_for,
    merges_for,
    open_suspicions,
    suspicion_for,
)
from medevac.cases.services.merging import merge, say_different, undo_merge
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

ROWS = 50


def suspicions(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one patient, and the latest merges."""
    user = signed_in(request)
    page = Paginator(open_suspicions(user), ROWS).get_page(request.GET.get("page"))
    look_at_persons(person for row in page for person in (row.first, row.second))
    rows = [(row, [str(Likeness(one).label) for one in row.likenesses]) for row in page]
    merges = merges_for(user)[:ROWS]
    return render(request, "cases/suspicions.html", {"page": page, "rows": rows, "merges": merges})


def suspicion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Two persons side by side."""
    user = signed_in(request)
    found = _found(request, public_id)
    first, second = both_sides(user, found)
    return render(
        request,
        "cases/suspicion.html",
        {
            "suspicion": found,
            "likenesses": [str(Likeness(one).label) for one in found.likenesses],
            "first": first,
            "second": second,
            "lines": _lines(first, second),
        },
    )


@require_POST
def merge_pair(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that both are one; the first or the second goes on, as chosen."""
    found = _found(request, public_id)
    pair = (found.first, found.second)
    kept, merged = pair if request.POST.get("keep") == "first" else pair[::-1]
    with saying_refusals(request):
        merge(signed_in(request), kept, merged)
        messages.success(request, _("The two are one patient now. You can undo it below."))
        return redirect("cases:suspicions")
    return redirect("cases:suspicion", public_id=public_id)


@require_POST
def keep_apart(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that they are two patients."""
    say_different(signed_in(request), _found(request, public_id))
    messages.success(request, _("They stay two patients, and nobody is asked again."))
    return redirect("cases:suspicions")


@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make two of one again."""
    user = signed_in(request)
    found = merge_for(user, public_id)
    if found is None:
        raise Http404
    with saying_refusals(request):
        undo_merge(user, found)
        messages.success(request, _("The merge is undone: they are two patients again."))
    return redirect("cases:suspicions")


def _found(request: HttpRequest, public_id: UUID) -> Suspicion:
    found = suspicion_for(signed_in(request), public_id)
    if found is None:
        raise Http404
    return found


def _lines(first: Side, second: Side) -> list[Line]:
    """What is known of both, line by line."""
    both = (first, second)
    rows = (
        (
            _("Name"),
            [f"{one.person.family_name} {one.person.given_name} {one.person.patronymic}" for one in both],
        ),
        (
            _("In Latin letters"),
            [f"{one.person.latin_family_name} {one.person.latin_given_name}" for one in both],
        ),
        (_("Born"), [_born(one) for one in both]),
        (_("Sex"), [_sex(one) for one in both]),
        (_("Telephone"), [one.person.telephone for one in both]),
        (_("Identity paper"), [one.person.document_number for one in both]),
        (_("Filed by"), [one.person.keeper.name for one in both]),
        (_("Diagnosis"), ["; ".join(row.diagnosis for row in one.pictures) for one in both]),
        (_("Injured on"), [_injured(one) for one in both]),
    )
    return [Line(label, *(" ".join(value.split()) for value in values)) for label, values in rows]


def _sex(side: Side) -> str:
    """Nothing where nobody has looked, so that it is neither alike nor different."""
    unknown = side.person.sex == Person.Sex.UNKNOWN
    return "" if unknown else str(side.person.get_sex_display())


def _born(side: Side) -> str:
    born = side.person.birth_date
    return date_format(born, "SHORT_DATE_FORMAT") if born else str(side.person.birth_year)


def _injured(side: Side) -> str:
    days = [picture.injury_date for picture in side.pictures if picture.injury_date]
    return ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)
