"""The choice of a paper among the documents of a case, for whatever a paper proves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from medevac.documents.models import Document


class PaperField(forms.TypedChoiceField):
    """One of the case's documents, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, coerce=UUID, empty_value=None, **kwargs)


def offer(field: forms.Field, papers: list[Document], known: UUID | None = None) -> None:
    """Have a field offer documents.

    Parameters
    ----------
    field
        A `PaperField`.
    papers
        The case's documents that are open to the user and in use.
    known
        What stands there already; it can stay, also where it is out of use or not open to the user.
    """
    assert isinstance(field, PaperField)
    choices = [(str(one.pk), title_of(one)) for one in papers]
    if known is not None and str(known) not in dict(choices):
        choices.append((str(known), gettext("the document that stands there now")))
    field.choices = [("", gettext("none that is kept here")), *choices]
    if not choices:
        field.help_text = gettext_lazy(
            "The case has no documents yet. Upload one on the page of the case, then choose it here."
        )


def title_of(document: Document) -> str:
    """What tells a document from the others in a choice."""
    words = [document.number, document.get_kind_display(), document.title]
    if document.dated:
        words.append(date_format(document.dated, "SHORT_DATE_FORMAT"))
    return " · ".join(words)
