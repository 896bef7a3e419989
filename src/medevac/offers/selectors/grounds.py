"""What an offer rests on: the yes of a region or hospital; and the no that took it away since."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from medevac.offers.models import Answer, Offer
from medevac.people.policy.areas import below


def yes_for(offer: Offer) -> Answer | None:
    """The newest yes that counts, of whoever offers or one below it, to the case at the hospital."""
    hospital = offer.place.hospital
    rows = Answer.unscoped.filter(ask__case=offer.case_id, yes=True, replaced_at__isnull=True)
    rows = rows.filter(ask__asked__in=below(offer.organisation_id))
    named = Q(hospital=hospital.pk) | Q(hospital__isnull=True, ask__asked=hospital.keeper_id)
    return rows.filter(named).order_by("-recorded_at", "pk").first()


def grounds_gone(offers: Collection[Offer]) -> dict[UUID, Answer]:
    """By offer, the no of whoever had said yes to it, or of whoever keeps its hospital, that came after it.

    Parameters
    ----------
    offers
        Of one case, with `place__hospital` and `answer__ask` at hand.
    """
    if not offers:
        return {}
    cases = {one.case_id for one in offers}
    rows = Answer.unscoped.filter(ask__case__in=cases, replaced_at__isnull=True).select_related("ask")
    latest: dict[UUID, Answer] = {}  # whoever was asked twice has said what they said last
    for answer in rows.order_by("recorded_at", "pk"):
        latest[answer.ask.asked_id] = answer
    found = {}
    for one in offers:
        behind = [one.place.hospital.keeper_id, *([one.answer.ask.asked_id] if one.answer else [])]
        said = [latest[organisation] for organisation in behind if organisation in latest]
        no = next((answer for answer in said if not answer.yes and answer.recorded_at > one.made_at), None)
        if no is not None:
            found[one.pk] = no
    return found
