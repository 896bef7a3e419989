"""What is asked for items, assessments, fitness, screening and letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.papers import PaperField, offer
from medevac.cases.models import Companion, MinistersLetter
from medevac.cases.models.case import Isolation
from medevac.cases.models.screening import Organism, Result
from medevac.directory.models import Mission
from medevac.documents.models import Document
from medevac.people.choosing import nothing_chosen
from medevac.people.days import current_day
from medevac.people.models import Organisation

LONG = forms.Textarea(attrs={"rows": 4})


class DateField(forms.DateField):
    """A day, chosen or written as YYYY-MM-DD."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A day and a time in the reader's own zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


def now() -> datetime:
    """The present minute, for a form that begins with it."""
    return timezone.localtime().replace(second=0, microsecond=0)


class ItemForm(forms.Form):
    """Whether an item is there."""

    present = forms.TypedChoiceField(
        label=_("Is it there?"),
        choices=[("yes", _("yes, it is there")), ("no", _("no, it is missing"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    dated = DateField(
        label=_("Date of the paper"), required=False, help_text=_("Leave empty for today. It ages from then.")
    )
    document = PaperField(label=_("The paper"))

    def __init__(self, *args: Any, papers: list[Document], paper: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["document"], papers, paper)


class AssignForm(forms.Form):
    """Who brings an item, by when, and whom to call."""

    owner = forms.ChoiceField(label=_("Who brings it"))
    deadline = MomentField(label=_("By when"))
    telephone = forms.CharField(label=_("Whom to call about it"), max_length=30, required=False)

    def __init__(self, *args: Any, owners: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(key, one.name) for key, one in self.owners.items()]  # type: ignore[attr-defined]


class WaiveForm(forms.Form):
    """Why an item is done without."""

    reason = forms.CharField(
        label=_("Reason for doing without"),
        max_length=300,
        required=False,
        widget=LONG,
        help_text=_("Leave empty to ask for the item again."),
    )


class AssessmentForm(forms.Form):
    """Who has looked at the patient, when, and what was found."""

    assessor = forms.CharField(label=_("Assessed by"), max_length=120, help_text=_("Name and function."))
    assessed_at = MomentField(label=_("When"), initial=now)
    text = forms.CharField(label=_("What was found"), max_length=4000, widget=LONG)


class FitnessForm(forms.Form):
    """Whether the patient may fly."""

    fit = forms.TypedChoiceField(
        label=_("May the patient fly?"),
        choices=[("yes", _("yes, fit to fly")), ("no", _("no, not now"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=120, help_text=_("Name and function."))
    decided_at = MomentField(label=_("Decided at"), initial=now)
    valid_until = MomentField(
        label=_("Holds until"), required=False, help_text=_("Needed where the patient may fly.")
    )
    conditions = forms.CharField(label=_("Conditions"), max_length=2000, required=False, widget=LONG)
    override_reason = forms.CharField(
        label=_("Reason for deciding in spite of a caution"), max_length=2000, required=False, widget=LONG
    )


class SampleForm(forms.Form):
    """One sample."""

    organism = forms.ChoiceField(label=_("Looked for"), choices=nothing_chosen(Organism.choices))
    other_organism = forms.CharField(
        label=_("Which other organism"),
        max_length=80,
        required=False,
        help_text=_("Only where it is another."),
    )
    site = forms.CharField(label=_("Site"), max_length=80, help_text=_("Such as nose, rectum, wound."))
    taken_on = DateField(label=_("Taken on"), initial=current_day)
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class ResultForm(forms.Form):
    """What came out of a sample."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class IsolationForm(forms.Form):
    """What a clinician decides in place of the rule."""

    isolation = forms.ChoiceField(
        label=_("How the patient is kept apart"), choices=Isolation.choices, widget=forms.RadioSelect
    )
    decided_by = forms.CharField(label=_("Decided by"), max_length=120, help_text=_("Name and function."))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=LONG)


class LetterForm(forms.Form):
    """A letter of the minister."""

    owner = forms.ChoiceField(label=_("Written by"))
    mission = forms.ChoiceField(label=_("Mission"))
    number = forms.CharField(label=_("Number"), max_length=60)
    dated = DateField(label=_("Date of the letter"), initial=current_day)

    def __init__(
        self, *args: Any, owners: list[Organisation], missions: list[Mission], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in owners}
        self.missions = {str(one.pk): one for one in missions}
        for name, rows in (("owner", self.owners), ("mission", self.missions)):
            self.fields[name].choices = nothing_chosen((key, one.name) for key, one in rows.items())  # type: ignore[attr-defined]


class NamedForm(forms.Form):
    """Which letter names whom of a case."""

    letter = forms.ChoiceField(label=_("Letter"))
    patient = forms.BooleanField(label=_("The patient"), required=False, initial=True)
    companions = forms.MultipleChoiceField(
        label=_("Companions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        letters: list[MinistersLetter],
        companions: list[Companion],
        names: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.letters = {str(one.pk): one for one in letters}
        self.going_along = {str(one.pk): one for one in companions}
        self.fields["letter"].choices = nothing_chosen(  # type: ignore[attr-defined]
            (key, f"{one.number}, {date_format(one.dated, 'SHORT_DATE_FORMAT')}")
            for key, one in self.letters.items()
        )
        self.fields["companions"].choices = list(names.items())  # type: ignore[attr-defined]
        self.fields["companions"].initial = list(names)
        if not names:
            del self.fields["companions"]

    def chosen(self) -> list[Companion]:
        """The companions whom the letter names."""
        return [self.going_along[key] for key in self.cleaned_data.get("companions", [])]
