"""Where this room keeps personal values of a patient, for `medevac forget`: who chose, and free remarks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from medevac.cases.models import Case
from medevac.cases.own_traces import KIND
from medevac.offers.models import Answer, Choice, Offer, Round
from medevac.operations.forgetting import FORGOTTEN, Emptied, Person, Trace, register_text, register_traces

FREE_TEXTS = (
    (Offer, ("remark", "housing", "homeward")),
    (Answer, ("remark", "answerer")),
    (Round, ("remark",)),
)


def register_own_traces() -> None:
    """Add them."""
    register_traces(KIND)(_traces)
    for model, fields in FREE_TEXTS:
        for field in fields:
            register_text(model, field)


def _traces(person: Person) -> Iterator[Trace]:
    cases = list(Case.unscoped.filter(person=person.pk).values_list("pk", flat=True))
    yield Emptied(Choice, Q(case__in=cases), {"chooser_name": FORGOTTEN, "interpreter": "", "ended_why": ""})
