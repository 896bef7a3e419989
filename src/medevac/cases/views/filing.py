"""Filing a case with five fields."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medevac.cases.forms.filing import FilingForm, asked_about, said_of_them
from medevac.cases.services.entering import Candidate, Entered, enter_case
from medevac.cases.services.filing import filers_for
from medevac.directory.models import Mission
from medevac.people.days import current_day
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def file_case(request: HttpRequest) -> HttpResponse:
    """Ask for five fields, and lead to the case that comes of them. The same form sent twice files once.

    Where the patient may be there already, the form comes back with the question.
    """
    user = signed_in(request)
    today = current_day()
    missions = [one for one in visible(user, Mission.objects.order_by("code")) if one.runs_on(today)]
    form = FilingForm(request.POST or None, missions=missions, requesters=filers_for(user))
    candidates: tuple[Candidate, ...] = ()
    if request.method == "POST" and form.is_valid():
        same, others = said_of_them(request.POST)
        try:
            answer = enter_case(user, form.cleaned_data["mark"], form.facts(), same=same, others=others)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if isinstance(answer, Entered):
                return _filed(request, answer, another=same is not None)
            candidates = answer.candidates
    page = {
        "form": form,
        "can_file": bool(missions),
        "candidates": candidates,
        "asked": asked_about(one.person.pk for one in candidates),
    }
    return render(request, "cases/file.html", page)


def _filed(request: HttpRequest, entered: Entered, *, another: bool) -> HttpResponse:
    if entered.now:
        sentence = (
            _("Case %(case)s is filed as a draft, as another case of the same patient.")
            if another
            else _("Case %(case)s is filed as a draft. Write what else is known, then submit it.")
        )
        messages.success(request, sentence % {"case": entered.case.pseudonym})
    return redirect("cases:case", public_id=entered.case.pk)
