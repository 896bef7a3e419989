"""Filing a case with five fields."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.forms.filing import FilingForm
from medevac.cases.services.filing import filers_for
from medevac.cases.services.filing_once import file_case_once
from medevac.directory.models import Mission
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def file_case(request: HttpRequest) -> HttpResponse:
    """Ask for five fields, and lead to the case that comes of them. The same form sent twice files once."""
    user = signed_in(request)
    today = timezone.localdate()
    missions = [one for one in visible(user, Mission.objects.order_by("code")) if one.runs_on(today)]
    form = FilingForm(request.POST or None, missions=missions, requesters=filers_for(user))
    if request.method == "POST" and form.is_valid():
        try:
            case, now = file_case_once(user, form.cleaned_data["mark"], form.facts())
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if now:
                messages.success(
                    request,
                    _("Case %(case)s is filed as a draft. Write what else is known, then submit it.")
                    % {"case": case.pseudonym},
                )
            return redirect("cases:case", public_id=case.pk)
    return render(request, "cases/file.html", {"form": form, "can_file": bool(missions)})
