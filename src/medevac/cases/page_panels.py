"""This room's own parts of the case page: request, person, clinical picture, needs, wishes, timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from medevac.cases.icd10 import titled
from medevac.cases.looking import person_of, record_look_at_cases
from medevac.cases.models import Case, Clinical
from medevac.cases.naming import age_on
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.selectors.timeline import timeline_of
from medevac.directory.countries import country_name
from medevac.directory.specialties import in_reading_order
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import parts_of
from medevac.people.roles import Right


def register_page_panels() -> None:
    """Add them; what prepares a case stands between wishes and the timeline."""
    for name, label, content, order in (
        ("request", _("Request"), request_content, 10),
        ("person", _("Person"), person_content, 12),
        ("clinical", _("Clinical picture"), clinical_content, 14),
        ("needs", _("Travel needs"), needs_content, 16),
        ("wishes", _("Wishes and payment"), wishes_content, 18),
        ("timeline", _("Timeline"), timeline_content, 900),
    ):
        template = f"cases/panels/{name}.html"
        register_panel(Panel(f"cases.{name}", label, template, content, order))


def request_content(user: User, case: Case) -> Content:
    """What is asked for, by whom, since when."""
    return {"specialties": in_reading_order(case.specialties), **_changing(case)}


def person_content(user: User, case: Case) -> Content | None:
    """Who the patient is; a look."""

    person = person_of(user, case)
    if person is None:
        return None
    return {
        "person": person,
        "age": age_on(current_day(), person.birth_year, person.birth_date),
        "citizenship": country_name(person.citizenship) if person.citizenship else "",
        **_changing(case),
    }


def clinical_content(user: User, case: Case) -> Content | None:
    """The clinical picture, or its summary without the history; a look under the right that opens it."""
    right = Right.CLINICAL
    picture = parts_of(user, Clinical.objects.all(), case, right).first()
    if picture is None:
        right = Right.SUMMARY
        picture = parts_of(user, Clinical.objects.defer("history"), case, right).first()
    if picture is None:
        return None
    record_look_at_cases(user, right, [case])
    whole = right is Right.CLINICAL
    changing = _changing(case) if whole else {"changes": False}
    return {"picture": picture, "whole": whole, "codes": titled(picture.icd10), **changing}


def needs_content(user: User, case: Case) -> Content:
    """What the journey takes."""
    fields = (
        ("ventilator", case.ventilator),
        ("monitor", case.monitor),
        ("suction", case.suction),
        ("incubator", case.incubator),
    )
    words = [case._meta.get_field(name).verbose_name for name, wanted in fields if wanted]  # type: ignore[union-attr]
    return {"equipment": words, **_changing(case)}


def wishes_content(user: User, case: Case) -> Content:
    """Where to and where not, whether home again, and who pays."""
    return {
        "preferred": [country_name(code) for code in case.preferred_countries],
        "refused": [country_name(code) for code in case.refused_countries],
        **_changing(case),
    }


def timeline_content(user: User, case: Case) -> Content:
    """What has happened."""
    return {"entries": timeline_of(user, case)}


def _changing(case: Case) -> dict[str, Any]:
    """Whether the page offers the form; the page has asked the policy once for all of them."""
    return {"changes": bool(case.__dict__.get("may_change"))}
