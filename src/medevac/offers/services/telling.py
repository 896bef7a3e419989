"""Who is told of an offer: its own side, and whoever filed the case and the ministry above."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from medevac.cases.rules import MINISTRY
from medevac.directory.countries import country_name
from medevac.messages.services import tell
from medevac.offers.models import Answer, Offer
from medevac.offers.rules import ENDED
from medevac.offers.selectors.grounds import grounds_gone
from medevac.people.models import Membership, OrganisationPath, User
from medevac.people.roles import Role

OFFERING_ROLES = (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL)
TO_SENDERS = frozenset({"offers.offer_sent", "offers.offer_gone", "offers.place_lost"})
GROUND_GONE = "offers.ground_gone"
# That its place is free again is news to the country most of all.
TO_OFFERERS = frozenset(
    {"offers.chosen", "offers.not_chosen_first", "offers.offer_gone", "offers.place_lost", GROUND_GONE}
)


def tell_of_gone_grounds(no: Answer) -> None:
    """Tell whoever offers that a no, or a correction to no, took away what an offer rested on.

    Nothing happens to the offer: those who made it withdraw it, or ask once more. The case is locked.
    """
    rows = Offer.unscoped.filter(case=no.ask.case_id).exclude(state__in=ENDED)
    offers = list(rows.select_related("case", "place__hospital", "answer__ask").order_by("pk"))
    gone = grounds_gone(offers)
    for offer in offers:
        if gone.get(offer.pk) == no:
            tell_of_offer(offer, GROUND_GONE, key=str(no.pk), asked=no.ask.asked.name)


def tell_of_offer(offer: Offer, kind: str, *, key: str = "", **more: str) -> None:
    """Write the messages of what has happened to an offer, in the caller's transaction.

    Parameters
    ----------
    key
        What happened, where it did not change the offer itself.
    more
        Further facts for the text of the kind.
    """
    users: dict[UUID, User] = {}
    if kind in TO_SENDERS:
        users |= _sending(offer)
    if kind in TO_OFFERERS:
        users |= _offering(offer)
    for user in users.values():
        with translation.override(user.language):
            facts = {
                "case": offer.case.pseudonym,
                "country": country_name(offer.place.hospital.country),
                "hospital": offer.place.hospital.name,
                "state": offer.get_state_display(),
                "reason": offer.get_reason_display(),
                **more,
            }
        tell(
            user,
            kind,
            facts=facts,
            pseudonym=offer.case.pseudonym,
            address=reverse("cases:case", args=[offer.case_id]),
            key=f"{kind}:{offer.pk}:{key or offer.version}",
        )


def _members_in(mission: UUID) -> QuerySet[Membership]:
    """Memberships that count now, in every mission or in this one."""
    counts = Q(mission__isnull=True) | Q(mission=mission)
    return Membership.unscoped.current().filter(counts).select_related("user")


def _sending(offer: Offer) -> dict[UUID, User]:
    """Coordinators of whoever filed the case, and of the ministries above."""
    filed = offer.case.requester_id
    above = OrganisationPath.objects.filter(descendant=filed).values("ancestor")
    rows = _members_in(offer.mission_id)
    own = rows.filter(organisation=filed, role__in=(Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR))
    ministries = rows.filter(organisation__in=above, role__in=[str(role) for role in MINISTRY])
    return {row.user_id: row.user for row in [*own, *ministries] if row.user.is_active}


def _offering(offer: Offer) -> dict[UUID, User]:
    """The centre, region or hospital that offers, and whoever keeps the hospital."""
    organisations = {offer.organisation_id, offer.place.hospital.keeper_id}
    rows = _members_in(offer.mission_id).filter(organisation__in=organisations, role__in=OFFERING_ROLES)
    return {row.user_id: row.user for row in rows if row.user.is_active}
