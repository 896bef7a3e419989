"""Isolate until negative: what the samples of a case say about its isolation. A pure rule."""

from __future__ import annotations

from collections.abc import Iterable

from medevac.cases.models.case import Isolation
from medevac.cases.models.screening import Organism, Result, Screening

Sample = tuple[str, str, str]


def latest(samples: Iterable[Screening]) -> dict[Sample, Screening]:
    """The last sample of each organism and site."""
    found: dict[Sample, Screening] = {}
    for one in sorted(samples, key=lambda sample: sample.taken_on):
        found[one.organism, one.other_organism, one.site.casefold().strip()] = one
    return found


def isolation_by(samples: Iterable[Screening], required: Iterable[str]) -> Isolation:
    """How the patient is kept apart.

    Parameters
    ----------
    samples
        All of the case. Of each organism and site the last one counts.
    required
        The organisms that must be negative before contact precautions end.

    Returns
    -------
    Airborne while tuberculosis is looked for or found; none when every required organism has been looked for
    and nothing waits or is positive; contact otherwise, so also before the first sample.
    """
    last = latest(samples)
    open_ones = {one.organism for one in last.values() if one.result != Result.NEGATIVE}
    if Organism.TUBERCULOSIS in open_ones:
        return Isolation.AIRBORNE
    looked_for = {one.organism for one in last.values()}
    if open_ones or set(required) - looked_for:
        return Isolation.CONTACT
    return Isolation.NONE


def unanswered(samples: Iterable[Screening], required: Iterable[str]) -> list[str]:
    """The required organisms that nobody has looked for yet, or whose answer has not come."""
    last = list(latest(samples).values())
    answered = {one.organism for one in last if one.result != Result.PENDING}
    waiting = {one.organism for one in last if one.result == Result.PENDING}
    return [organism for organism in required if organism not in answered or organism in waiting]
