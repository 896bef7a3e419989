"""What is asked of whoever uses a run of advice: which asks to send, and what to change by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.readiness import MomentField
from medevac.directory.models import Hospital
from medevac.offers.forms.suggesting import FlightDayForm
from medevac.offers.models.advice import NotThere
from medevac.offers.selectors.advice import Question
from medevac.offers.wishes import Wish
from medevac.people.models import Organisation

PIN = "pin"


class AdviceForm(FlightDayForm):
    """The day of the flight, and in whose name the advice is worked out."""

    asker = forms.TypedChoiceField(label=_("In the name of"), coerce=UUID)

    def __init__(self, *args: Any, askers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = [(str(one.pk), one.name) for one in askers]  # type: ignore[attr-defined]
        if len(askers) == 1:
            self.fields["asker"].widget = forms.HiddenInput()
            self.initial["asker"] = str(askers[0].pk)


class AdoptForm(forms.Form):
    """Which of the advised asks are sent, and by when to answer. The page draws the table of them itself."""

    cases = forms.TypedMultipleChoiceField(
        label=_("Asks"),
        coerce=UUID,
        error_messages={
            "required": _("Tick at least one of the advised asks."),
            "invalid_choice": _(
                "Nothing was sent: a case that was ticked does not wait for this place any more. Look at the "
                "list, which is up to date, and send the others."
            ),
        },
    )
    deadline = MomentField(label=_("Answer by"))
    telephone = forms.CharField(
        label=_("Telephone for questions"),
        max_length=40,
        required=False,
        help_text=_("The duty number. Whoever is asked sees it."),
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        help_text=_("For all who are asked. Never a patient's name."),
    )

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (str(one.case.pk), one.case.pseudonym) for one in questions
        ]

    def ticked(self) -> set[str]:
        """Which boxes are ticked when the page is drawn: all that can be, at first."""
        return {str(one) for one in self["cases"].value() or ()}


class ByHandForm(FlightDayForm):
    """For each case and hospital: leave it to the planner, keep it there, or not there and why.

    One field for each pair, named by its number; `rows` has them with their pair.
    """

    case = forms.CharField(
        label=_("Pin another case"),
        max_length=30,
        required=False,
        help_text=_("Its pseudonym. It is placed at the hospital beside, whatever that costs the others."),
    )
    hospital = forms.TypedChoiceField(
        label=_("At the hospital"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, pairs: list[tuple[UUID, UUID, str]], hospitals: list[Hospital], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        choices = [
            ("", _("as the planner decides")),
            (PIN, _("keep it there")),
            (_("not there, since"), [(code, label) for code, label in NotThere.choices]),
        ]
        for number, (_case, _hospital, decided) in enumerate(pairs):
            self.fields[f"wish-{number}"] = forms.ChoiceField(
                choices=choices, required=False, initial=decided
            )
        self.fields["hospital"].choices = [  # type: ignore[attr-defined]
            ("", _("choose a hospital")),
            *((str(one.pk), f"{one.name}, {one.country}") for one in hospitals),
        ]

    def clean(self) -> dict[str, Any]:
        """A case needs a hospital, and a hospital a case."""
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("case")) != bool(given.get("hospital")):
            self.add_error("hospital", _("Give both the case and the hospital, or neither."))
        return given

    def wishes(self) -> list[Wish]:
        """What was decided for the pairs."""
        found = []
        for number, (case, hospital, _decided) in enumerate(self.pairs):
            value = self.cleaned_data[f"wish-{number}"]
            if value:
                found.append(Wish(case, hospital, value == PIN, "" if value == PIN else value))
        return found
