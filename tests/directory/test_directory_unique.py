"""Tests that a value which another row has is told beside its field, though guarded managers find nothing."""

from __future__ import annotations

import pytest
from directory_places import Places
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from world import sign_in

from medevac.directory.models import Airport, Hospital, Mission
from medevac.people.guard import GuardedManager
from medevac.people.roles import Role

HOSPITAL = {"name": "A", "country": "NO", "latitude": "60", "longitude": "5"}
NAMES = {"name_en": "A", "name_nb": "A", "name_uk": "A", "first_day": "2024-01-01", "identity": "chosen"}


def test_forms_tell_it_at_the_field(places: Places) -> None:
    """Tests the forms of a new mission and a new hospital with the code of one that is there."""
    client = sign_in(Client(), places.world.people[Role.ADMINISTRATOR])
    owner = str(places.world["owner"].pk)
    answers = {
        "missions/add/": {**NAMES, "code": "ukraine", "owner": owner},
        "hospitals/add/": {**HOSPITAL, "code": "NO-AHUS", "keeper": owner},
    }
    for page, values in answers.items():
        form = client.post(f"/directory/{page}", values).context["form"]
        assert form.errors["code"] == ["Expected one that no other entry has. Choose another."], page
    assert (Mission.unscoped.count(), Hospital.unscoped.count()) == (1, 2)


def test_a_row_does_not_stand_in_its_own_way(places: Places) -> None:
    """Tests that a hospital keeps its code when its page is saved."""
    client = sign_in(Client(), places.world.people[Role.ADMINISTRATOR])
    page = f"/directory/hospitals/{places.hospital.pk}/change/"
    assert client.post(page, {**HOSPITAL, "code": "NO-AHUS"}).status_code == 302


def test_the_guard_closes_again(places: Places) -> None:
    """Tests that nothing is found unscoped after a check, nor of another model during one."""
    twin = Hospital(code="NO-AHUS")
    with pytest.raises(ValidationError, match="no other entry has"):
        twin.validate_unique()
    assert not Hospital.objects.exists()
    seen: list[bool] = []

    class Curious(models.CheckConstraint):
        def validate(self, *args: object, **kwargs: object) -> None:
            seen.extend([Hospital.objects.exists(), Airport.objects.exists()])

    kept = Hospital._meta.constraints
    Hospital._meta.constraints = [Curious(condition=models.Q(pk__isnull=False), name="curious")]
    try:
        places.hospital.validate_constraints()
    finally:
        Hospital._meta.constraints = kept
    assert seen == [True, False]


def test_every_guarded_model_is_checked() -> None:
    """Tests that each model behind the guard has its checks opened, whichever room it is in."""
    guarded = [one for one in apps.get_models() if isinstance(one._default_manager, GuardedManager)]
    assert len(guarded) > 5
    for model in guarded:
        for check in ("validate_unique", "validate_constraints"):
            assert hasattr(getattr(model, check), "__wrapped__"), (model, check)
