"""A patient is forgotten: names, birth, papers and companions go, and the case stays."""

from __future__ import annotations

from datetime import date

from case_files import filed, in_state
from directory_places import Places

from medevac.cases.models import Clinical, Companion
from medevac.cases.models import Person as Patient
from medevac.cases.own_traces import _refusal, _values
from medevac.cases.states import State
from medevac.operations.forgetting import Emptied, Person, traces_of


def test_a_live_case_is_in_the_way(places: Places) -> None:
    """Tests that nobody is forgotten while a case of theirs goes on."""
    case = filed(places)
    assert case.pseudonym in str(_refusal(case.person_id))
    in_state(case, State.WITHDRAWN)
    assert _refusal(case.person_id) is None


def test_every_emptied_row_can_be_kept(places: Places) -> None:
    """Tests that what stands there afterwards meets every constraint, and that no name is left."""
    case = filed(places, birth_date=date(1990, 4, 5), telephone="+380671234567", document_number="FX 1")
    Companion.unscoped.create(
        case=case, family_name="Згурська", given_name="Ганна", birth_date=date(1965, 1, 1), sex="female",
        relation="mother",
    )  # fmt: skip
    assert {"Згурський Юрій", "Yurii Zghurskyi", "+380671234567"} <= _values(case.person_id)
    for trace in traces_of(Person("cases.person", case.person_id)):
        if isinstance(trace, Emptied):
            trace.model._base_manager.filter(trace.rows).update(**trace.values)
    person = Patient.unscoped.get(pk=case.person_id)
    assert (person.family_name, person.birth_date, person.document_number, person.search_key) == (
        "",
        None,
        "",
        "",
    )
    assert Companion.unscoped.get().family_name.startswith("[forgotten")
    assert Clinical.unscoped.get().diagnosis
