"""What an answer says: on a page of the service, and on the page of a signed link, in its five languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.readiness import DateField
from medevac.directory.models import Hospital
from medevac.offers.services.answering import AnswerFacts
from medevac.offers.why_not import No
from medevac.people.choosing import nothing_chosen

MOST_COMPANIONS = 20


class AnswerForm(forms.Form):
    """Yes with the earliest day, or no with a reason; what is missing is said by the service."""

    yes = forms.TypedChoiceField(
        label=_("Can you take the patient?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    hospital = forms.ChoiceField(label=_("Hospital that takes the patient"), required=False)
    earliest_day = DateField(label=_("Earliest day"), required=False)
    isolation = forms.BooleanField(label=_("An isolation room comes with it"), required=False)
    companions = forms.IntegerField(
        label=_("Companions that can be housed"), min_value=0, max_value=MOST_COMPANIONS, required=False
    )
    payer = forms.CharField(label=_("Who pays for the treatment"), max_length=120, required=False)
    no_reason = forms.ChoiceField(label=_("Reason for a no"), required=False)
    remark = forms.CharField(
        label=_("Remark"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Never a patient's name."),
    )
    of_yes = ("hospital", "earliest_day", "isolation", "companions", "payer")

    def __init__(self, *args: Any, hospitals: Iterable[Hospital], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed: list[tuple[str, object]] = [(str(one.pk), one.name) for one in hospitals]
        self.fields["hospital"].choices = nothing_chosen(listed)  # type: ignore[attr-defined]
        if len(listed) < 2:  # there is nothing to choose: the only one is meant
            del self.fields["hospital"]
        self.fields["no_reason"].choices = [("", _("Choose one")), *No.choices]  # type: ignore[attr-defined]

    @property
    def yes_fields(self) -> list[forms.BoundField]:
        """What belongs to a yes."""
        return [self[name] for name in self.of_yes if name in self.fields]

    def facts(self) -> AnswerFacts:
        """What was answered, once the form is valid."""
        given = self.cleaned_data
        chosen = given.get("hospital")
        return AnswerFacts(
            yes=given["yes"],
            no_reason=given["no_reason"],
            hospital=UUID(chosen) if chosen else None,
            earliest_day=given["earliest_day"],
            isolation=given["isolation"],
            companions=given["companions"] or 0,
            payer=given["payer"],
            remark=given["remark"],
        )


class LinkAnswerForm(AnswerForm):
    """The same by whoever has no account."""

    answerer = forms.CharField(label=_("Answered by"), max_length=120, help_text=_("Your name and function."))
