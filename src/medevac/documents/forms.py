"""What the pages of this room ask for. Forms check the shape; services decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medevac.documents.models import Document
from medevac.documents.recognising import TYPES
from medevac.documents.rules import LANGUAGES, Translation
from medevac.documents.services import Description, Place
from medevac.people.models import Organisation

if TYPE_CHECKING:  # Django's forms take no type at run time
    DocumentModelForm = forms.ModelForm[Document]
else:
    DocumentModelForm = forms.ModelForm
PLACE_FIELDS = ("archive", "accession", "contact", "how_to_fetch")


def language_name(code: str) -> str:
    """What a language is called in the reader's."""
    locale = Locale.parse(get_language() or "en", sep="-")
    return str(locale.languages.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """Every language that a document may be written in; the order is that of their use here."""
    return [(code, language_name(code)) for code in LANGUAGES]


class DescriptionForm(DocumentModelForm):
    """What is written of a document."""

    class Meta:
        model = Document
        fields: tuple[str, ...] = ("kind", "title", "language", "dated", "redacted")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=language_choices())
        self.fields["dated"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for name in ("archive",):
            if name in self.fields:
                self.fields[name].required = True

    def description(self) -> Description:
        """What a service is given."""
        values = self.cleaned_data
        return Description(**{name: values[name] for name in Description.__dataclass_fields__})


class ReferenceForm(DescriptionForm):
    """What is written of a document that is kept elsewhere."""

    class Meta(DescriptionForm.Meta):
        fields = (*DescriptionForm.Meta.fields, *PLACE_FIELDS)

    def place(self) -> Place:
        """What a service is given."""
        return Place(**{name: self.cleaned_data[name] for name in PLACE_FIELDS})


def owned(form: DescriptionForm, owners: list[Organisation]) -> DescriptionForm:
    """Have a form ask for whom a document is, where there is a choice."""
    if len(owners) > 1:
        choices = [(str(owner.pk), owner.name) for owner in owners]
        form.fields["owner"] = forms.ChoiceField(label=_("Owner"), choices=choices)
    return form


class FileForm(DescriptionForm):
    """A file, and what is written of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [TYPES[word] for word in settings.DOCUMENT_TYPES]
        file = forms.FileField(
            label=_("File"),
            help_text=_("%(types)s; at most %(most)d MiB.")
            % {
                "types": ", ".join(kind.word.upper() for kind in kinds),
                "most": settings.DOCUMENT_LARGEST_BYTES // (1024 * 1024),
            },
            widget=forms.FileInput(attrs={"accept": ",".join(f".{kind.ending}" for kind in kinds)}),
            allow_empty_file=True,  # the service says what is wrong with it
        )
        self.fields = {"file": file, **self.fields}


class TranslationForm(forms.Form):
    """How far the translation is."""

    state = forms.ChoiceField(label=_("Translation"), choices=Translation)
    translation = forms.ModelChoiceField(
        label=_("The document that is the translation"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Once it is translated. Upload it first."),
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["translation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("In words, without naming the patient: the reason is kept."),
    )
