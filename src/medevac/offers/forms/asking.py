"""What is asked for: a round, an answer that came by telephone or mail, a signed link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.readiness import MomentField, now
from medevac.cases.models import Case
from medevac.offers.forms.answering import AnswerForm
from medevac.offers.link_words import LINK_LANGUAGES
from medevac.offers.selectors.asking import Candidate
from medevac.offers.services.answering import RECORDED
from medevac.offers.states import Channel
from medevac.people.models import Organisation

NAMES_OF_LANGUAGES = {
    "en": "English",
    "nb": "Norsk bokmål",
    "uk": "Українська",
    "de": "Deutsch",
    "pl": "Polski",
}


class AskForm(forms.Form):
    """Which cases, whom, by when. The page draws the two lists itself, as a table and a tree."""

    asker = forms.TypedChoiceField(label=_("In the name of"), coerce=UUID)
    cases = forms.TypedMultipleChoiceField(
        label=_("Cases"),
        coerce=UUID,
        error_messages={
            "required": _("Choose at least one case."),
            "invalid_choice": _("A case is not waiting for offers any more. Load the page again."),
        },
    )
    organisations = forms.TypedMultipleChoiceField(
        label=_("Regions and hospitals"),
        coerce=UUID,
        error_messages={"required": _("Choose at least one region or hospital.")},
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
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For all who are asked. Never a patient's name."),
    )

    def __init__(
        self,
        *args: Any,
        askers: list[Organisation],
        cases: list[Case],
        candidates: list[Candidate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = [(str(one.pk), one.name) for one in askers]  # type: ignore[attr-defined]
        self.fields["cases"].choices = [(str(one.pk), one.pseudonym) for one in cases]  # type: ignore[attr-defined]
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (str(one.organisation.pk), one.organisation.name) for one in candidates
        ]
        if len(askers) == 1:
            self.fields["asker"].widget = forms.HiddenInput()
            self.initial["asker"] = str(askers[0].pk)

    def ticked(self, name: str) -> set[str]:
        """Which boxes of a list are ticked when the page is drawn."""
        value = self[name].value()
        return {str(one) for one in value or ()}


class RecordedAnswerForm(AnswerForm):
    """What somebody said on the telephone or wrote, who it was, how it came, and when."""

    channel = forms.TypedChoiceField(
        label=_("How the answer came"),
        choices=[(one.value, one.label) for one in RECORDED],
        coerce=Channel,
        initial=Channel.TELEPHONE,
        widget=forms.RadioSelect,
    )
    answerer = forms.CharField(
        label=_("Answered by"),
        max_length=120,
        help_text=_("Name and function of whoever telephoned or wrote."),
    )
    answered_at = MomentField(label=_("Answered at"), initial=now)


class LinkForm(forms.Form):
    """To whom a link goes, in which language, and until when it opens."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of a duty desk rather than a person. Whoever reads the letter can answer."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[(code, NAMES_OF_LANGUAGES[code]) for code in LINK_LANGUAGES]
    )
    expires_at = MomentField(
        label=_("Opens until"), required=False, help_text=_("Leave empty for the deadline.")
    )
