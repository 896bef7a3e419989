"""Tests that the demonstration has somebody for each role, and that a second run makes nothing more."""

from __future__ import annotations

from databases import Demonstration
from medevac.people.models import Membership, Organisation, User
from medevac.people.roles import Role


def test_a_second_run_makes_nothing(demonstrated: Demonstration) -> None:
    """Tests that a second run adds no row to any table of any room, and takes none."""
    assert "people" in demonstrated.makers
    first, second = demonstrated.rows
    assert second == first


def test_somebody_for_each_role(demonstrated: Demonstration) -> None:
    """Tests that each role is held by somebody without a password."""
    assert set(Membership.unscoped.values_list("role", flat=True)) == set(Role)
    assert Organisation.unscoped.filter(parent=None, admitted_by=None).count() == 1
    assert not any(user.has_usable_password() for user in User.objects.all())
