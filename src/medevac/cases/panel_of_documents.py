"""The documents of a case on its page: what each is, who may see it, and how to bring more."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from medevac.cases.looking import looked
from medevac.cases.models import Case
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.policy import CHANGE
from medevac.cases.selectors.documents import may_attach, papers_by_id
from medevac.documents.forms import language_name
from medevac.documents.looks import record_look_at_documents
from medevac.documents.models import Document
from medevac.documents.policy import CHANGE as CHANGE_DOCUMENT
from medevac.documents.rules import CLINICAL_KINDS
from medevac.documents.services.opening import has_picture
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.roles import Right

NAME = "cases.documents"


@dataclass(frozen=True)
class Shown:
    """One document as the page shows it."""

    document: Document
    language: str
    of_health: bool
    picture: bool
    may_go: bool


def register_panel_of_documents() -> None:
    """Add it, after what the documents prove."""
    register_panel(Panel(NAME, _("Documents"), "cases/panels/documents.html", documents, order=33))


def documents(user: User, case: Case) -> Content | None:
    """The documents that are open to the user; a look at each."""
    if not any(looked(user, case, right) for right in (Right.CLINICAL, Right.PERSONAL)):
        return None
    rows = list(papers_by_id(user, case).values())
    record_look_at_documents(user, rows)
    changes = may(user, CHANGE, case)
    own = _changeable(user, rows) if changes else set()
    return {
        "shown": [_shown(one, one.pk in own) for one in rows],
        "attaches": changes and case.live and may_attach(user, case),
    }


def _shown(one: Document, may_go: bool) -> Shown:
    return Shown(one, language_name(one.language), one.kind in CLINICAL_KINDS, has_picture(one), may_go)


def _changeable(user: User, rows: list[Document]) -> set[object]:
    keys = [one.pk for one in rows]
    changeable = visible(user, Document.objects.filter(pk__in=keys), CHANGE_DOCUMENT) if keys else None
    return set() if changeable is None else set(changeable.values_list("pk", flat=True))
