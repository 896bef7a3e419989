"""The choice sheet: the choice of language, and the PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medevac.cases.views.opened import open_case
from medevac.offers.forms.choosing import SheetForm
from medevac.offers.selectors.offers_of_case import choosable_offers
from medevac.offers.services.choice_sheets import print_choice_sheet
from medevac.offers.views.choosing import CHOOSE
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose the language; a POST prints."""
    user, case = signed_in(request), open_case(request, public_id, CHOOSE)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = print_choice_sheet(user, case, language=form.cleaned_data["language"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            answer = HttpResponse(made.content, content_type="application/pdf")
            answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
            return answer
    page = {"case": case, "form": form, "shown": choosable_offers(user, case)}
    return render(request, "offers/sheet.html", page)
