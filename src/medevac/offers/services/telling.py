"""Who is told of an offer: its own side, and whoever filed the case and the ministry above."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from medevac.cases.rules import MINISTRY
from medevac.directory.countries import country_name
from medevac.messages.services import tell
from medevac.offers.models import Answer, Offer
from medevac.offers.rules import ENDED
from medevac.offers.selectors.grounds import Since, said_since
from medevac.people.models import Membership, OrganisationPath, User
from medevac.people.roles import Role

OFFERING_ROLES = (Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL)
TO_SENDERS = frozenset({"offers.offer_sent", "offers.offer_gone", "offers.place_lost"})
GROUND_GONE, GROUND_LESS = "offers.ground_gone", "offers.ground_less"
# That its place is free again is news to the country most of all.
TO_OFFERERS = frozenset(
    {
        "offers.chosen",
        "offers.not_chosen_first",
        "offers.offer_gone",
        "offers.place_lost",
        "offers.place_still_taken",
        GROUND_GONE,
        GROUND_LESS,
    }
)


def tell_of_grounds(said: Answer) -> None:
    """Tell whoever offers that a no took away what an offer rested on, or a yes that promises less, a part.

    Nothing happens to the offer: those who made it withdraw it, or ask once more. The case is locked.
    """
    rows = Offer.unscoped.filter(case=said.ask.case_id).exclude(state__in=ENDED)
    offers = list(rows.select_related("case", "place__hospital", "answer__ask").order_by("pk"))
    for since in said_since(offers).values():
        if since.answer == said:
            kind = GROUND_GONE if since.gone else GROUND_LESS
            asked = said.ask.asked.name
            tell_of_offer(since.offer, kind, key=str(said.pk), asked=asked, less=partial(_less, since))


def _less(since: Since) -> str:
    return "; ".join(since.less)


def tell_of_offer(offer: Offer, kind: str, *, key: str = "", **more: str | Callable[[], str]) -> None:
    """Write the messages of what has happened to an offer, in the caller's transaction.

    Parameters
    ----------
    key
        What happened, where it did not change the offer itself.
    more
        Further facts for the text of the kind; a call gives one in the language of whoever is told.
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
                **{name: fact() if callable(fact) else fact for name, fact in more.items()},
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
