"""Five fields are enough to file a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from medevac.cases.models.person import FIRST_BIRTH_YEAR
from medevac.cases.services import CaseFacts, PersonFacts
from medevac.directory.models import Mission
from medevac.people.days import current_day
from medevac.people.models import Organisation

SOMEBODY_ELSE = "new"  # what the question answers where the patient is none of those who are shown


def asked_about(persons: Iterable[UUID]) -> str:
    """Who is shown, as the form carries it along: what is said of them is said of nobody else."""
    return " ".join(str(one) for one in persons)


def said_of_them(data: QueryDict) -> tuple[UUID | None, list[UUID]]:
    """Who of those shown is the patient, if anybody, and who is somebody else; the rest is no answer."""
    answer = data.get("who", "")
    if answer == SOMEBODY_ELSE:
        return None, [one for text in data.get("asked", "").split() if (one := _number(text))]
    return _number(answer), []


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class FilingForm(forms.Form):
    """Mission, who files, who it is, year of birth, what is wrong; everything else can be written later."""

    mark = forms.UUIDField(widget=forms.HiddenInput)
    mission = forms.ChoiceField(label=_("Mission"))
    requester = forms.ChoiceField(label=_("Filed by"))
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        required=False,
        help_text=_("In its own script. Leave the name empty to file under a pseudonym alone."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        min_value=FIRST_BIRTH_YEAR,
        help_text=_("Four digits, such as 1987."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
    )
    diagnosis = forms.CharField(
        label=_("Diagnosis in words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As you would say it to a colleague. Codes can follow."),
    )

    def __init__(
        self, *args: Any, missions: list[Mission], requesters: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {str(one.pk): one for one in missions}
        self.requesters = {str(one.pk): one for one in requesters}
        self._choose("mission", {key: one.name for key, one in self.missions.items()})
        self._choose("requester", {key: one.name for key, one in self.requesters.items()})
        self.fields["mark"].initial = uuid4

    def _choose(self, name: str, choices: dict[str, str]) -> None:
        first = [("", _("Choose one"))] if len(choices) > 1 else []
        self.fields[name].choices = [*first, *choices.items()]  # type: ignore[attr-defined]

    def clean_birth_year(self) -> int:
        """A year that has begun."""
        year: int = self.cleaned_data["birth_year"]
        if year > current_day().year:
            raise forms.ValidationError(
                _("Expected a year of birth that is not in the future, got %(year)s. Correct it."),
                params={"year": year},
            )
        return year

    def facts(self) -> CaseFacts:
        """What a service is given."""
        values = self.cleaned_data
        person = PersonFacts(
            birth_year=values["birth_year"],
            family_name=values["family_name"],
            given_name=values["given_name"],
        )
        return CaseFacts(
            self.missions[values["mission"]],
            self.requesters[values["requester"]],
            person,
            values["diagnosis"],
        )
