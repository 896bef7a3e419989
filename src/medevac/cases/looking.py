"""Pages of cases write down who looked, before they show anything that is clinical or personal."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext

from medevac.audit.context import because
from medevac.audit.services import record_look
from medevac.cases.models import Case, Person
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.policy.asking import emergency_reasons
from medevac.people.roles import Right

KIND = "cases.case"  # a patient's own access log asks for the case


def record_look_at_cases(viewer: User, right: Right, cases: Iterable[Case]) -> None:
    """Write that the viewer sees this of these cases; whoever filed a case owns the look.

    One row is written for each data owner; what an emergency access opened stands there with its reason.
    """
    seen = {}
    for case in cases:
        looks: dict[tuple[object, Right], bool] = case.__dict__.setdefault("_looked", {})
        if not looks.get((viewer.pk, right)):  # several parts of one page show it, and it is one look
            looks[viewer.pk, right] = True
            seen[case.pk] = case.requester_id
    if not seen:
        return
    reasons = emergency_reasons(viewer, Case)
    for reason in {reasons.get(case, "") for case in seen}:
        part = {case: owner for case, owner in seen.items() if reasons.get(case, "") == reason}
        with because(reason) if reason else nullcontext():
            record_look(right.value, KIND, part)


def looked(viewer: User, case: Case, right: Right) -> bool:
    """Whether the viewer may see these data of one case; the look is on record where so.

    Several parts of one page ask, and the policy is asked once.
    """
    looks: dict[tuple[object, Right], bool] = case.__dict__.setdefault("_looked", {})
    if (viewer.pk, right) not in looks:
        if may(viewer, right, case):
            record_look_at_cases(viewer, right, [case])
        else:
            looks[viewer.pk, right] = False
    return looks[viewer.pk, right]


def persons_of(viewer: User, cases: Iterable[Case]) -> dict[object, Person]:
    """The persons whom the viewer may see, by the case that opens them; the look is on record.

    A person who is open through one case only is not shown with another.
    """
    listed = list(cases)
    if not listed:
        return {}
    rows = Case.objects.filter(pk__in=[case.pk for case in listed])
    rows = visible(viewer, rows, Right.PERSONAL).select_related("person").only("person")
    persons: dict[object, Person] = {case.pk: case.person for case in rows}
    record_look_at_cases(viewer, Right.PERSONAL, [case for case in listed if case.pk in persons])
    return persons


def person_of(viewer: User, case: Case) -> Person | None:
    """The person of one case; several parts of one page ask, and it is one look."""
    remembered: dict[object, Person | None] = case.__dict__.setdefault("_persons_shown", {})
    if viewer.pk not in remembered:
        remembered[viewer.pk] = case.person if looked(viewer, case, Right.PERSONAL) else None
    return remembered[viewer.pk]


def written_name(person: Person | None) -> str:
    """A name as it is read: family name first, in its own script; empty where nobody has written one."""
    return "" if person is None else " ".join(n for n in (person.family_name, person.given_name) if n)


def written_latin_name(person: Person) -> str:
    """The same in Latin letters; empty where that says nothing new."""
    latin = " ".join(n for n in (person.latin_family_name, person.latin_given_name) if n)
    return "" if latin == written_name(person) else latin
