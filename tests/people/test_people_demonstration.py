"""Tests that the demonstration has somebody for each role, however often it is made."""

from __future__ import annotations

import pytest

from medevac.people.demonstration import make_demonstration
from medevac.people.models import Membership, Organisation, User
from medevac.people.roles import Role


@pytest.mark.django_db
def test_somebody_for_each_role() -> None:
    """Tests that each role is held by somebody without a password."""
    for _ in range(2):
        assert "people" in make_demonstration()
        assert set(Membership.unscoped.values_list("role", flat=True)) == set(Role)
    assert Organisation.unscoped.filter(parent=None, admitted_by=None).count() == 1
    assert not any(user.has_usable_password() for user in User.objects.all())
