"""What is asked for companions, families and consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.papers import PaperField, offer
from medevac.cases.forms.readiness import DateField, MomentField, now
from medevac.cases.models import Case, Companion, FamilyGroup
from medevac.cases.models.consent import Giver, Purpose
from medevac.documents.models import Document
from medevac.people.choosing import nothing_chosen

if TYPE_CHECKING:  # Django's forms take no type at run time
    CompanionModelForm = forms.ModelForm[Companion]
else:
    CompanionModelForm = forms.ModelForm


class CompanionForm(CompanionModelForm):
    """Who goes along."""

    birth_date = DateField(label=_("Date of birth"))
    document_valid_until = DateField(label=_("Identity paper valid until"), required=False)
    document_number = forms.CharField(label=_("Number of the identity paper"), max_length=40, required=False)

    class Meta:
        model = Companion
        fields = (
            "family_name",
            "given_name",
            "latin_family_name",
            "latin_given_name",
            "birth_date",
            "sex",
            "relation",
            "guardian",
            "relation_shown",
            "document_number",
            "document_valid_until",
            "may_leave",
            "telephone",
            "luggage_kg",
            "pets",
            "remark",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("latin_family_name", "latin_given_name"):
            self.fields[name].help_text = _("Leave empty: it is written by Ukraine's table.")


class FamilyForm(forms.Form):
    """With whom a patient travels as one family."""

    pseudonym = forms.CharField(
        label=_("The other patient's case"), max_length=12, help_text=_("The pseudonym, such as RK-4082.")
    )
    together = forms.ChoiceField(
        label=_("Stay together"), choices=FamilyGroup.Together.choices, widget=forms.RadioSelect
    )
    other: Case | None = None

    def clean_pseudonym(self) -> str:
        """In capital letters, as it is written everywhere."""
        return str(self.cleaned_data["pseudonym"]).strip().upper()


class ConsentForm(forms.Form):
    """What was consented to, by whom, and how."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=nothing_chosen(Purpose.choices))
    country = forms.ChoiceField(label=_("Country"), required=False)
    giver = forms.ChoiceField(
        label=_("Given by"),
        choices=nothing_chosen(Giver.choices),
        help_text=_("For a child: a parent, a guardian or a court."),
    )
    giver_name = forms.CharField(label=_("Name of whoever gave it"), max_length=200)
    language = forms.CharField(
        label=_("Language"), max_length=40, help_text=_("In which it was explained and given.")
    )
    interpreter = forms.CharField(label=_("Interpreter"), max_length=200, required=False)
    given_at = MomentField(label=_("Given at"), initial=now)
    document = PaperField(label=_("Signed paper"))

    def __init__(
        self, *args: Any, countries: list[tuple[str, str]], papers: list[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["document"], papers)
        every = [("", _("every country of the mission"))]
        self.fields["country"].choices = every + countries  # type: ignore[attr-defined]


class WithdrawalForm(forms.Form):
    """Who has withdrawn a consent."""

    withdrawn_by = forms.CharField(
        label=_("Withdrawn by"),
        max_length=200,
        help_text=_("The patient, or who acts for the patient: the name."),
    )
