"""The demonstration's asks: one round by the national centre, of two that are asked; one has answered."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.states import State
from medevac.offers.models import Ask, Round
from medevac.offers.services.answering import AnswerFacts, answering_hospitals, record_answer
from medevac.offers.services.asking import Question, ask, may_be_asked
from medevac.people.days import current_day
from medevac.people.demonstration import register_maker
from medevac.people.models import Membership, Organisation
from medevac.people.roles import Role
from medevac.people.services.demonstration import account_of

SPECIALTY = "orthopaedics"


def register_asks_maker() -> None:
    """Add them, after the cases and the places."""
    register_maker("offers.asks", make, order=47)


@transaction.atomic
def make() -> None:
    """Ask a region and a hospital for one case, unless somebody was asked already."""
    actor = account_of(Role.COORDINATION_CENTRE)
    cases = Case.unscoped.filter(state=State.PUBLISHED, specialties__contains=[SPECIALTY])
    case = cases.order_by("created_at", "pk").first()
    if actor is None or case is None or Round.unscoped.exists():
        return
    member = Membership.unscoped.current().filter(user=actor, role=Role.COORDINATION_CENTRE).first()
    if member is None:
        return
    centre = member.organisation
    asked = Organisation.unscoped.filter(may_be_asked(centre, case.mission_id), country=centre.country)
    two = [
        asked.filter(kind=kind).order_by("latin_name").first() for kind in ("region", "receiving_hospital")
    ]
    chosen = [one.pk for one in two if one is not None]
    if len(chosen) < len(two):
        return
    now = timezone.now()
    question = Question(now + timedelta(hours=20), "The patient can leave this week.", "+47 22 00 00 00")
    made = ask(actor, centre, [case.pk], chosen, question)
    first = Ask.unscoped.filter(round=made, asked__kind="receiving_hospital").select_related("asked").get()
    hospital = answering_hospitals(first).first()
    record_answer(
        actor,
        first,
        AnswerFacts(
            yes=True,
            hospital=hospital.pk if hospital else None,
            earliest_day=current_day() + timedelta(days=4),
            isolation=True,
            companions=1,
            payer="Helseregion Fjord",
        ),
        answerer="Ola Brekke, vaktleder",
        answered_at=now,
    )
