"""What the pages of places ask for. Forms check the shape; services decide."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.directory.models import Hospital, Mission
from medevac.directory.specialties import NAMES, specialty_choices
from medevac.offers.models import Place
from medevac.offers.services.places import MOST_AT_ONCE
from medevac.offers.states import PoolKind
from medevac.people.choosing import nothing_chosen
from medevac.people.days import current_day

MOST_BYTES = 20_000_000
PLACE_FIELDS = ("label", "specialty", "first_day", "last_day", "staffed", "competence", "stay_days")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is written of one place.

    Parameters
    ----------
    specialties
        Those of the hospital, which the list has besides the usual ones.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Place
        fields = PLACE_FIELDS
        widgets: ClassVar = {"first_day": _day(), "last_day": _day()}

    def __init__(self, *args: Any, specialties: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = {*NAMES, *specialties, *([self.instance.specialty] if self.instance.specialty else ())}
        named = [(code, name) for code, name, _named in specialty_choices(codes)]
        self.fields["specialty"] = forms.ChoiceField(label=_("Specialty"), choices=nothing_chosen(named))
        self.fields["seen"].initial = self.instance.version

    def _post_clean(self) -> None:
        """Leave the row as it is: the service writes it, under the lock, and says what is wrong."""

    def values(self) -> dict[str, Any]:
        """What a service is given."""
        return {name: self.cleaned_data[name] for name in PLACE_FIELDS}


class NewPlacesForm(PlaceForm):
    """One place, or several that differ in their number alone."""

    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        help_text=_("Several places get a number behind the name: 7B 1, 7B 2 and so on."),
    )
    field_order = ("label", "count", "specialty", "first_day", "last_day", "staffed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["first_day"].initial = current_day


class TakeBackForm(forms.Form):
    """Why a place is taken back."""

    reason = forms.CharField(
        label=_("Why the place is taken back"),
        max_length=300,
        help_text=_("Such as “ward closed for renovation”. Never a patient's name."),
    )


class PoolForm(forms.Form):
    """How many of something there are from a day on."""

    kind = forms.ChoiceField(label=_("What"), choices=nothing_chosen(PoolKind.choices))
    number = forms.IntegerField(label=_("How many"), min_value=0, max_value=1000)
    first_day = forms.DateField(
        label=_("From"),
        widget=_day(),
        initial=current_day,
        help_text=_("The number holds from this day on. What was said for later days before is replaced."),
    )

    def clean_first_day(self) -> Any:
        """What was said for days that are over stays."""
        day = self.cleaned_data["first_day"]
        if day < current_day():
            raise forms.ValidationError(_("Expected today or a later day. Choose another day."))
        return day


class PlacesUploadForm(forms.Form):
    """A workbook, and whose places it tells."""

    mission = forms.ChoiceField(label=_("Mission"))
    hospital = forms.ChoiceField(label=_("Hospital"))
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(
        self, *args: Any, missions: Collection[Mission], hospitals: Collection[Hospital], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {one.code: one for one in missions}
        self.hospitals = {str(one.pk): one for one in hospitals}
        offered = {
            "mission": [(key, str(one.name)) for key, one in self.missions.items()],
            "hospital": [(key, one.name) for key, one in self.hospitals.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = nothing_chosen(choices)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file that is not larger than any list of places."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Expected a file of at most 20 MB. Leave out what is not about places, or divide it.")
            )
        return file
