"""Isolate until negative, assessments, and the decision whether a patient may fly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from case_files import filed
from directory_places import Places
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from world import sign_in

from medevac.cases.isolating import isolation_by, unanswered
from medevac.cases.models import Assessment, Case, Clinical, FitDecision, IsolationDecision, Screening
from medevac.cases.models.screening import Organism, Result
from medevac.cases.services import (
    add_assessment,
    add_screening,
    confirm_assessment,
    decide_fitness,
    decide_isolation,
    follow_the_rule,
    record_result,
)
from medevac.cases.services.fitness import Fitness
from medevac.cases.services.screening import Sample
from medevac.cases.settings import required_screening
from medevac.people.days import current_day
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

HOSPITAL = Role.HOSPITAL_COORDINATOR
DAY = date(2026, 3, 1)


def sample(organism: str, result: str, *, day: int = 0, site: str = "nose") -> Screening:
    """A sample that is not kept."""
    return Screening(organism=organism, result=result, site=site, taken_on=DAY + timedelta(days=day))


def test_the_rule_of_isolation() -> None:
    """Tests contact before the first sample, until each required is negative, airborne for tuberculosis."""
    required = ("mrsa", "vre")
    assert isolation_by([], required) == "contact"
    negative = [sample("mrsa", "negative"), sample("vre", "negative")]
    assert isolation_by(negative[:1], required) == "contact"
    assert isolation_by(negative, required) == "none"
    assert isolation_by([*negative, sample("mrsa", "positive", site="wound")], required) == "contact"
    wound = [sample("mrsa", "positive", site="Wound"), sample("mrsa", "negative", day=5, site="wound ")]
    assert isolation_by([*negative, *wound], required) == "none"
    assert isolation_by([*negative, sample("tuberculosis", "pending")], required) == "airborne"
    assert isolation_by([*negative, sample("tuberculosis", "negative")], required) == "none"
    assert unanswered([sample("mrsa", "pending")], required) == ["mrsa", "vre"]
    assert unanswered([sample("mrsa", "positive"), sample("vre", "negative")], required) == []


@given(
    st.lists(
        st.builds(
            sample,
            st.sampled_from(Organism.values),
            st.sampled_from(Result.values),
            day=st.integers(0, 5),
            site=st.sampled_from(("nose", "wound")),
        ),
        max_size=12,
    )
)
def test_nobody_is_let_out_of_isolation_by_a_sample_that_is_not_negative(samples: list[Screening]) -> None:
    """Tests over random samples that no isolation means that the last of every site is negative."""
    isolation = isolation_by(samples, required_screening())
    last = {(one.organism, one.site): one for one in sorted(samples, key=lambda one: one.taken_on)}
    if isolation == "none":
        assert {one.result for one in last.values()} == {"negative"}
        assert {one.organism for one in last.values()} >= set(required_screening())


def test_isolation_follows_from_results(places: Places) -> None:
    """Tests the case's isolation from the first sample to the last negative result."""
    hospital, case = places.world.people[HOSPITAL], filed(places)
    today = current_day()
    rows = [
        add_screening(hospital, case, Sample(organism, "nose", today)) for organism in required_screening()
    ]
    suspected = add_screening(hospital, case, Sample("tuberculosis", "sputum", today))
    assert Case.unscoped.get().isolation == "airborne"
    record_result(hospital, suspected, "negative")
    for row in rows:
        assert Case.unscoped.get().isolation == "contact"
        record_result(hospital, row, "negative")
    assert Case.unscoped.get().isolation == "none"


def test_a_clinician_decides_in_place_of_the_rule_until_a_sample_is_positive(places: Places) -> None:
    """Tests the override with its reason, its end by hand, and its end by a positive sample."""
    hospital, case = places.world.people[HOSPITAL], filed(places)
    who = {"decided_by": "Dr Koval, infectious diseases"}
    with pytest.raises(RefusedError, match="reason"):
        decide_isolation(hospital, case, "none", reason=" ", **who)
    decide_isolation(hospital, case, "none", reason="Screened at home last week.", **who)
    assert Case.unscoped.get().isolation == "none"
    add_screening(hospital, case, Sample("vre", "rectum", current_day()))
    assert Case.unscoped.get().isolation == "none"
    follow_the_rule(hospital, case)
    assert Case.unscoped.get().isolation == "contact"
    decide_isolation(hospital, case, "none", reason="Screened at home last week.", **who)
    add_screening(hospital, case, Sample("mrsa", "wound", current_day(), "positive"))
    assert Case.unscoped.get().isolation == "contact"
    assert not IsolationDecision.unscoped.filter(ended_at__isnull=True).exists()


def test_a_wrong_sample_is_refused(places: Places) -> None:
    """Tests a day in the future, an organism without a name, the same sample twice, and a foreign hand."""
    hospital, case, today = places.world.people[HOSPITAL], filed(places), current_day()
    with pytest.raises(RefusedError, match="taken"):
        add_screening(hospital, case, Sample("mrsa", "nose", today + timedelta(days=1)))
    with pytest.raises(RefusedError, match="other organism"):
        add_screening(hospital, case, Sample("other", "nose", today))
    add_screening(hospital, case, Sample("mrsa", "nose", today))
    with pytest.raises(RefusedError):
        add_screening(hospital, case, Sample("mrsa", "nose", today))
    with pytest.raises(NotAllowedError):
        add_screening(places.world.people[Role.REGION], case, Sample("vre", "nose", today))
    assert Screening.unscoped.count() == 1


def test_fitness_is_decided_with_an_end_and_cautions_with_a_reason(places: Places) -> None:
    """Tests what a decision must say, and that a refusal needs neither end nor reason."""
    hospital, case, now = places.world.people[HOSPITAL], filed(places), timezone.now()
    decided = {"decided_by": "Dr Koval", "decided_at": now}
    with pytest.raises(RefusedError, match="until when"):
        decide_fitness(hospital, case, Fitness(True, **decided))
    with pytest.raises(RefusedError, match="after the decision"):
        decide_fitness(hospital, case, Fitness(True, valid_until=now - timedelta(days=1), **decided))
    with pytest.raises(RefusedError, match="has passed"):
        decide_fitness(hospital, case, Fitness(False, "Dr Koval", now + timedelta(days=1)))
    Clinical.unscoped.filter(pk=case.pk).update(cautions="Pneumothorax without drain")
    holds = {**decided, "valid_until": now + timedelta(days=2)}
    with pytest.raises(RefusedError, match="Cautions"):
        decide_fitness(hospital, case, Fitness(True, **holds))
    assert decide_fitness(hospital, case, Fitness(True, override_reason="Drained.", **holds)).overrides
    assert not decide_fitness(hospital, case, Fitness(False, **decided)).fit
    assert FitDecision.unscoped.count() == 2


def test_an_assessment_is_confirmed_again(places: Places) -> None:
    """Tests who wrote it, who confirmed it, and that it cannot be of tomorrow."""
    hospital, case, now = places.world.people[HOSPITAL], filed(places), timezone.now()
    facts = {"assessor": "Dr Koval", "text": "Stable."}
    with pytest.raises(RefusedError, match="has passed"):
        add_assessment(hospital, case, assessed_at=now + timedelta(days=1), **facts)
    made = add_assessment(hospital, case, assessed_at=now - timedelta(days=3), **facts)
    oblast = places.world.people[Role.OBLAST_COORDINATOR]
    assert confirm_assessment(oblast, made).confirmed_by == oblast.pk
    assert made.recorded_by == hospital.pk


def test_screening_and_fitness_on_their_pages(places: Places) -> None:
    """Tests the forms as people send them, and what the page then shows."""
    case = filed(places)
    client = sign_in(Client(), places.world.people[HOSPITAL])
    now = timezone.localtime()
    at = f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    sent = {"assessor": "Dr Koval", "assessed_at": at, "text": "Stable since Monday."}
    client.post(f"/cases/{case.pk}/assessments/add/", sent)
    client.post(f"/cases/assessments/{Assessment.unscoped.get().pk}/confirm/")
    decided = {
        "fit": "yes", "decided_by": "Dr Koval", "decided_at": at,
        "valid_until": f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    client.post(f"/cases/{case.pk}/fitness/", decided)
    taken = {"organism": "mrsa", "site": "wound", "taken_on": now.date().isoformat(), "result": "pending"}
    client.post(f"/cases/{case.pk}/samples/add/", taken)
    client.post(f"/cases/samples/{Screening.unscoped.get().pk}/", {"result": "positive", "remark": "MIC 4"})
    by_hand = {"isolation": "none", "decided_by": "Dr Koval", "reason": "Alone in the car."}
    client.post(f"/cases/{case.pk}/isolation/", by_hand)
    shown = client.get(f"/cases/{case.pk}/").content.decode()
    for words in ("Stable since Monday.", "confirmed again", "fit to fly", "MIC 4", "Alone in the car."):
        assert words in shown, words
    client.post(f"/cases/{case.pk}/isolation/rule/")
    assert Case.unscoped.get().isolation == "contact"
