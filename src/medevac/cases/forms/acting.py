"""What a step of the table asks for: a coded reason, a remark, who tells the family, a second yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.next_step import is_grave
from medevac.cases.rules import Transition
from medevac.cases.states import Action, Reason


class ActingForm(forms.Form):
    """One form for every step; its fields follow from the row of the table."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    live_case = forms.CharField(
        label=_("Pseudonym of the case that goes on"),
        max_length=12,
        help_text=_("Such as RK-4082. It must be a case of the same patient."),
    )
    notifier = forms.CharField(
        label=_("Who tells the family"),
        max_length=200,
        help_text=_("Name and function. No message about this goes to the family from here."),
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those who may see the person. Needed where the reason is another one."),
    )
    sure = forms.BooleanField(
        label=_("I have checked that this is the right case, and that it ends with this.")
    )

    def __init__(self, data: Any = None, *, row: Transition, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        self.row = row
        if row.reasons:
            choices = [(str(reason), Reason(reason).label) for reason in row.reasons]
            self.fields["reason"].choices = choices  # type: ignore[attr-defined]
            if len(choices) == 1:
                self.fields["reason"].initial = choices[0][0]
        for name, asked in (
            ("reason", bool(row.reasons)),
            ("notifier", row.names_notifier),
            ("live_case", row.action is Action.MARK_DUPLICATE),
            ("sure", is_grave(row)),
        ):
            if not asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Another reason is told in words."""
        values = super().clean() or {}
        if values.get("reason") == Reason.OTHER and not values.get("remark"):
            self.add_error("remark", _("The reason is “another”: write in a few words what it is."))
        return values

    def told(self) -> dict[str, str]:
        """What the service is given, without the case that goes on."""
        names = ("reason", "remark", "notifier")
        return {name: self.cleaned_data.get(name) or "" for name in names}
