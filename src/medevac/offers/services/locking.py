"""The order in which rows are locked here: case, hospitals, offers, asks (docs/explanation/locking.md)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.services.changed import move_moment
from medevac.directory.models import Hospital
from medevac.offers.models import Offer
from medevac.people.refusals import RefusedError


def lock_case(case_id: UUID) -> Case:
    """The case, locked until the transaction ends; the first lock of every deed that touches an offer.

    Whoever locks it changes something of it, so its moment moves: programs that ask the API for the cases
    that have changed since hear of asks, offers and choices too, and the pages on which it stands as well.
    """
    case = wait_for_case(case_id)
    move_moment([case.pk])
    return case


def wait_for_case(case_id: UUID) -> Case:
    """The case, locked in the same way, for a deed that may find that there is nothing to do any more."""
    return Case.unscoped.select_for_update(of=("self",)).select_related("mission").get(pk=case_id)


def lock_hospitals(ids: Iterable[UUID]) -> None:
    """Lock what their places and pools are counted under, by id, so that nobody waits in a circle."""
    wanted = sorted(set(ids))
    list(Hospital.unscoped.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))


def lock_offers(case: Case) -> list[Offer]:
    """Every offer of a locked case, locked by id, with its place."""
    rows = Offer.unscoped.select_for_update(of=("self",)).filter(case=case).order_by("pk")
    return list(rows.select_related("place__hospital", "organisation"))


def one_of(offers: Iterable[Offer], offer_id: UUID) -> Offer:
    """The one that is meant, of a case's offers that were locked.

    Raises
    ------
    RefusedError
        Where it is not among them.
    """
    for offer in offers:
        if offer.pk == offer_id:
            return offer
    raise RefusedError(_("This offer is not one of the case's. Load the page again."))
