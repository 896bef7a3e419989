"""A run of advice in the demonstration, so that its pages can be walked."""

from __future__ import annotations

from datetime import timedelta

from walks import CENTRE

from medevac.people.days import current_day


def advise_the_demonstration() -> None:
    """Ask for advice as the Norwegian centre does from its page, and work it out as the worker does."""

    from medevac.directory.models import Mission
    from medevac.offers.selectors.asking import askers_of
    from medevac.offers.services.advising import ask_for_advice, find_advice
    from medevac.offers.wishes import Parameters
    from medevac.people.models import User

    centre = User.objects.get(email=f"{CENTRE}@demo.invalid")
    mission = Mission.unscoped.get(code="ukraine-2022")
    day = current_day() + timedelta(days=7)
    run = ask_for_advice(centre, askers_of(centre)[0], mission, day)
    run.parameters = Parameters(solving_seconds=2.0, trying_seconds=1.0, places_tried=2).kept
    run.save(update_fields=["parameters"])
    assert find_advice(run.pk).asks, "The demonstration has nobody left whom a flight would take."
