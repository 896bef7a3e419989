"""What this room tells the room `operations`: hospitals that a user is the contact of."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from medevac.directory.models import Hospital
from medevac.operations.forgetting import Emptied, Person, Trace, person_kinds, register_traces


def tell_operations() -> None:
    """Add the traces of users."""
    register_traces("people.user")(traces)


def traces(person: Person) -> Iterator[Trace]:
    """Only what is the user's own: the telephone of a switchboard stays."""
    known = person_kinds()[person.kind].values(person.pk)
    yield Emptied(Hospital, Q(contact_email__in=known), {"contact_email": ""}, lines_alone=True)
    yield Emptied(Hospital, Q(contact_phone__in=known), {"contact_phone": ""}, lines_alone=True)
