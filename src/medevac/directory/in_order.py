"""What this room tells the room `operations`: for how long missions keep what, and users as contacts."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from medevac.directory.models import Hospital, RetentionPeriod
from medevac.operations.forgetting import Emptied, Person, Trace, person_kinds, register_traces
from medevac.operations.keeping import Period, register_periods
from medevac.people.days import current_day


def tell_operations() -> None:
    """Add the traces of users, and what missions say of retention."""
    register_traces("people.user")(traces)
    register_periods(periods)


def periods(what: str) -> Iterator[Period]:
    """What every mission says today, closed ones as well: what they have gathered is still kept."""
    rows = RetentionPeriod.unscoped.on(current_day()).filter(what=what).select_related("mission")
    for row in rows.order_by("mission__code"):
        yield Period(row.months, row.basis, row.mission.name)


def traces(person: Person) -> Iterator[Trace]:
    """Only what is the user's own: the telephone of a switchboard stays."""
    known = person_kinds()[person.kind].values(person.pk)
    yield Emptied(Hospital, Q(contact_email__in=known), {"contact_email": ""}, lines_alone=True)
    yield Emptied(Hospital, Q(contact_phone__in=known), {"contact_phone": ""}, lines_alone=True)
