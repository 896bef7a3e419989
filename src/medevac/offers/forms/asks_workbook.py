"""What the pages of the workbook of asks ask for: a file and its mission; what to take away."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.readiness import DateField
from medevac.directory.models import Mission
from medevac.offers.services.asks_workbook.exporting import Wanted
from medevac.people.choosing import nothing_chosen

MOST_BYTES = 20_000_000


class OfMissionForm(forms.Form):
    """What is asked of one mission."""

    mission = forms.ChoiceField(label=_("Mission"))

    def __init__(self, *args: Any, missions: Collection[Mission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {one.code: one for one in missions}
        choices = [(key, str(one.name)) for key, one in self.missions.items()]
        self.fields["mission"].choices = nothing_chosen(choices)  # type: ignore[attr-defined]

    def clean_mission(self) -> Mission:
        """The mission itself."""
        return self.missions[self.cleaned_data["mission"]]


class AsksUploadForm(OfMissionForm):
    """A workbook, and the mission that it tells of."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def clean_file(self) -> Any:
        """A file that is not larger than any list of asks."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Expected a file of at most 20 MB. Leave out what is not about asks, or divide it.")
            )
        return file


class AsksWantedForm(OfMissionForm):
    """Of which mission and days, and which columns."""

    first_day = DateField(label=_("From"), required=False)
    last_day = DateField(
        label=_("Until"), required=False, help_text=_("Asked, offered or chosen on these days.")
    )
    clinical = forms.BooleanField(
        label=_("With the diagnosis, where the case opens it to you"), required=False
    )
    choices = forms.BooleanField(
        label=_("With the choices and who made them, where the case opens them to you"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first. Exchange or correct them."))
        return values

    def wanted(self) -> Wanted:
        """As the service takes it."""
        return Wanted(**self.cleaned_data)
