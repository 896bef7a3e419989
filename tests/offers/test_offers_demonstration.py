"""Tests that the demonstration has offers to compare, choices, and holds that agree with the cases."""

from __future__ import annotations

from medevac.cases.models import Case
from medevac.cases.rules import ABROAD, ARRIVED_ENDS, ON_THE_WAY, PLACED
from medevac.cases.states import State
from medevac.offers.models import Choice, Hold, Offer


def test_the_demonstration_offers_and_chooses(demonstrated: object) -> None:
    """Tests two countries for each offered case, and one chosen offer for each further on."""
    for case in Case.unscoped.filter(state=State.OFFERED):
        rows = Offer.unscoped.filter(case=case, state="sent")
        assert set(rows.values_list("place__hospital__country", flat=True)) == {"NO", "DE"}
    further = Case.unscoped.filter(state__in=(*PLACED, *ON_THE_WAY, *ABROAD, *ARRIVED_ENDS))
    assert further.count() > 5
    for case in further:
        offer = Offer.unscoped.get(case=case)
        assert (offer.state, Choice.unscoped.get(case=case).chosen) == ("chosen", offer)
        assert offer.hold.state == (
            "freed" if case.state in ARRIVED_ENDS else "occupied" if case.state in ABROAD else "reserved"
        )
    assert Hold.unscoped.count() == Offer.unscoped.count()
