"""Tests that faults are readable, are gathered, and stay few."""

import pytest

from medevac.planner.faults import MOST_COUNTED, MOST_FAULTS, Fault, FaultList, FaultsError


def test_a_fault_is_one_sentence_with_a_remedy():
    """Tests that a fault names place, expectation, finding and remedy."""
    fault = Fault("patients[3].needs[0]", "a string", "7", "Write it in quotation marks.")
    assert str(fault) == "patients[3].needs[0]: expected a string, got 7. Write it in quotation marks."


def test_a_fault_of_the_whole_document_says_so():
    """Tests that an empty path is put into words."""
    assert (
        str(Fault("", "UTF-8 text", "other bytes", ""))
        == "the document: expected UTF-8 text, got other bytes."
    )


def test_a_fault_becomes_a_json_object():
    """Tests that all five fields are handed on."""
    assert Fault("a", "b", "c", "d", "warning").to_dict() == {
        "path": "a",
        "expected": "b",
        "got": "c",
        "remedy": "d",
        "severity": "warning",
    }


def test_nothing_found_raises_nothing():
    """Tests that warnings alone do not refuse a document."""
    faults = FaultList()
    faults.warning("a", "b", "c", "d")
    faults.refuse()
    assert not faults.any_error
    assert len(faults.warnings) == 1


def test_a_hundred_faults_are_kept_and_the_rest_counted():
    """Tests that 103 faults give a hundred and "3 others"."""
    faults = FaultList()
    for number in range(MOST_FAULTS + 2):
        faults.error(f"a[{number}]", "b", "c", "d")
    faults.count_error()
    with pytest.raises(FaultsError) as caught:
        faults.refuse()
    assert len(caught.value.faults) == MOST_FAULTS
    assert caught.value.more == 3
    assert str(caught.value).startswith("103 faults found.")
    assert str(caught.value).endswith("… and 3 others.")
    assert caught.value.to_dict()["more"] == 3


def test_the_error_itself_keeps_at_most_a_hundred():
    """Tests that the cap holds whoever raises the error."""
    error = FaultsError([Fault(str(number), "b", "c", "d") for number in range(120)], more=5)
    assert len(error.faults) == MOST_FAULTS
    assert error.more == 25


def test_the_same_value_is_refused_once():
    """Tests that a value that breaks two expectations is named once."""
    faults = FaultList()
    faults.error("a", "a finite number", "NaN", "")
    faults.error("a", "a whole number", "NaN", "")
    with pytest.raises(FaultsError) as caught:
        faults.refuse()
    assert [fault.expected for fault in caught.value.faults] == ["a finite number"]


def test_many_warnings_end_with_how_many_more():
    """Tests that 105 warnings give a hundred and a last one that counts 5."""
    faults = FaultList()
    for number in range(MOST_FAULTS + 5):
        faults.warning(f"a[{number}]", "b", "c", "d")
    assert len(faults.warnings) == MOST_FAULTS + 1
    assert "5 more" in faults.warnings[-1].got


def test_a_document_with_very_many_faults_is_given_up():
    """Tests that counting ends, so that a hostile document costs little time."""
    faults = FaultList()
    for number in range(MOST_FAULTS + MOST_COUNTED - 1):
        faults.error(f"a[{number}]", "b", "c", "d")
    with pytest.raises(FaultsError, match="10000 or more others") as caught:
        faults.error("b", "b", "c", "d")
    assert caught.value.more == MOST_COUNTED
