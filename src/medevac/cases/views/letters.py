"""The minister's letters, and whom they name."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases import services
from medevac.cases.forms.readiness import LetterForm, NamedForm
from medevac.cases.looking import looked
from medevac.cases.models import Companion, LettersPerson, MinistersLetter
from medevac.cases.policy import KEEP_LETTERS
from medevac.cases.services.letters import writers_for
from medevac.cases.views.opened import deed_page, done, open_case, open_row
from medevac.directory.selectors.missions import missions_for
from medevac.people.days import current_day
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

MOST_SHOWN = 200
PART = "cases.border-readiness"


def letters(request: HttpRequest) -> HttpResponse:
    """The letters that the user keeps, the latest first; numbers and pseudonyms, no names."""
    rows = visible(signed_in(request), MinistersLetter.objects.all(), KEEP_LETTERS)
    shown = list(rows.select_related("mission").annotate(count=Count("persons"))[:MOST_SHOWN])
    return render(request, "cases/letters.html", {"letters": shown})


def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One letter with the cases and how many persons of each it names."""
    found = _open(request, public_id)
    named = LettersPerson.objects.filter(letter=found).select_related("case")
    rows = visible(signed_in(request), named, KEEP_LETTERS).order_by("case__pseudonym")
    cases = {row.case_id: row.case for row in rows}
    counted = [(case, sum(row.case_id == key for row in rows)) for key, case in cases.items()]
    return render(request, "cases/letter.html", {"letter": found, "cases": counted})


def add_letter(request: HttpRequest) -> HttpResponse:
    """Write down a letter."""
    user = signed_in(request)
    today = current_day()
    missions = [one for one in missions_for(user) if one.runs_on(today)]
    form = LetterForm(request.POST or None, owners=writers_for(user), missions=missions)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        owner, mission = form.owners[values["owner"]], form.missions[values["mission"]]
        try:
            added = services.add_letter(user, owner, mission, number=values["number"], dated=values["dated"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("The letter is saved. Open a case and say whom of it the letter names.")
            )
            return redirect("cases:letter", public_id=added.pk)
    return render(request, "cases/deed.html", {"form": form, "title": _("Add a letter"), "button": _("Save")})


@require_POST
def remove_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a letter away that was written down by mistake."""
    found = _open(request, public_id)
    with saying_refusals(request):
        services.remove_letter(signed_in(request), found)
        messages.success(request, _("The letter is gone."))
        return redirect("cases:letters")
    return redirect("cases:letter", public_id=public_id)


def name_persons(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say which letter names whom of a case."""
    case = open_case(request, public_id, KEEP_LETTERS)
    user = signed_in(request)
    rows = visible(user, MinistersLetter.objects.filter(mission=case.mission), KEEP_LETTERS)
    companions = list(visible(user, Companion.objects.filter(case=case), KEEP_LETTERS))
    looked(user, case, Right.PERSONAL)
    names = {str(one.pk): f"{one.latin_family_name} {one.latin_given_name}" for one in companions}
    form = NamedForm(
        request.POST or None, letters=list(rows[:MOST_SHOWN]), companions=companions, names=names
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.letters[form.cleaned_data["letter"]]
        patient = form.cleaned_data["patient"]
        try:
            services.name_persons(user, chosen, case, patient=patient, companions=form.chosen())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("Whom the letter names is saved."), PART)
    hint = (
        _("Letters that are not in the list are added under “Letters of the minister” first.")
        if form.letters
        else _("No letter of this mission is written down yet. Add it under “Letters of the minister” first.")
    )
    return deed_page(request, case, form, _("Whom of this case the letter names"), hint=hint)


def _open(request: HttpRequest, public_id: UUID) -> MinistersLetter:
    return open_row(
        request, MinistersLetter.objects.select_related("mission").filter(pk=public_id), KEEP_LETTERS
    )
