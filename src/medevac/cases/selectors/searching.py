"""Finding cases in the search of the head: by pseudonym, EWRS number, and name where that is open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from medevac.cases.looking import persons_of, written_latin_name, written_name
from medevac.cases.models import Case
from medevac.cases.selectors.listing import matching
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.searching import MOST_HITS, Hit


def find_cases(user: User, wanted: tuple[str, ...]) -> Iterator[Hit]:
    """The cases that a text names. The names that are shown are a look, which is on record."""
    found = reduce(
        or_,
        (
            Q(pk__in=matching(user, visible(user, Case.objects.all()), text).values("pk"))
            for text in wanted[:1]
        ),
    )
    rows = visible(user, Case.objects.filter(found)).select_related("mission")
    cases = list(rows.order_by("-changed_at", "pk")[: MOST_HITS + 1])
    persons = persons_of(user, cases)
    for case in cases:
        person = persons.get(case.pk)
        words = [str(case.get_state_display()), case.mission.name]
        if person is not None:
            words = [written_name(person), written_latin_name(person), *words]
        address = reverse("cases:case", kwargs={"public_id": case.pk})
        yield Hit(address, case.pseudonym, " · ".join(word for word in words if word))
