"""Writing what has become known of a case, one part at a time; nobody's words are lost to another's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medevac.cases.forms.changing import PARTS, Part, as_typed, differences, form_of
from medevac.cases.icd10 import find_codes
from medevac.cases.looking import person_of, record_look_at_cases
from medevac.cases.models import Case, Clinical
from medevac.cases.services import change_case
from medevac.cases.views.finding import found_case
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in


def change(request: HttpRequest, public_id: UUID, part: str) -> HttpResponse:
    """Show the form of a part, keep what is written, and tell a writer who was overtaken what differs."""
    if part not in PARTS:
        raise Http404
    wanted, user = PARTS[part], signed_in(request)
    case = found_case(request, public_id, wanted.right)
    row = _row(user, case, wanted)
    data = _with_codes(request.POST) if request.method == "POST" else None
    context: dict[str, Any] = {"case": case, "part": wanted, "looks_for_codes": wanted.model is Clinical}
    if data is not None and "find" in data:
        form = form_of(wanted, case, row)
        form.initial = as_typed(form, data)
        asked = data.get("icd_search", "")[:100]
        return _shown(request, form, context | {"codes": find_codes(asked), "asked": asked})
    form = form_of(wanted, case, row, data)
    if data is not None and form.is_valid():
        values = {name: form.cleaned_data[name] for name in wanted.fields}
        seen = form.cleaned_data["seen"]
        try:
            change_case(user, case, seen=seen, **{wanted.argument: values})
        except RefusedError as refusal:
            now = found_case(request, public_id, wanted.right)
            if now.version == seen or not now.live:
                form.add_error(None, refusal.sentence)
            else:
                context |= {"case": now, "differs": differences(form, _row(user, now, wanted)), "stale": True}
                form.data = _having_seen(data, now.version)
        else:
            messages.success(request, _("It is written."))
            return redirect(f"{reverse('cases:case', kwargs={'public_id': case.pk})}#cases.{part}")
    return _shown(request, form, context)


def _shown(request: HttpRequest, form: ModelForm[Any], context: dict[str, Any]) -> HttpResponse:
    return render(request, "cases/change.html", {"form": form, **context})


def _row(user: User, case: Case, part: Part) -> Model:
    """The row that the part is in, freshly read; showing it is a look."""
    if part.model is Case:
        fresh: Case = visible(user, Case.objects.filter(pk=case.pk), part.right).get()
        return fresh
    if part.model is Clinical:
        row: Clinical | None = visible(user, Clinical.objects.filter(pk=case.pk)).first()
        if row is None:
            raise Http404
        record_look_at_cases(user, Right.CLINICAL, [case])
        return row
    person = person_of(user, case)
    if person is None:
        raise Http404
    return person


def _with_codes(data: QueryDict) -> QueryDict:
    """What was sent, with the codes that were picked from the search."""
    picked = data.getlist("icd_add")
    if not picked:
        return data
    changed = data.copy()
    changed["icd10"] = ", ".join(word for word in (data.get("icd10", ""), *picked) if word)
    return changed


def _having_seen(data: QueryDict, version: int) -> QueryDict:
    changed = data.copy()
    changed["seen"] = str(version)
    return changed
