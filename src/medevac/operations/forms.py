"""What the pages of this room ask for. Forms check the shape; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recordings
from medevac.operations.keeping import keepings
from medevac.operations.rules import SHORTEST_REASON
from medevac.people.choosing import nothing_chosen


def _kinds_to_hold() -> list[tuple[str, str]]:
    """Every kind of thing that has a history or a rule, as people say it."""
    models = {kind: recording.model for kind, recording in recordings().items()}
    models |= {kind: keeping.model for kind, keeping in keepings().items()}
    return sorted(
        ((kind, str(model._meta.verbose_name_plural)) for kind, model in models.items()),
        key=lambda pair: pair[1],
    )


class ReasonForm(forms.Form):
    """Why somebody decides."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why, in words. It stays on record; name no patient in it."),
    )


class HoldForm(ReasonForm):
    """What is to be kept, and why."""

    kind = forms.ChoiceField(label=_("Kind of thing"), choices=lambda: nothing_chosen(_kinds_to_hold()))
    thing = forms.UUIDField(
        label=_("Number of the thing"),
        required=False,
        help_text=_("As the page of the history shows it. Empty: everything of this kind is kept."),
    )
    field_order = ("kind", "thing", "reason")

    def said(self) -> dict[str, Any]:
        """The fields by name, for the service."""
        return dict(self.cleaned_data)
