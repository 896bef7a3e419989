"""What pages of workbooks have in common: a file as an answer, a template's language, one's own trial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext

from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.views.saying import saying_refusals
from medevac.tables.columns import LANGUAGES, Language
from medevac.tables.container import WORKBOOK_TYPE

ROWS = 100
WORDS = ("add", "change", "same")
M = TypeVar("M", bound=Model)


def file_answer(content: bytes, name: str, kind: str = WORKBOOK_TYPE) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def template_language(language: str) -> Language:
    """The language of an empty workbook; any other is not found."""
    for one in LANGUAGES:
        if one == language:
            return one
    raise Http404


def own_trial(user: User, rows: QuerySet[M, Any], public_id: UUID) -> M:
    """A trial that the user made and may still see; any other is not found."""
    found: M | None = visible(user, rows).filter(pk=public_id, made_by=user.pk).first()
    if found is None:
        raise Http404
    return found


def say_written(request: HttpRequest, apply: Callable[[], int]) -> None:
    """Apply a trial, and say how many rows were written, or why none."""
    with saying_refusals(request):
        count = apply()
        sentence = ngettext("%(count)s row has been written.", "%(count)s rows have been written.", count)
        messages.success(request, sentence % {"count": count})


def counts_of(trial: Any) -> dict[str, int]:
    """How many rows would be added, changed and left as they are."""
    return {word: trial.count(word) for word in WORDS} if trial else {}


def page_of_changed(request: HttpRequest, deeds: Sequence[Any]) -> Page[Any]:
    """A page of the rows that would write something."""
    told = [one for one in deeds if one.word != "same"]
    return Paginator(told, ROWS).get_page(request.GET.get("page"))
