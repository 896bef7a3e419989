"""The form that asks for which flight questions are to be found."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FlightDayForm(forms.Form):
    """The day of the flight that is to be filled."""

    flight_day = forms.DateField(
        label=_("Day of the flight"),
        help_text=_("It need not be planned yet: a flight from the hub on this day is counted with."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
