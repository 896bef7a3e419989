"""Cases to take away: by right, numbered, sealed, on record, and harmless to a spreadsheet program."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
import world as small_world
from case_books import read_back
from case_files import filed, in_state
from directory_places import Places
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from medevac.audit.models import Export, Look
from medevac.cases.forms.filters import ExportFilterForm
from medevac.cases.models import Case
from medevac.cases.services import change_case
from medevac.cases.services.exporting import Wanted, export_cases
from medevac.cases.services.importing import try_import
from medevac.cases.states import State
from medevac.directory.models import Mission
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

ALL = {"clinical": True, "personal": True}
FORMULA = "=HYPERLINK(1)"


def taken(client: Client, places: Places, role: Role, address: str = "", **columns: Any) -> Any:
    """What the page answers when cases are taken away."""
    small_world.sign_in(client, places.world.people[role])
    return client.post(f"{reverse('cases:export')}?{address}", {"file_format": "xlsx", **columns})


def test_a_hospital_takes_all_of_its_own_and_nothing_of_others(places: Places, client: Client) -> None:
    """Tests columns by right, the number, the seal, both looks with it, and that no formula leaves."""
    case = filed(places, family_name=FORMULA, birth_date=date(1990, 4, 5))
    filed(places, place="other_hospital", role=Role.MINISTRY, family_name="Чужа")
    answer = taken(client, places, Role.HOSPITAL_COORDINATOR, **ALL)
    head, *rows = read_back(answer.content)
    assert len(rows) == 1
    found = dict(zip(head, rows[0], strict=True))
    assert found["Pseudonym (calculated)"] == case.pseudonym
    assert found["Diagnosis in words *"] == "Open fracture of the left tibia"
    assert found["Family name"] == FORMULA
    export = Export.unscoped.get()
    assert export.digest is not None
    assert bytes(export.digest) == hashlib.sha256(answer.content).digest()
    assert f"cases-{export.pk}.xlsx" in answer["Content-Disposition"]
    looks = {look.right: look.things for look in Look.unscoped.filter(export=export.pk)}
    assert looks == {"see.clinical": [case.pk], "see.personal": [case.pk]}
    assert f"Export {export.pk}" in read_back(answer.content, 1)[0][0]
    assert b"<f>" not in answer.content


def test_what_is_taken_away_can_be_imported_again(places: Places, client: Client) -> None:
    """Tests that an export with a key column is a workbook of the import, and changes nothing."""
    case = filed(places, birth_date=date(1990, 4, 5))
    who = places.world.people[Role.HOSPITAL_COORDINATOR]
    change_case(
        who, case, fields={"ewrs_number": "E-1", "weight_kg": 80, "wants_return": True, "oxygen_litres": 2}
    )
    answer = taken(client, places, Role.HOSPITAL_COORDINATOR, **ALL)
    _, trial = try_import(who, places.world["hospital"], places.mission, "again.xlsx", answer.content)
    assert trial.faults == ()
    assert [one.word for one in trial.told] == ["same"]


def test_a_partner_takes_operational_data_only(places: Places, client: Client) -> None:
    """Tests that ticking clinical and personal fills no cell that is not open, and writes no look."""
    case = filed(places)
    in_state(case, State.PUBLISHED)
    answer = taken(client, places, Role.RECEIVING_HOSPITAL, **ALL)
    head, row = read_back(answer.content)
    found = dict(zip(head, row, strict=True))
    assert found["Pseudonym (calculated)"] == case.pseudonym
    assert found["Priority"] == "P3"
    assert found["Family name"] is found["Diagnosis in words *"] is found["Year of birth"] is None
    assert not Look.unscoped.filter(export__isnull=False).exists()
    assert Export.unscoped.count() == 1


def test_columns_that_are_not_wanted_are_not_there(places: Places, client: Client) -> None:
    """Tests the operational table as comma-separated values, safe against formulas."""
    case = filed(places)
    Case.unscoped.filter(pk=case.pk).update(payer=FORMULA)
    answer = taken(client, places, Role.HOSPITAL_COORDINATOR, file_format="csv")
    text = answer.content.decode()
    assert "Family name" not in text
    assert "Diagnosis" not in text
    assert f"'{FORMULA}" in text
    assert case.pseudonym in text


def test_the_address_narrows(places: Places, client: Client) -> None:
    """Tests state and priority, the count beforehand, and that what is not understood takes nothing away."""
    first, second = filed(places), filed(places, family_name="Друга")
    Case.unscoped.filter(pk=second.pk).update(priority="P1")
    in_state(first, State.WITHDRAWN)
    small_world.sign_in(client, places.world.people[Role.HOSPITAL_COORDINATOR])
    where = reverse("cases:export")
    assert "1 case fits." in client.get(where).content.decode()
    assert "2 cases fit." in client.get(f"{where}?state=all").content.decode()
    assert "No case fits." in client.get(f"{where}?state=nonsense").content.decode()
    address = "state=all&text=%D0%94%D1%80%D1%83%D0%B3%D0%B0&priority=P1"
    listed = client.get(f"/cases/?{address}").content.decode()
    assert f'href="{where}?{address.replace("&", "&amp;")}"' in listed
    page = client.get(f"{where}?{address}").content.decode()
    assert "1 case fits." in page
    assert f'href="/cases/?{address.replace("&", "&amp;")}"' in page
    taken(client, places, Role.HOSPITAL_COORDINATOR, address)
    conditions = {"state": "all", "text": "…", "priority": "P1"}  # no name stands in the record
    assert Export.unscoped.get().contents["conditions"] == conditions
    answer = taken(client, places, Role.HOSPITAL_COORDINATOR, "state=ended")
    assert read_back(answer.content)[1][0] == first.pseudonym
    assert Export.unscoped.latest("number").contents["conditions"] == {"state": "ended"}
    page = client.post(f"{where}?priority=P2", {"file_format": "xlsx"}, follow=True)
    assert "No case fits. Choose fewer conditions." in page.content.decode()


def test_too_many_are_refused(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the sentence for more cases than leave at once."""
    filed(places)
    filed(places, family_name="Друга")
    monkeypatch.setattr("medevac.cases.services.exporting.MOST_ROWS", 1)
    with pytest.raises(RefusedError, match="Choose narrower conditions"):
        export_cases(places.world.people[Role.MINISTRY], Case.objects.all(), Wanted())
    assert not Export.unscoped.exists()


def test_a_mission_that_was_just_closed_to_somebody_breaks_no_export(places: Places) -> None:
    """Tests the minute for which its name is still offered: nothing of it leaves, no code is told."""
    user, mission = places.world.people[Role.HUB_CREW], places.mission
    asked = QueryDict(f"mission={mission.pk}")
    assert ExportFilterForm(asked, user=user).is_valid()
    Mission.unscoped.filter(pk=mission.pk).update(owner=places.world["stranger"])
    form = ExportFilterForm(asked, user=user)
    assert form.is_valid()
    assert form.conditions() == {"state": "live", "mission": str(mission.pk)}
