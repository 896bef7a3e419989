"""Tests that nothing is chosen for anybody."""

from __future__ import annotations

from medevac.people.choosing import nothing_chosen


def test_one_thing_is_chosen_and_of_several_none() -> None:
    """Tests a list of one, of two, and an empty one, which says that something is to be chosen."""
    assert nothing_chosen([("a", "A")]) == [("a", "A")]
    assert [key for key, _name in nothing_chosen([("a", "A"), ("b", "B")])] == ["", "a", "b"]
    assert [key for key, _name in nothing_chosen([])] == [""]
