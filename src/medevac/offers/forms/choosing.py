"""What is asked for the patient's choice, and for the sheet on which it is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.papers import PaperField
from medevac.cases.forms.papers import offer as offer_papers
from medevac.cases.forms.readiness import MomentField, now
from medevac.documents.models import Document
from medevac.documents.recognising import TYPES
from medevac.offers.models import Chooser
from medevac.offers.selectors.offers_of_case import Shown
from medevac.offers.services.choosing import Chosen
from medevac.people.choosing import nothing_chosen

SHEET_LANGUAGES = (("uk", _("Ukrainian")), ("en", _("English")), ("nb", _("Norwegian")))


class ChoiceForm(forms.Form):
    """Which offer was chosen, by whom, and how. Nothing is chosen for anybody."""

    first = forms.ChoiceField(label=_("First choice"), widget=forms.RadioSelect)
    second = forms.ChoiceField(
        label=_("Second choice"),
        widget=forms.RadioSelect,
        help_text=_("It stays in reserve, and can be chosen at once if the first place is lost."),
        initial="",
        required=False,
    )
    chooser = forms.ChoiceField(
        label=_("Who chose"),
        choices=nothing_chosen(Chooser.choices),
        help_text=_("For a child: a parent, a guardian or a court."),
    )
    chooser_name = forms.CharField(label=_("Name of whoever chose"), max_length=200)
    language = forms.CharField(
        label=_("Language"), max_length=40, help_text=_("In which the offers were explained.")
    )
    interpreter = forms.CharField(
        label=_("Interpreter"), max_length=200, required=False, help_text=_("Name, where one was needed.")
    )
    chosen_at = MomentField(label=_("Chosen at"), initial=now)
    document = PaperField(label=_("Signed sheet"))
    sheet = forms.FileField(
        label=_("Or upload the signed sheet now"),
        required=False,
        allow_empty_file=True,  # the service says what is wrong with it
    )

    def __init__(self, *args: Any, shown: list[Shown], papers: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.offer.pk), said_of_offer(one)) for one in shown]
        self.fields["first"].choices = choices  # type: ignore[attr-defined]
        none = ("", gettext("none: every other place is given back at once"))
        self.fields["second"].choices = [none, *choices]  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["second"]
        offer_papers(self.fields["document"], papers)
        kinds = [TYPES[word] for word in settings.DOCUMENT_TYPES]
        sheet = self.fields["sheet"]
        sheet.widget = forms.FileInput(attrs={"accept": ",".join(f".{kind.ending}" for kind in kinds)})
        sheet.help_text = _("%(types)s; at most %(most)d MiB. It is encrypted and attached to the case.") % {
            "types": ", ".join(kind.word.upper() for kind in kinds),
            "most": settings.DOCUMENT_LARGEST_BYTES // (1024 * 1024),
        }

    def clean(self) -> dict[str, Any]:
        """Two choices are two offers."""
        values = super().clean() or {}
        if values.get("first") and values.get("first") == values.get("second"):
            self.add_error("second", _("The second choice must be another offer than the first."))
        return values

    def chosen(self, document: UUID | None) -> Chosen:
        """What the service is given, with the sheet that is kept."""
        values = self.cleaned_data
        return Chosen(
            chooser=values["chooser"],
            chooser_name=values["chooser_name"],
            language=values["language"],
            chosen_at=values["chosen_at"],
            interpreter=values["interpreter"],
            second=UUID(values["second"]) if values.get("second") else None,
            document=document,
        )


class SheetForm(forms.Form):
    """In which language the sheet is printed."""

    language = forms.ChoiceField(label=_("Language"), choices=SHEET_LANGUAGES, initial="uk")


def said_of_offer(one: Shown) -> str:
    """What tells an offer from the others in a choice."""
    hospital = one.offer.place.hospital
    words = [one.country, hospital.name]
    if hospital.city:
        words.append(hospital.city)
    words.append(gettext("from %(day)s") % {"day": date_format(one.offer.earliest_day, "SHORT_DATE_FORMAT")})
    return " · ".join(words)
