"""What is asked for an offer, and for its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.readiness import DateField, MomentField
from medevac.cases.models import Case
from medevac.directory.countries import country_name
from medevac.directory.models import Hospital
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.offers.models import Offer, Place
from medevac.offers.rules import BY_ACTION
from medevac.offers.selectors.places_for_case import Offerable
from medevac.offers.services.named_places import NamedPlace
from medevac.offers.services.offering import OfferFacts
from medevac.offers.settings import offer_holds
from medevac.offers.states import OfferAction, OfferReason, OfferState
from medevac.people.choosing import WrittenSelect, nothing_chosen
from medevac.people.days import current_day
from medevac.people.models import Organisation


def holds_until() -> datetime:
    """The whole hour until which an offer holds that says nothing else."""
    return timezone.localtime(timezone.now() + offer_holds()).replace(minute=0, second=0, microsecond=0)


class OfferForm(forms.Form):
    """What every offer says. What is asked of the place is added below."""

    organisation = forms.ChoiceField(label=_("Offered by"), widget=WrittenSelect)
    earliest_day = DateField(
        label=_("Earliest day"), help_text=_("The first day on which the hospital can receive the patient.")
    )
    stay_days = forms.IntegerField(
        label=_("Expected stay in days"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    isolation = forms.BooleanField(label=_("With an isolation room"), required=False)
    companions = forms.IntegerField(
        label=_("Companions who may come along"), min_value=0, max_value=20, initial=0
    )
    housing = forms.CharField(
        label=_("Housing of companions"),
        max_length=300,
        required=False,
        help_text=_("Where they live, and who pays. It stands on the choice sheet as you write it."),
    )
    homeward = forms.CharField(
        label=_("Way home"),
        max_length=300,
        required=False,
        help_text=_("Who arranges the return, and who pays."),
    )
    payer = forms.CharField(label=_("Who pays for the treatment"), max_length=120, required=False)
    expires_at = MomentField(
        label=_("Holds until"), initial=holds_until, help_text=_("Until then the patient can choose it.")
    )

    def __init__(self, *args: Any, case: Case, can: Offerable, **kwargs: Any) -> None:
        initial = {
            "isolation": case.isolation != "none",
            "companions": case.companions_count,
            "earliest_day": max(case.ready_from or current_day(), current_day()),
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._organisations = {str(one.pk): one for one in can.organisations}
        field = self.fields["organisation"]
        choices = [(key, one.name) for key, one in self._organisations.items()]
        field.choices = nothing_chosen(choices)  # type: ignore[attr-defined]

    def offerer(self) -> Organisation:
        """In whose name."""
        return self._organisations[self.cleaned_data["organisation"]]

    def facts(self) -> OfferFacts:
        """What a service is given."""
        names = (
            "earliest_day",
            "stay_days",
            "isolation",
            "companions",
            "housing",
            "homeward",
            "payer",
            "expires_at",
        )
        return OfferFacts(**{name: self.cleaned_data[name] for name in names})


class OwnPlaceForm(OfferForm):
    """An offer of a place that is kept here."""

    place = forms.ChoiceField(
        label=_("Place"),
        widget=WrittenSelect,
        help_text=_("Places that are free for this patient's days."),
    )
    field_order = ("organisation", "place")

    def __init__(self, *args: Any, case: Case, can: Offerable, hospital: str = "", **kwargs: Any) -> None:
        """`hospital`: from whose places the first that fits is chosen beforehand, as a suggestion wants."""
        super().__init__(*args, case=case, can=can, **kwargs)
        self._places = {str(one.pk): one for one in can.places}
        groups = (
            (gettext("Of a specialty that the patient needs"), can.fitting),
            (gettext("Of other specialties"), can.others),
        )
        choices: list[tuple[str, Any]] = [
            (name, [(str(one.pk), said_of_place(one)) for one in rows]) for name, rows in groups if rows
        ]
        self.fields["place"].choices = [("", gettext("Choose one")), *choices]  # type: ignore[attr-defined]
        first = next((one for one in can.places if str(one.hospital_id) == hospital), None)
        self.initial["place"] = str(first.pk) if first else ""

    def free_place(self) -> Place:
        """Which place."""
        return self._places[self.cleaned_data["place"]]


class NamedPlaceForm(OfferForm):
    """An offer of a place that a country names by mail or telephone."""

    hospital = forms.ChoiceField(
        label=_("Hospital"),
        widget=WrittenSelect,
        help_text=_("Hospitals of the directory that keep no places here."),
    )
    label = forms.CharField(
        label=_("Place, as the hospital calls it"),
        max_length=60,
        help_text=_("Such as “7B, window”. Never a patient's name."),
    )
    specialty = forms.ChoiceField(label=_("Specialty"), widget=WrittenSelect)
    field_order = ("organisation", "hospital", "label", "specialty")

    def __init__(self, *args: Any, case: Case, can: Offerable, hospital: str = "", **kwargs: Any) -> None:
        """`hospital`: which one is chosen beforehand."""
        super().__init__(*args, case=case, can=can, **kwargs)
        self.initial["hospital"] = hospital
        self._hospitals = {str(one.pk): one for one in can.hospitals}
        self.fields["hospital"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Choose one")),
            *_by_country(can.hospitals),
        ]
        wanted = in_reading_order(case.specialties)
        others = [code for code in in_reading_order(NAMES) if code not in wanted]
        choices = [(code, specialty_name(code)) for code in (*wanted, *others)]
        field = self.fields["specialty"]
        field.choices = choices if wanted else nothing_chosen(choices)  # type: ignore[attr-defined]

    def named_place(self) -> NamedPlace:
        """What was named."""
        values = self.cleaned_data
        return NamedPlace(self._hospitals[values["hospital"]], values["label"], values["specialty"])


class OfferEndForm(forms.Form):
    """Why an offer ends."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the reason is another one. Never a patient's name."),
    )

    def __init__(self, *args: Any, action: OfferAction, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = list(BY_ACTION[action].reasons)
        if offer.state != OfferState.RESERVE:  # only a reserve can be let go
            reasons = [one for one in reasons if one != OfferReason.RELEASED]
        reasons.sort(key=lambda one: one == OfferReason.OTHER)  # the others in their order, this one last
        self.fields["reason"].choices = [(str(one), one.label) for one in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another reason is told in words."""
        values = super().clean() or {}
        if values.get("reason") == OfferReason.OTHER and not values.get("remark"):
            self.add_error("remark", _("The reason is “another”: write in a few words what it is."))
        return values


def said_of_place(place: Place) -> str:
    """What tells a place from the others in a choice."""
    words = [place.hospital.name, place.label, specialty_name(place.specialty)]
    if place.first_day > current_day():
        words.append(gettext("from %(day)s") % {"day": date_format(place.first_day, "SHORT_DATE_FORMAT")})
    if place.last_day:
        words.append(gettext("until %(day)s") % {"day": date_format(place.last_day, "SHORT_DATE_FORMAT")})
    return " · ".join(words)


def _by_country(hospitals: Iterable[Hospital]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in hospitals:
        words = f"{one.name}, {one.city}" if one.city else one.name
        groups.setdefault(country_name(one.country), []).append((str(one.pk), words))
    return sorted(groups.items())
