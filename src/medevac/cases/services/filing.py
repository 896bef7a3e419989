"""Filing a case with five fields, and letting it grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Clinical, Person
from medevac.cases.naming import OF_AGE, age_band, age_on, new_pseudonym, write_names
from medevac.cases.policy import CHANGE, CHANGE_CLINICAL, FILE, SEE
from medevac.cases.services.changed import lock_cases_of, move_moment, refuse_unless_seen
from medevac.cases.services.missing import count_missing
from medevac.cases.services.open_pages import tell_open_pages
from medevac.cases.settings import clock_hours
from medevac.directory.models import Mission
from medevac.directory.services.checking import save_checked
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, may, visible
from medevac.people.refusals import RefusedError

TRIES = 20  # pseudonyms drawn until one is free; of 5,290,000


@dataclass(frozen=True)
class PersonFacts:
    """Who the patient is; the year of birth is enough to begin with."""

    birth_year: int
    family_name: str = ""
    given_name: str = ""
    patronymic: str = ""
    latin_family_name: str = ""
    latin_given_name: str = ""
    latin_by_hand: bool = False
    birth_date: date | None = None
    sex: str = Person.Sex.UNKNOWN
    citizenship: str = ""
    languages: str = ""
    service: str = Person.Service.UNKNOWN
    telephone: str = ""
    document_number: str = ""


@dataclass(frozen=True)
class CaseFacts:
    """What is written when a case is filed: the mission, who files it, who it is, what is wrong."""

    mission: Mission
    requester: Organisation
    person: PersonFacts | Person
    diagnosis: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # of the case, by name
    clinical: Mapping[str, Any] = field(default_factory=dict)  # of the clinical picture, by name


@transaction.atomic
def file_case(actor: User, facts: CaseFacts) -> Case:
    """Save a draft.

    Raises
    ------
    NotAllowedError
        Where the actor may not file for this organisation, or the person is none of those they file for.
    RefusedError
        Where the mission takes no new cases, a field is wrong, or the person has a live case: the sentence
        names it. Nothing was changed.
    """
    demand_filer(actor, facts.requester)
    if not facts.mission.runs_on(current_day()):
        raise RefusedError(
            _("“%(mission)s” takes no new cases today. Choose another mission.")
            % {"mission": facts.mission.name}
        )
    person = facts.person
    if isinstance(person, PersonFacts):
        person = _keep_person(Person(keeper=facts.requester), asdict(person))
    else:
        # Not the right to see: what an emergency has opened for an hour must not stay open by an own case.
        demand(actor, FILE, person)
        _refuse_second_live(actor, person)
    case = Case(
        mission=facts.mission,
        requester=facts.requester,
        person=person,
        state_since=timezone.now(),
        **facts.fields,
    )
    case.pseudonym = _free_pseudonym()
    _write_age(case, person)
    save_checked(case)
    save_checked(Clinical(case=case, diagnosis=facts.diagnosis, **facts.clinical))
    count_missing([case])
    tell_open_pages(case.pk)
    return case


@transaction.atomic
def change_case(
    actor: User,
    case: Case,
    *,
    seen: int | None = None,
    fields: Mapping[str, Any] | None = None,
    person: Mapping[str, Any] | None = None,
    clinical: Mapping[str, Any] | None = None,
) -> Case:
    """Write what has become known.

    Parameters
    ----------
    actor, case
        Who writes, and of which case.
    seen
        The version that the writer has seen; refused where somebody has written since.
    fields, person, clinical
        New values by the name of the field, of the case, of its person and of its clinical picture.
    """
    demand(actor, CHANGE, case)
    if person:
        lock_cases_of((case.person_id,), besides=(case.pk,))
    kept = Case.unscoped.select_for_update().get(pk=case.pk)
    if not kept.live:
        raise RefusedError(
            _("Case %(case)s has ended as “%(state)s” and is not changed any more.")
            % {"case": kept.pseudonym, "state": kept.get_state_display()}
        )
    refuse_unless_seen(kept, seen)
    who = Person.unscoped.select_for_update().get(pk=kept.person_id)
    if person:
        who = _keep_person(who, person)
        others = Case.unscoped.filter(person=who).exclude(pk=kept.pk)
        move_moment(others.values_list("pk", flat=True))
    if clinical:
        demand(actor, CHANGE_CLINICAL, case)
        picture = Clinical.unscoped.select_for_update().get(pk=kept.pk)
        for name, value in clinical.items():
            setattr(picture, name, value)
        save_checked(picture)
    write_fields(kept, fields or {}, timezone.now())
    _write_age(kept, who)
    kept.version += 1
    save_checked(kept)
    count_missing([kept])
    tell_open_pages(kept.pk)
    return kept


def filers_for(actor: User) -> list[Organisation]:
    """The organisations for which the actor may file cases, by name."""
    rows = visible(actor, Organisation.objects.filter(closed_at__isnull=True), FILE)
    return list(rows.order_by("latin_name", "pk"))


def demand_filer(actor: User, requester: Organisation) -> None:
    """Refuse where the actor may not file cases for this organisation."""
    if requester not in filers_for(actor):
        raise NotAllowedError(
            f"Expected an organisation for which the user may file cases, got organisation {requester.pk}."
        )


def _keep_person(person: Person, values: Mapping[str, Any]) -> Person:
    for name, value in values.items():
        setattr(person, name, value)
    if person.birth_date is not None:
        person.birth_year = person.birth_date.year
    write_names(person)
    save_checked(person)
    return person


def _refuse_second_live(actor: User, person: Person) -> None:
    """Name the live case to who may see it. That there is one only is held by a constraint, too."""
    live = next((one for one in Case.unscoped.filter(person=person) if one.live), None)
    if live is None:
        return
    if may(actor, SEE, live):
        raise RefusedError(
            _("This person has a live case: %(case)s. Open it instead of filing another.")
            % {"case": live.pseudonym}
        )
    raise RefusedError(_("This person has a live case that is not open to you. Ask the coordination centre."))


def write_fields(case: Case, fields: Mapping[str, Any], now: datetime) -> None:
    """Set fields of a case by name; a change of priority restarts its clock. Does not keep the row."""
    before = case.priority
    for name, value in fields.items():
        setattr(case, name, value)
    if case.priority != before and case.verified_at is not None:
        case.priority_since = now  # a change of priority restarts its clock
        case.due_at = now + timedelta(hours=clock_hours(case.priority))


def _write_age(case: Case, person: Person) -> None:
    age = age_on(current_day(), person.birth_year, person.birth_date)
    case.age_band, case.child = age_band(age), age < OF_AGE


def _free_pseudonym() -> str:
    """One that no case has; two who draw the same at one moment are told apart by the constraint."""
    for _attempt in range(TRIES):
        drawn = new_pseudonym()
        if not Case.unscoped.filter(pseudonym=drawn).exists():
            return drawn
    raise RefusedError(_("No free pseudonym was found. Try once more, and tell the administrator."))
