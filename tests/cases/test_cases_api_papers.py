"""Tests that programs send papers of a case, name them for items and consents, and ask who has looked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import case_files
import pytest
from directory_places import Places
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medevac.api import services
from medevac.cases.models import Case, CaseDocument, CaseItem, Consent
from medevac.directory.models import MissionItem
from medevac.documents.models import Document
from medevac.people.roles import Role

SCOPES = ("cases.read", "cases.read_clinical", "cases.read_personal", "cases.write", "documents.read")


class Program:
    """A program of the hospital that filed the case."""

    def __init__(self, places: Places, *scopes: str) -> None:
        _token, told = services.make_token(
            places.world.people[Role.ADMINISTRATOR],
            places.world["hospital"],
            name="X",
            role=Role.HOSPITAL_COORDINATOR,
            scopes=scopes or SCOPES,
            days=1,
        )
        self.headers = {"Authorization": f"Bearer {told}"}

    def send(self, case: Case, name: str, content: bytes, **values: str) -> Any:
        """Upload a file to a case."""
        file = SimpleUploadedFile(name, content, "application/octet-stream")
        return Client().post(
            f"/api/cases/{case.pk}/documents", {**values, "file": file}, headers=self.headers
        )

    def ask(self, verb: str, path: str, **values: Any) -> Any:
        """Ask with JSON."""
        body = json.dumps(values) if values else ""
        return Client().generic(verb, f"/api{path}", body, "application/json", headers=self.headers)


@pytest.fixture
def case(places: Places, ring: Path) -> Case:
    """A draft in a mission that asks for form 027/o."""
    MissionItem.unscoped.create(
        mission=places.mission, code="form-027", kind="paper", blocks="verify", first_day="2022-05-01",
        name_en="Form 027/o", name_nb="Skjema 027/o", name_uk="Форма 027/о",
    )  # fmt: skip
    return case_files.filed(places)


def described(**more: str) -> dict[str, str]:
    """What is written of a paper."""
    return {"kind": "form-027", "title": "Виписка", "language": "uk", **more}


def test_a_paper_is_sent_to_a_case_and_named_for_its_item(places: Places, case: Case) -> None:
    program = Program(places)
    answer = program.send(case, "form.png", case_files.image().getvalue(), **described())
    assert answer.status_code == 200, answer.content
    document = answer.json()["id"]
    assert CaseDocument.unscoped.get(case=case).document_id == Document.unscoped.get().pk
    case.refresh_from_db()
    done = program.ask(
        "PUT", f"/cases/{case.pk}/items/form-027", version=case.version, present=True, document=document
    )
    assert done.status_code == 200, done.content
    assert done.json()["part"]["document"] == document
    again = program.ask(
        "PUT", f"/cases/{case.pk}/items/form-027", version=done.json()["version"], present=True
    )
    assert again.json()["part"]["document"] == document  # not sent: it stays
    gone = program.ask(
        "PUT",
        f"/cases/{case.pk}/items/form-027",
        version=again.json()["version"],
        present=True,
        document=None,
    )
    assert gone.json()["part"]["document"] is None
    assert CaseItem.unscoped.get(case=case, code="form-027").document is None


def test_a_consent_names_its_paper_and_who_has_looked_is_told(places: Places, case: Case) -> None:
    program = Program(places)
    paper = program.send(case, "signed.png", case_files.image().getvalue(), **described(kind="consent"))
    case.refresh_from_db()
    given = {
        "version": case.version, "purpose": "data-transfer", "giver": "patient", "giver_name": "Згурський",
        "language": "українська", "given_at": "2026-01-02T10:00Z", "document": paper.json()["id"],
    }  # fmt: skip
    answer = program.ask("POST", f"/cases/{case.pk}/consents", **given)
    assert answer.status_code == 200, answer.content
    assert answer.json()["part"]["document"] == paper.json()["id"]
    consent = Consent.unscoped.get()
    found = program.ask("GET", f"/cases/{case.pk}/consents/{consent.pk}/exposure")
    assert found.status_code == 200, found.content
    assert found.json()["exports"] == []
    assert {one["rights"] for one in found.json()["lookers"]} >= {"Personal data"}
    reader = Program(places, "cases.read")
    assert reader.ask("GET", f"/cases/{case.pk}/consents/{consent.pk}/exposure").status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "values", "status"),
    [
        ("virus.exe", b"MZ" + b"0" * 200, described(), 409),
        ("empty.png", b"", described(), 409),
        ("form.png", b"not a picture", described(kind="nothing"), 422),
        ("form.png", b"x", {"kind": "form-027", "language": "uk"}, 422),
    ],
)
def test_what_cannot_be_kept_changes_nothing(
    places: Places, case: Case, name: str, content: bytes, values: dict[str, str], status: int
) -> None:
    answer = Program(places).send(case, name, content, **values)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert not Document.unscoped.exists()


def test_another_s_paper_is_no_paper_of_the_case(places: Places, case: Case) -> None:
    other = case_files.reference(places, role=Role.HOSPITAL_COORDINATOR)
    case.refresh_from_db()
    answer = Program(places).ask(
        "PUT",
        f"/cases/{case.pk}/items/form-027",
        version=case.version,
        present=True,
        document=str(other.pk),
    )
    assert answer.status_code == 409
    assert "Expected a document of case" in answer.json()["detail"]
