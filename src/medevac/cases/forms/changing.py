"""The parts of a case that are written one at a time, and their forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from medevac.cases.icd10 import known_code
from medevac.cases.models import Case, Clinical, Person
from medevac.cases.policy import CHANGE, CHANGE_CLINICAL
from medevac.directory.countries import countries, country_name, reader_language, sorting_key
from medevac.directory.forms import country_choices
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.people.days import current_day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Part:
    """One part of a case that has a form of its own.

    Parameters
    ----------
    name
        Its word in addresses.
    label
        Its heading.
    model
        Whose fields it has.
    fields
        Which.
    argument
        The argument of `services.change_case` that takes them.
    right
        The action that opens the form.
    """

    name: str
    label: str | _StrPromise
    model: type[Model]
    fields: tuple[str, ...]
    argument: str
    right: str = CHANGE


PARTS = {
    part.name: part
    for part in (
        Part(
            "request",
            _lazy("Request"),
            Case,
            ("category", "specialties", "priority", "ewrs_number", "ready_from"),
            "fields",
        ),
        Part(
            "person",
            _lazy("Person"),
            Person,
            (
                "family_name",
                "given_name",
                "patronymic",
                "latin_by_hand",
                "latin_family_name",
                "latin_given_name",
                "birth_year",
                "birth_date",
                "sex",
                "citizenship",
                "languages",
                "service",
                "telephone",
            ),
            "person",
        ),
        Part(
            "clinical",
            _lazy("Clinical picture"),
            Clinical,
            (
                "diagnosis",
                "icd10",
                "injury_date",
                "mechanism",
                "history",
                "allergies",
                "medicines",
                "cautions",
            ),
            "clinical",
            CHANGE_CLINICAL,
        ),
        Part(
            "needs",
            _lazy("Travel needs"),
            Case,
            (
                "position",
                "flight_class",
                "dependency",
                "weight_kg",
                "escort",
                "isolation",
                "oxygen_litres",
                "ventilator",
                "monitor",
                "suction",
                "incubator",
                "infusions",
                "external_fixators",
                "cabin_altitude_m",
            ),
            "fields",
        ),
        Part(
            "wishes",
            _lazy("Wishes and payment"),
            Case,
            ("preferred_countries", "refused_countries", "wants_return", "payer"),
            "fields",
        ),
    )
}


class ChoicesField(forms.MultipleChoiceField):
    """Several boxes; what is chosen is a list."""

    widget = forms.CheckboxSelectMultiple


class CodesField(forms.CharField):
    """Codes of ICD-10, apart by commas or spaces."""

    def prepare_value(self, value: Any) -> Any:
        """A list as it is written."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The codes as they are kept, each once."""
        found: dict[str, None] = {}
        for word in re.split(r"[\s,;]+", value or ""):
            if not word:
                continue
            try:
                found[known_code(word)] = None
            except ValueError as fault:
                raise forms.ValidationError(str(fault)) from fault
        return list(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as they are written."""
        return super().has_changed(self.prepare_value(initial), data)


def form_of(part: Part, case: Case, row: Model, data: Any = None) -> forms.ModelForm[Any]:
    """The form of a part with the version that its writer has seen."""
    made = forms.modelform_factory(part.model, fields=part.fields)
    form = made(data, instance=row)
    _prepare(form, case)
    form.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=case.version)
    return form


def as_typed(form: forms.BaseForm, data: Any) -> dict[str, Any]:
    """What was typed, to be shown again without judging it."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def _prepare(form: forms.ModelForm[Any], case: Case) -> None:
    fields = form.fields
    for name, prepare in _PREPARATIONS.items():
        if name in fields:
            fields[name] = prepare(fields[name], case)
    for name, field in fields.items():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif isinstance(field.widget, forms.NumberInput):
            field.widget.attrs.setdefault("inputmode", "decimal" if name == "oxygen_litres" else "numeric")
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs.update(rows=8 if name == "history" else 3)


def _specialties(field: forms.Field, case: Case) -> forms.Field:
    codes = in_reading_order({*NAMES, *case.specialties})
    return _chosen(field, [(code, specialty_name(code)) for code in codes])


def _countries(field: forms.Field, case: Case) -> forms.Field:
    """The countries of the mission, and those that were chosen before."""
    rows: Any = case.mission.countries
    codes = {*rows.on(current_day()).values_list("country", flat=True)}
    codes |= {*case.preferred_countries, *case.refused_countries} & countries().keys()
    language = reader_language()
    named = sorted(((code, country_name(code)) for code in codes), key=lambda p: sorting_key(p[1], language))
    return _chosen(field, named)


def _chosen(field: forms.Field, choices: Iterable[tuple[str, str]]) -> forms.Field:
    return ChoicesField(label=field.label, required=False, choices=list(choices), help_text=field.help_text)


def _icd10(field: forms.Field, case: Case) -> forms.Field:
    return CodesField(
        label=field.label,
        required=False,
        max_length=300,
        help_text=_("Such as S82.2, T31.2. If you do not know a code, search for it below by its words."),
    )


def _citizenship(field: forms.Field, case: Case) -> forms.Field:
    return forms.ChoiceField(
        label=field.label,
        required=False,
        choices=country_choices(empty=_("not known")),
    )


_PREPARATIONS: dict[str, Callable[[forms.Field, Case], forms.Field]] = {
    "specialties": _specialties,
    "preferred_countries": _countries,
    "refused_countries": _countries,
    "icd10": _icd10,
    "citizenship": _citizenship,
}


@dataclass(frozen=True)
class Difference:
    """One field that somebody else has written meanwhile: what stands there now, and what was typed."""

    label: str
    theirs: str
    mine: str


def differences(form: forms.ModelForm[Any], row: Model) -> list[Difference]:
    """Where what was typed differs from what is written now."""
    found = []
    for name in form.cleaned_data:
        if name == "seen":
            continue
        theirs, mine = getattr(row, name), form.cleaned_data[name]
        if (theirs or None) != (mine or None):
            field = form.fields[name]
            found.append(Difference(str(field.label), said(field, theirs), said(field, mine)))
    return found


def said(field: forms.Field, value: Any) -> str:
    """A value as it is read."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return _("nothing")
    words = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(words.get(one, one)) for one in value)
    return str(words.get(value, value))
