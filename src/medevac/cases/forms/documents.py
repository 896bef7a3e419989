"""What is asked to attach a document that is here already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medevac.cases.forms.papers import title_of
from medevac.documents.models import Document


class AttachForm(forms.Form):
    """Which document. Those that other cases hold stand apart, so that nobody takes one by mistake."""

    document = forms.ChoiceField(label=_("Document"))

    def __init__(self, *args: Any, free: list[Document], held: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._documents = {str(one.pk): one for one in (*free, *held)}
        groups = ((gettext("Belongs to nothing yet"), free), (gettext("On other cases already"), held))
        choices: list[tuple[str, object]] = [
            (name, [(str(one.pk), title_of(one)) for one in rows]) for name, rows in groups if rows
        ]
        if len(self._documents) > 1:  # nothing is chosen for anybody
            choices.insert(0, ("", gettext("Choose one")))
        self.fields["document"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Document:
        """The document."""
        return self._documents[self.cleaned_data["document"]]
