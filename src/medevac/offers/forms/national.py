"""What the pages of the national view ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.directory.countries import country_name, reader_language, sorting_key
from medevac.directory.models.mission_parts import Group
from medevac.offers.models.shares import LEAST, MOST
from medevac.people.choosing import nothing_chosen
from medevac.people.days import current_day
from medevac.people.models import Organisation


class SwitchForm(forms.Form):
    """Which group is stopped or allowed, where, and why.

    Parameters
    ----------
    countries
        The codes of the countries of the mission.
    """

    group = forms.ChoiceField(label=_("Who"), choices=lambda: nothing_chosen(Group.choices))
    country = forms.ChoiceField(
        label=_("Where"),
        required=False,
        help_text=_("A country's own rule goes before the mission's rule for the same group."),
    )
    accepted = forms.ChoiceField(
        label=_("What holds from today on"),
        choices=(("no", _("stopped: no offer is sent or chosen")), ("yes", _("allowed"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name the decision, who took it and when. Whoever is refused is told this."),
    )

    def __init__(self, *args: Any, countries: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        named = sorted(
            ((code, country_name(code)) for code in countries), key=lambda one: sorting_key(one[1], language)
        )
        self.fields["country"].choices = [("", _("the whole mission")), *named]  # type: ignore[attr-defined]

    @property
    def accepts(self) -> bool:
        """Whether the group is allowed."""
        return bool(self.cleaned_data["accepted"] == "yes")


class ShareForm(forms.Form):
    """The share of a country's people that an organisation cares for, from a day on.

    Parameters
    ----------
    organisations
        Those whose share the user may set.
    """

    organisation = forms.ChoiceField(label=_("Region or trust"))
    share = forms.DecimalField(
        label=_("Share of the country's people in per cent"),
        min_value=LEAST,
        max_value=MOST,
        max_digits=5,
        decimal_places=2,
    )
    first_day = forms.DateField(
        label=_("From"),
        initial=current_day,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("What held before ends the day before. What was written for later days is replaced."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("Who counted, and of which day, such as “SSB, 1 January 2026”."),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.pk): one for one in organisations}
        choices = nothing_chosen((key, one.name) for key, one in self.organisations.items())
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
