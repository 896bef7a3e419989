"""Assessments, the fit-to-fly decision, samples and isolation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases import services
from medevac.cases.forms.readiness import AssessmentForm, FitnessForm, IsolationForm, ResultForm, SampleForm
from medevac.cases.looking import looked
from medevac.cases.models import Assessment, Screening
from medevac.cases.policy import CHANGE_CLINICAL, DECIDE_FITNESS
from medevac.cases.services.fitness import Fitness
from medevac.cases.services.screening import Sample
from medevac.cases.views.opened import deed_page, done, open_case, open_row
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

PART = "cases.screening"


def add_assessment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down that somebody has looked at the patient."""
    case = open_case(request, public_id, CHANGE_CLINICAL)
    form = AssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_assessment(signed_in(request), case, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The assessment is saved."), PART)
    return deed_page(request, case, form, _("Add an assessment"))


@require_POST
def confirm_assessment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that what was found is still so today."""
    rows = Assessment.objects.select_related("case").filter(pk=public_id)
    assessment = open_row(request, rows, CHANGE_CLINICAL)
    with saying_refusals(request):
        services.confirm_assessment(signed_in(request), assessment)
    return done(request, assessment.case, _("The assessment is confirmed again."), PART)


def decide_fitness(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide whether the patient may fly."""
    case = open_case(request, public_id, DECIDE_FITNESS)
    form = FitnessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_fitness(signed_in(request), case, Fitness(**form.cleaned_data))
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The decision is saved."), PART)
    cautions = case.clinical.cautions if looked(signed_in(request), case, Right.CLINICAL) else ""
    hint = _("Cautions that are written down: %(cautions)s") % {"cautions": cautions} if cautions else ""
    return deed_page(request, case, form, _("Decide whether the patient may fly"), hint=hint)


def add_screening(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down a sample."""
    case = open_case(request, public_id, CHANGE_CLINICAL)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_screening(signed_in(request), case, Sample(**form.cleaned_data))
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The sample is saved. Isolation follows from it."), PART)
    return deed_page(request, case, form, _("Add a sample"))


def record_result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what came out of a sample."""
    rows = Screening.objects.select_related("case").filter(pk=public_id)
    sample = open_row(request, rows, CHANGE_CLINICAL)
    form = ResultForm(request.POST or None, initial={"result": sample.result, "remark": sample.remark})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_result(signed_in(request), sample, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, sample.case, _("The result is saved. Isolation follows from it."), PART)
    looked(signed_in(request), sample.case, Right.CLINICAL)
    title = _("Result: %(organism)s, %(site)s") % {
        "organism": sample.other_organism or sample.get_organism_display(),
        "site": sample.site,
    }
    return deed_page(request, sample.case, form, title)


def decide_isolation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide on isolation in place of the rule."""
    case = open_case(request, public_id, DECIDE_FITNESS)
    form = IsolationForm(request.POST or None, initial={"isolation": case.isolation})
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_isolation(signed_in(request), case, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The decision is saved."), PART)
    hint = _(
        "The rule is: isolate until negative. Your decision holds in its place until it is ended or a "
        "sample is positive."
    )
    return deed_page(request, case, form, _("Decide on isolation"), hint=hint)


@require_POST
def follow_the_rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End the clinician's decision on isolation."""
    case = open_case(request, public_id, DECIDE_FITNESS)
    with saying_refusals(request):
        services.follow_the_rule(signed_in(request), case)
    return done(request, case, _("The samples say again how the patient is kept apart."), PART)
