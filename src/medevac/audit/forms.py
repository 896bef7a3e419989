"""What the pages of this room ask for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import UUIDField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recordings
from medevac.audit.naming import actors_called, kind_words, rights
from medevac.audit.selectors import Wanted


def _rights() -> list[tuple[str, str]]:
    return [("", str(_("all"))), *((right, str(words)) for right, words in rights().items())]


def _kinds() -> list[tuple[str, str]]:
    """The recorded kinds whose rows have an id that can be asked for."""
    asked = (kind for kind, one in recordings().items() if isinstance(one.model._meta.pk, UUIDField))
    return sorted(((kind, kind_words(kind)) for kind in asked), key=lambda pair: pair[1])


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AccessLogForm(forms.Form):
    """Narrows the access log."""

    since = forms.DateField(label=_("From (day)"), required=False, widget=_Day)
    until = forms.DateField(label=_("Until (day, included)"), required=False, widget=_Day)
    person = forms.CharField(
        label=_("Who looked"), required=False, max_length=100, help_text=_("A part of the name or address.")
    )
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    thing = forms.UUIDField(
        label=_("Which thing"), required=False, help_text=_("Its number, as the record shows it.")
    )
    right = forms.ChoiceField(label=_("Right"), required=False, choices=_rights)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [("", _("all")), *_kinds()]

    def wanted(self, viewer: Any) -> Wanted | None:
        """The conditions; None where something that was filled in cannot be read."""
        if not self.is_valid():
            return None
        values = self.cleaned_data
        person = values["person"].strip()
        return Wanted(
            since=_midnight(values["since"]),
            until=_midnight(values["until"] + timedelta(days=1)) if values["until"] else None,
            actors=tuple(actors_called(viewer, person)) if person else None,
            kind=values["kind"],
            thing=values["thing"],
            right=values["right"],
        )


class HistoryForm(forms.Form):
    """Asks for one thing."""

    kind = forms.ChoiceField(label=_("Kind of thing"), choices=lambda: [("", _("Choose one")), *_kinds()])
    thing = forms.UUIDField(label=_("Which thing"), help_text=_("Its number, as the record shows it."))


def _midnight(day: date | None) -> datetime | None:
    """When the day begins where the user is."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None
