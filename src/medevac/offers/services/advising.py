"""Which asks would place most patients on the next flight: worked out by the worker, and kept.

A run is kept with its input, parameters, seed and outcome. Nothing of the mission is changed by it: whom to
ask is decided by people, in `services.adopting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import medevac
from medevac.cases.models import Case
from medevac.directory.models import Hospital, Mission
from medevac.directory.policy import SEE as SEE_MISSION
from medevac.messages.events import publish_to_all
from medevac.offers.models import AdviceRun
from medevac.offers.models.advice import AT_WORK, GIVEN_UP, NotThere, RunState
from medevac.offers.policy import ASK
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.wishes import Parameters, Wish
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, included, visible
from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.offers.flight_filling import Filled

EVENT = "case"  # what open pages listen to; they ask anew with their own right
LAST_FLIGHT = timedelta(days=28)
MOST_WISHES = 50


@transaction.atomic
def ask_for_advice(
    actor: User,
    asker: Organisation,
    mission: Mission,
    flight_day: date,
    wishes: Sequence[Wish] = (),
    *,
    after: AdviceRun | None = None,
    seed: int = 0,
) -> AdviceRun:
    """Have the worker find out; whoever asks for the same while it is at work gets the run that is there.

    Parameters
    ----------
    asker
        In whose name: a national centre, or a region.
    wishes
        What was decided by hand.
    after
        The run that these change.

    Raises
    ------
    NotAllowedError
        Where the actor may not ask in the asker's name, or does not see the mission.
    RefusedError
        Where the day is past or too far, another run is at work, or the wishes are none. Nothing was changed.
    """
    from medevac.offers.tasks import find_advice_later

    demand(actor, SEE_MISSION, mission)
    if ASK not in included(actor, [ASK]):
        raise NotAllowedError
    if after is not None:
        demand(actor, ASK, after)
    _refuse_day(flight_day)
    _refuse_wishes(actor, mission, wishes)
    given_up(mission, asker)
    kept = [wish.kept for wish in wishes]
    known = _at_work(mission, asker)
    if known is None:
        run = AdviceRun(
            mission=mission,
            asker=asker,
            flight_day=flight_day,
            after=after,
            wishes=kept,
            parameters=Parameters().kept,
            seed=seed,
            asked_by=actor.pk,
        )
        try:
            with transaction.atomic():
                run.save(force_insert=True)
        except IntegrityError:  # somebody was quicker: see the model's constraint
            known = _at_work(mission, asker)
            if known is None:
                raise
        else:
            demand(actor, ASK, run)
            find_advice_later.defer(run=str(run.pk))
            return run
    demand(actor, ASK, known)
    if (known.flight_day, known.wishes) != (flight_day, kept):
        raise RefusedError(
            _("Another flight is being worked out at this moment. Wait until that is done, then ask again.")
        )
    return known


def given_up(mission: Mission, asker: Organisation) -> int:
    """Give up runs of which nothing was heard for `GIVEN_UP`; returns how many."""
    lost = AdviceRun.unscoped.filter(
        mission=mission, asker=asker, state__in=AT_WORK, heard_at__lte=timezone.now() - GIVEN_UP
    )
    return lost.update(state=RunState.FAILED, finished_at=timezone.now())


def find_advice(run_id: UUID) -> AdviceRun:
    """Work a run out, telling in between where it stands; called by the worker."""
    from medevac.offers.flight_filling import fill_flight  # loads the solver

    run = AdviceRun.unscoped.select_related("mission").get(pk=run_id)
    if run.state not in AT_WORK:
        return run  # given up meanwhile
    began = monotonic()

    def tell(state: RunState) -> None:
        _write(run, state=state)

    wishes = [Wish.read(one) for one in run.wishes]
    asking = User.objects.filter(pk=run.asked_by).first()
    try:
        with translation.override(asking.language if asking else None):
            filled = fill_flight(
                run.mission,
                run.flight_day,
                wishes,
                parameters=Parameters(**run.parameters),
                seed=run.seed,
                tell=tell,
            )
    except RefusedError as refusal:
        _write(run, state=RunState.FAILED, trouble=refusal.sentence[:500], **_ended(began))
    except Exception:
        _write(run, state=RunState.FAILED, **_ended(began))
        raise
    else:
        _write(run, state=RunState.DONE, **_outcome(filled), **_ended(began))
    return run


def _outcome(filled: Filled) -> dict[str, object]:
    return {
        "problem": filled.problem,
        "problem_sha256": filled.problem_sha256,
        "plan": filled.plan_document,
        "asks": filled.asks,
        "facts": filled.facts,
        "score": filled.plan.score,
        "bound": filled.plan.bound,
        "placed": len(filled.plan.placements),
    }


def _ended(began: float) -> dict[str, object]:
    return {
        "planner": f"medevac {medevac.__version__}",
        "seconds": round(monotonic() - began, 2),
        "finished_at": timezone.now(),
    }


def _write(run: AdviceRun, **values: object) -> None:
    """Write where it stands unless it was given up, and let whoever has asked look again."""
    values["heard_at"] = timezone.now()
    for name, value in values.items():
        setattr(run, name, value)
    fresh = AdviceRun.unscoped.filter(pk=run.pk, state__in=AT_WORK)
    if fresh.exists():
        run.save(update_fields=[*values])
    publish_to_all([run.asked_by], EVENT, {"case": str(run.pk)})
    publish_to_all([run.asked_by], EVENT, {"case": str(run.mission_id)})


def _at_work(mission: Mission, asker: Organisation) -> AdviceRun | None:
    return AdviceRun.unscoped.filter(mission=mission, asker=asker, state__in=AT_WORK).first()


def _refuse_day(flight_day: date) -> None:
    today = current_day()
    if not today <= flight_day <= today + LAST_FLIGHT:
        raise RefusedError(
            _("Expected a day of the next %(days)s days. Choose one of them.") % {"days": LAST_FLIGHT.days}
        )


def _refuse_wishes(actor: User, mission: Mission, wishes: Sequence[Wish]) -> None:
    """A case is pinned once, refused with a reason, and open to whoever decides."""
    if not wishes:
        return
    if len(wishes) > MOST_WISHES:
        raise RefusedError(
            _("Expected at most %(most)s changes by hand, got %(number)s.")
            % {"most": MOST_WISHES, "number": len(wishes)}
        )
    cases, hospitals = {one.case for one in wishes}, {one.hospital for one in wishes}
    rows = Case.objects.filter(pk__in=cases, mission=mission)
    names = dict(visible(actor, rows, OFFER_FOR_A_CASE).values_list("pk", "pseudonym"))
    open_hospitals = visible(actor, Hospital.objects.filter(pk__in=hospitals))
    if len(names) < len(cases) or open_hospitals.count() < len(hospitals):
        raise RefusedError(
            _("A case or hospital that was changed by hand is not open any more. Load the page again.")
        )
    pinned = [one.case for one in wishes if one.pinned]
    pairs = {(one.case, one.hospital) for one in wishes}
    twice = next((one for one in pinned if pinned.count(one) > 1), None)
    if twice is not None or len(pairs) < len(wishes):
        raise RefusedError(
            _("Case %(case)s is decided twice. Pin it to one hospital, or refuse that hospital, not both.")
            % {"case": names[twice] if twice else ", ".join(sorted(names.values()))}
        )
    if any(one.why not in NotThere.values for one in wishes if not one.pinned):
        raise RefusedError(_("Choose why a case is not to go to a hospital."))
