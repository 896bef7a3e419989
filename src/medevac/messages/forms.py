"""What the page of preferences asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.messages.models import QuietHours
from medevac.messages.rules import Pace
from medevac.messages.selectors import Choice

FEW = [Pace.AT_ONCE, Pace.NEVER]  # a telephone and a browser take no digests


class PreferencesForm(forms.Form):
    """A pace for every kind and channel, and quiet hours."""

    starts = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self, *args: Any, choices: Sequence[Choice], quiet: QuietHours | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices
        if quiet is not None:
            self.fields["starts"].initial, self.fields["ends"].initial = quiet.starts, quiet.ends
        for choice in choices:
            for channel, pace in choice.paces.items():
                paces = list(Pace) if channel == "email" else FEW
                if choice.kind.compulsory and channel == "email":
                    paces = [one for one in paces if one is not Pace.NEVER]
                if choice.kind.urgent:
                    paces = [one for one in paces if one in FEW]
                self.fields[name_of(choice.kind.name, channel)] = forms.ChoiceField(
                    label=choice.kind.label,
                    choices=[(one.value, one.label) for one in paces],
                    initial=pace.value,
                    required=False,  # what a page did not offer stays as it was
                    disabled=choice.kind.urgent and choice.kind.compulsory,
                    widget=forms.Select(),
                )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the quiet hours, or for neither."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (cleaned.get("starts") is None) != (cleaned.get("ends") is None):
            self.add_error(
                "ends" if cleaned.get("ends") is None else "starts",
                _("Expected both times or neither. Fill in the other one, or empty both."),
            )
        return cleaned

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each kind with its fields, one for each channel."""
        return [
            (choice.kind, [self[name_of(choice.kind.name, channel)] for channel in choice.paces])
            for choice in self._choices
        ]

    def paces(self) -> dict[tuple[str, str], Pace]:
        """What was chosen, where there was a choice."""
        return {
            (choice.kind.name, channel): Pace(self.cleaned_data[name_of(choice.kind.name, channel)] or pace)
            for choice in self._choices
            for channel, pace in choice.paces.items()
            if not (choice.kind.urgent and choice.kind.compulsory)
        }


def name_of(kind: str, channel: str) -> str:
    """The name of the field for a kind and a channel."""
    return f"{channel}:{kind}"
