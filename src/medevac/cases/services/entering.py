"""Entering a case by the form of five fields: whether the patient is there already is asked first, and a form
that is sent twice files one case.

Only persons of whom whoever files may file another case are asked about, not those whom an emergency opened.
The search looks at no others, so that a match which is not open gives the same answer as none, after the same
work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from medevac.cases.looking import record_look_at_cases
from medevac.cases.models import Case, Filing, Person
from medevac.cases.naming import write_names
from medevac.cases.policy import FILE
from medevac.cases.selectors.sameness import look_at_persons
from medevac.cases.services.filing import CaseFacts, PersonFacts, demand_filer, file_case
from medevac.cases.services.likeness import Found, who_may_be
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right


@dataclass(frozen=True)
class Candidate:
    """Somebody open to whoever files who may be the patient, with the cases that are open to them as well.

    Parameters
    ----------
    found
        The person, and what is alike.
    cases
        The person's cases, the latest first.
    """

    found: Found
    cases: tuple[Case, ...]

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.found.person

    @property
    def live(self) -> Case | None:
        """The case that still goes on, which is to be opened instead of filing another."""
        return next((case for case in self.cases if case.live), None)


@dataclass(frozen=True)
class Question:
    """Nothing was filed: whoever files must first say whether the patient is one of these."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Entered:
    """The case, and whether it was filed just now."""

    case: Case
    now: bool


@transaction.atomic
def enter_case(
    actor: User, mark: UUID, facts: CaseFacts, *, same: UUID | None = None, others: Collection[UUID] = ()
) -> Entered | Question:
    """File a case once, unless the patient may be there already and nobody has said so yet.

    Parameters
    ----------
    actor, facts
        As in `file_case`.
    mark
        Of the form. Whoever sends the same form at the same moment waits for the first, and gets its case.
    same
        The candidate who is the patient: this is filed as another case of that person.
    others
        The candidates of whom it was said that they are somebody else.

    Returns
    -------
    The case, or the question. To ask it is a look at every candidate, which is on record.

    Raises
    ------
    RefusedError, NotAllowedError
        As `file_case`, and where `same` is none of the candidates. Nothing was changed.
    """
    with connection.cursor() as cursor:  # held until the transaction ends
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases.filing {mark}"])
    earlier = Filing.unscoped.filter(mark=mark).select_related("case").first()
    if earlier is not None and earlier.actor != actor.pk:
        raise RefusedError(_("Expected a form of your own. Load the page again."))
    if earlier is not None:
        return Entered(earlier.case, now=False)
    demand_filer(actor, facts.requester)
    candidates = candidates_for(actor, facts.person)
    if same is not None:
        facts = replace(facts, person=_chosen(candidates, same))
    elif any(one.person.pk not in others for one in candidates):
        record_looks(actor, candidates)
        return Question(candidates)
    case = file_case(actor, facts)
    Filing.unscoped.create(mark=mark, actor=actor.pk, case=case)
    return Entered(case, now=True)


def candidates_for(actor: User, person: Person | PersonFacts) -> tuple[Candidate, ...]:
    """Who of those open to the actor may be this person, the likeliest first. Showing them is a look."""
    if isinstance(person, PersonFacts):
        person = Person(**asdict(person))
        write_names(person)
    opened = visible(actor, Person.objects.select_related("keeper"), FILE)
    found = who_may_be(person, among=opened, by_parts=True)
    rows = Case.objects.filter(person__in=[one.person for one in found]).order_by("-created_at")
    cases = list(visible(actor, rows, Right.PERSONAL).select_related("requester")) if found else []
    return tuple(
        Candidate(one, tuple(case for case in cases if case.person_id == one.person.pk)) for one in found
    )


def record_looks(actor: User, candidates: Iterable[Candidate]) -> None:
    """Write that these persons, and that these cases are theirs, are about to be shown."""
    candidates = list(candidates)
    look_at_persons(one.person for one in candidates)
    record_look_at_cases(actor, Right.PERSONAL, [case for one in candidates for case in one.cases])


def _chosen(candidates: Iterable[Candidate], same: UUID) -> Person:
    chosen = next((one.person for one in candidates if one.person.pk == same), None)
    if chosen is None:
        raise RefusedError(_("Expected one of those who are shown. Send the form again, and choose anew."))
    return chosen
