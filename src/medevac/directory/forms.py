"""What the pages of this room ask for. Forms check the shape; services decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from medevac.directory.countries import sorted_countries
from medevac.directory.models import Airport, Hospital, Mission
from medevac.directory.models.validity import Dated
from medevac.directory.parts import PartKind
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.people.choosing import nothing_chosen
from medevac.people.models import Organisation, User
from medevac.people.policy import visible

if TYPE_CHECKING:  # Django's forms take no type at run time
    MissionModelForm = forms.ModelForm[Mission]
    AirportModelForm = forms.ModelForm[Airport]
    HospitalModelForm = forms.ModelForm[Hospital]
else:
    MissionModelForm = AirportModelForm = HospitalModelForm = forms.ModelForm


def country_choices(*, empty: str) -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, after an empty choice."""
    return [("", empty), *((one.code, f"{one.name} ({one.code})") for one in sorted_countries())]


def _days(fields: dict[str, forms.Field]) -> None:
    for name in ("first_day", "last_day"):
        if name in fields:
            fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MissionForm(MissionModelForm):
    """The mission itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Mission
        fields: tuple[str, ...] = ("name_en", "name_nb", "name_uk", "first_day", "last_day", "identity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _days(self.fields)
        self.fields["version"].initial = self.instance.version

    def facts(self) -> dict[str, Any]:
        """What a service is given."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class NewMissionForm(MissionForm):
    """A mission that begins: its code and its owner are chosen once."""

    class Meta(MissionForm.Meta):
        fields = ("code", "name_en", "name_nb", "name_uk", "first_day", "last_day", "identity")

    def __init__(self, *args: Any, owners: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(owner.pk): owner for owner in owners}
        self.fields["owner"] = forms.ChoiceField(
            label=_("Owner"), choices=nothing_chosen((key, owner.name) for key, owner in self.owners.items())
        )

    def facts(self) -> dict[str, Any]:
        """What a service is given, without what is chosen once."""
        return {name: value for name, value in super().facts().items() if name != "code"}


class ReasonForm(forms.Form):
    """Why a mission is closed."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def part_form(kind: PartKind, actor: User, part: Dated, data: Any = None) -> forms.ModelForm[Any]:
    """The form of one part of a mission."""
    made = forms.modelform_factory(kind.model, fields=(*kind.fields, "first_day", "last_day"))
    form = made(data, instance=part)
    _days(form.fields)
    for name in ("airport", "organisation"):
        if name in form.fields:
            model = Airport if name == "airport" else Organisation
            form.fields[name].queryset = visible(actor, model.objects.all())  # type: ignore[attr-defined]
    if "fair_share" in form.fields:
        form.fields["fair_share"].help_text = _(
            "Patients a week that the country takes gladly; each one above them counts against a plan. "
            "Leave empty for none."
        )
    if "country" in form.fields:
        field = form.fields["country"]
        empty = _("Choose a country") if field.required else _("the whole mission")
        form.fields["country"] = forms.ChoiceField(
            label=field.label,
            required=field.required,
            choices=lambda: country_choices(empty=str(empty)),
        )
    return form


class HoursForm(AirportModelForm):
    """When an airport is closed."""

    class Meta:
        model = Airport
        fields = ("closes_at", "opens_at", "note")
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("closes_at", "opens_at")
        }


class AirportForm(forms.Form):
    """Which airport of the published list is added."""

    icao = forms.CharField(
        label=_("ICAO code"),
        max_length=4,
        min_length=4,
        validators=[RegexValidator(r"^[A-Za-z0-9]{4}\Z", _("Expected four letters such as EPRZ."))],
        widget=forms.TextInput(attrs={"size": "4", "autocapitalize": "characters"}),
    )


class HospitalForm(HospitalModelForm):
    """What is written of a hospital."""

    class Meta:
        model = Hospital
        fields = (
            "code",
            "name",
            "latin_name",
            "city",
            "country",
            "latitude",
            "longitude",
            "contact_role",
            "contact_phone",
            "contact_email",
            "source",
        )
        labels = {"name": _("Name of the hospital")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=lambda: country_choices(empty=str(_("Choose a country")))
        )


class NewHospitalForm(HospitalForm):
    """A hospital that is added: who keeps it is chosen once."""

    keeper = forms.ChoiceField(label=_("Kept by"))
    field_order = ("keeper",)

    def __init__(self, *args: Any, keepers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = {str(keeper.pk): keeper for keeper in keepers}
        self.fields["keeper"].choices = nothing_chosen((key, one.name) for key, one in self.keepers.items())  # type: ignore[attr-defined]


class RoadForm(forms.Form):
    """One road of a hospital's reach."""

    icao = AirportForm.base_fields["icao"]
    road_minutes = forms.IntegerField(
        label=_("Minutes on the road"),
        required=False,
        min_value=0,
        max_value=1440,
        help_text=_("Leave empty to take the airport out of the reach."),
    )


class SpecialtiesForm(forms.Form):
    """The specialties of a hospital: how well each suits it; what is left empty it does not treat.

    Parameters
    ----------
    treated
        What it treats now, with the suitability of each.
    """

    def __init__(self, *args: Any, treated: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in in_reading_order({*NAMES, *treated}):
            field = forms.FloatField(
                label=capfirst(specialty_name(code)),
                required=False,
                min_value=0,
                max_value=1,
                initial=treated.get(code),
                widget=forms.NumberInput(attrs={"step": "0.05", "min": "0", "max": "1"}),
            )
            self.fields[code] = field

    def suitabilities(self) -> dict[str, float]:
        """The specialties that it treats."""
        return {code: value for code, value in self.cleaned_data.items() if value is not None}


class UploadForm(forms.Form):
    """A file with hospitals, and who keeps them."""

    MOST_BYTES = 20_000_000

    keeper = forms.ChoiceField(label=_("Kept by"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook (.xlsx), or a problem (.json) such as medevac import-hospitals writes."),
    )

    def __init__(self, *args: Any, keepers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = {str(keeper.pk): keeper for keeper in keepers}
        self.fields["keeper"].choices = nothing_chosen((key, one.name) for key, one in self.keepers.items())  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file that is not larger than any list of hospitals."""
        file = self.cleaned_data["file"]
        if file.size > self.MOST_BYTES:
            raise forms.ValidationError(
                _("Expected a file of at most 20 MB. Leave out what is not about hospitals.")
            )
        return file
