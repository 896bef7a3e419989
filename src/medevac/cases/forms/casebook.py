"""What the pages of import, export, summary and duty ask for. Forms check the shape; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.directory.models import Mission
from medevac.people.choosing import nothing_chosen
from medevac.people.models import Organisation

MOST_BYTES = 20_000_000
LANGUAGES = (
    ("nb", "Norsk bokmål"),
    ("en", "English"),
    ("uk", "Українська"),
    ("de", "Deutsch"),
    ("pl", "Polski"),
)


class CasesUploadForm(forms.Form):
    """A workbook, for whom its cases are filed, and in which mission."""

    mission = forms.ChoiceField(label=_("Mission"))
    requester = forms.ChoiceField(label=_("Filed by"))
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(
        self, *args: Any, missions: list[Mission], filers: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {str(one.pk): one for one in missions}
        self.filers = {str(one.pk): one for one in filers}
        choices = {
            "mission": [(key, str(one.name)) for key, one in self.missions.items()],
            "requester": [(key, one.name) for key, one in self.filers.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = nothing_chosen(offered)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file that is not larger than any list of cases."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Expected a file of at most 20 MB. Leave out what is not about cases, or divide it.")
            )
        return file


class ColumnsWantedForm(forms.Form):
    """Which columns leave, and in which form."""

    clinical = forms.BooleanField(
        label=_("Clinical columns, where the case opens them to you"), required=False
    )
    personal = forms.BooleanField(
        label=_("Personal columns, where the case opens them to you"), required=False
    )
    file_format = forms.ChoiceField(
        label=_("Form"),
        choices=[("xlsx", _("workbook (.xlsx)")), ("csv", _("table (.csv)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class SummaryForm(forms.Form):
    """In which language, and whether with personal data."""

    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES)
    personal = forms.BooleanField(label=_("With personal data"), required=False)

    def __init__(self, *args: Any, personal_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not personal_open:
            del self.fields["personal"]


class EntryForm(forms.Form):
    """One entry of the duty log."""

    text = forms.CharField(
        label=_("What happened, or what is to be done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pseudonym = forms.CharField(
        label=_("About the case"),
        max_length=12,
        required=False,
        help_text=_("Its pseudonym such as RK-4082; leave it empty for something general."),
    )
    open_point = forms.BooleanField(label=_("Somebody must still deal with it"), required=False)


class HandOverForm(forms.Form):
    """What the next shift must know."""

    remark = forms.CharField(
        label=_("What the next shift must know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ClosingForm(forms.Form):
    """How a point was dealt with."""

    closing = forms.CharField(label=_("How it was dealt with"), max_length=500)
