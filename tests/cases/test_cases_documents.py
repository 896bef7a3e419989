"""Documents in cases: who sees them, how they come and go, what they prove, and what is told of them."""

from __future__ import annotations

import pytest
from case_files import described, filed, image, in_state, reference
from directory_places import Places
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from needed import ask
from test_cases_api import program
from test_cases_consents import given
from world import member, person, sign_in

from medevac.audit.models import Look
from medevac.cases.models import Case, CaseDocument, CaseItem, Consent
from medevac.cases.selectors.documents import documents_of
from medevac.cases.selectors.exposure import exposure_of
from medevac.cases.selectors.timeline import timeline_of
from medevac.cases.services import (
    attach_document,
    detach_document,
    give_consent,
    set_item,
    upload_to_case,
)
from medevac.cases.states import State
from medevac.documents.models import Document, Piece
from medevac.documents.policy import rights_asked
from medevac.documents.selectors import documents_for
from medevac.documents.services import add_redacted, withdraw
from medevac.people.policy import NotAllowedError, may, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

HOSPITAL, OBLAST, MINISTRY = Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR, Role.MINISTRY
SENDERS = {HOSPITAL, OBLAST, MINISTRY}
RECEIVERS = {Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL, Role.FLIGHT_DESK, Role.HUB_CREW}


def attached(places: Places, case: Case, kind: str = "imaging", **other: object) -> Document:
    """A document that the hospital has attached."""
    document = reference(places, kind, **other)
    attach_document(places.world.people[HOSPITAL], case, document)
    return document


@pytest.mark.any_postgresql
def test_a_document_is_open_where_its_case_is_by_its_own_right(
    places: Places, everybody_reaches: None
) -> None:
    """Tests every role: its list, the case's documents, the row that holds one, and the rights by name.

    Immigration has the personal right alone: it sees an identity paper, none of health, none redacted.
    """
    case = in_state(filed(places), State.CHOSEN)
    wide = SENDERS | RECEIVERS | {Role.MUNICIPALITY}
    for kind, redacted, expected in (
        ("identity-paper", False, wide | {Role.IMMIGRATION}),
        ("imaging", False, wide),
        ("identity-paper", True, wide),
    ):
        document = attached(places, case, kind, redacted=redacted)
        asked = rights_asked(document)
        for role, user in places.world.people.items():
            sees = document in documents_for(user)
            assert sees is (role in expected), (kind, redacted, role)
            assert sees is all(may(user, right, case) for right in asked), (kind, redacted, role)
            assert (document in documents_of(user, case)) is sees
            if sees:
                assert visible(user, CaseDocument.objects.filter(document=document)).exists(), role
    for model in (CaseDocument, Document):
        sql = str(visible(places.world.people[MINISTRY], model.objects.all()).query)
        assert f'"{model._meta.db_table}"."id" IN (SELECT' not in sql


def test_before_publication_nobody_but_the_senders_sees_it(places: Places) -> None:
    """Tests that attaching to a draft opens a document to those above the hospital and no further."""
    document = attached(places, filed(places), "identity-paper")
    seen = {role for role, user in places.world.people.items() if document in documents_for(user)}
    assert seen == SENDERS


def test_attaching_asks_for_the_case_and_the_document(places: Places) -> None:
    """Tests both rights, what is out of use, a second time, an ended case, and that versions follow."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    foreign = reference(places, role=MINISTRY, place="other_hospital")
    with pytest.raises(NotAllowedError):  # the case is the hospital's, the document is not
        attach_document(hospital, case, foreign)
    other_case = filed(places, role=MINISTRY, place="other_hospital")
    own = reference(places)
    with pytest.raises(NotAllowedError):
        attach_document(hospital, other_case, own)
    with pytest.raises(NotAllowedError):
        attach_document(places.world.people[Role.COORDINATION_CENTRE], case, own)
    held = attach_document(hospital, case, own)
    assert attach_document(hospital, case, own) == held
    with pytest.raises(NotAllowedError):
        detach_document(places.world.people[Role.COORDINATION_CENTRE], held)
    gone = reference(places)
    withdraw(hospital, gone, reason="of somebody else")
    with pytest.raises(RefusedError, match="has been withdrawn"):
        attach_document(hospital, case, gone)
    in_state(case, State.WITHDRAWN)
    with pytest.raises(RefusedError, match="has ended"):
        attach_document(hospital, case, reference(places))
    detach_document(hospital, held)  # what is another patient's can still go
    assert not CaseDocument.unscoped.exists()


def test_a_file_comes_straight_to_the_case_or_not_at_all(places: Places, ring) -> None:
    """Tests that upload and attaching are one, and that a redacted version goes where its original is."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    kept = upload_to_case(hospital, case, image(), described())
    version = add_redacted(hospital, kept, image(), described(redacted=True))
    assert set(CaseDocument.unscoped.filter(case=case).values_list("document", flat=True)) == {
        kept.pk,
        version.pk,
    }
    with pytest.raises(NotAllowedError):
        upload_to_case(places.world.people[Role.FLIGHT_DESK], case, image(), described())
    stale = Case.unscoped.get(pk=case.pk)  # as somebody has it on the screen who presses too late
    in_state(case, State.WITHDRAWN)
    with pytest.raises(RefusedError, match="has ended"):
        upload_to_case(hospital, stale, image(), described())
    assert Document.unscoped.count() == 2
    assert set(Piece.unscoped.values_list("document", flat=True)) == {kept.pk, version.pk}


def test_the_timeline_tells_the_kind_under_the_documents_right(places: Places) -> None:
    """Tests that no title and no number is told, and nothing of it to who may not see the document."""
    case = in_state(filed(places), State.PUBLISHED)
    attached(places, case, "military-packet")
    detach_document(places.world.people[HOSPITAL], CaseDocument.unscoped.get())
    told = [one.sentence for one in timeline_of(places.world.people[MINISTRY], case)]
    packet = "Papers of the military packet"
    assert told[:2] == [
        f"A document was taken off the case: {packet}.",
        f"A document was attached: {packet}.",
    ]
    centre = timeline_of(places.world.people[Role.COORDINATION_CENTRE], case)
    assert not [one for one in centre if "document" in one.sentence]


def test_items_and_consents_name_papers_of_the_case(places: Places) -> None:
    """Tests that an item keeps its paper when it is saved again, and that other documents are refused."""
    ask(places, "form-027")
    case, hospital = filed(places), places.world.people[HOSPITAL]
    paper, loose = attached(places, case), reference(places)
    for name in (
        lambda: set_item(hospital, case, "form-027", present=True, document=loose.pk),
        lambda: give_consent(hospital, case, given(document=loose.pk)),
    ):
        with pytest.raises(RefusedError, match="Attach it to the case first"):
            name()
    set_item(hospital, case, "form-027", present=True, document=paper.pk)
    assert set_item(hospital, case, "form-027", present=True).document == paper.pk
    withdraw(hospital, paper, reason="to be scanned anew")
    assert set_item(hospital, case, "form-027", present=True, document=paper.pk).document == paper.pk
    assert set_item(hospital, case, "form-027", present=True, document=None).document is None
    with pytest.raises(RefusedError, match="that is in use"):
        set_item(hospital, case, "form-027", present=True, document=paper.pk)
    second = attached(places, case)
    set_item(hospital, case, "form-027", present=True, document=second.pk)
    assert set_item(hospital, case, "form-027", present=False).document is None


def test_the_pages(places: Places, ring) -> None:
    """Tests the way on the pages: empty, uploaded, attached, chosen as a paper, taken off; each look."""
    ask(places, "form-027")
    user = places.world.people[HOSPITAL]
    client, case = sign_in(Client(), user), filed(places)
    at = f"/cases/{case.pk}/"
    page = client.get(at).content.decode()
    assert f"{at}documents/upload/" in page
    assert "No document is here yet" in page
    assert f'href="{at}documents/upload/"' in client.get(f"{at}documents/attach/").content.decode()
    fields = {"kind": "form-027", "title": "Виписка", "language": "uk", "dated": "2026-09-14"}
    wrong = SimpleUploadedFile("Згурський.pdf", b"no paper", "application/pdf")
    client.post(f"{at}documents/upload/", {**fields, "file": wrong})
    assert not Document.unscoped.exists()
    assert Case.unscoped.get().version == 1
    file = SimpleUploadedFile("Згурський.pdf", image().getvalue(), "application/pdf")
    page = client.post(f"{at}documents/upload/", {**fields, "file": file}, follow=True).content.decode()
    kept = Document.unscoped.get()
    assert (kept.number in page, f"/documents/{kept.pk}/picture/" in page, "Виписка" in page) == (True,) * 3
    assert Look.unscoped.filter(kind="documents.document", things__contains=[kept.pk]).exists()
    own = reference(places)
    other = filed(places)
    shared = attached(places, other)
    page = client.get(f"{at}documents/attach/").content.decode()
    assert page.index(own.number) < page.index(shared.number)  # what other cases hold stands apart, below
    assert '<option value="" selected>Choose one' in page
    client.post(f"{at}documents/attach/", {"document": own.pk})
    assert set(CaseDocument.unscoped.filter(case=case).values_list("document", flat=True)) == {
        kept.pk,
        own.pk,
    }
    page = client.get(f"{at}items/form-027/").content.decode()
    assert (kept.number in page, own.number in page, shared.number in page) == (True, True, False)
    client.post(f"{at}items/form-027/", {"present": "yes", "document": kept.pk})
    consent = {
        "purpose": "photographs",
        "giver": "patient",
        "giver_name": "Юрій Згурський",
        "language": "Ukrainian",
        "given_at": "2026-01-02T10:00",
        "document": str(kept.pk),
    }
    assert kept.number in client.get(f"{at}consents/add/").content.decode()
    client.post(f"{at}consents/add/", consent)
    assert Consent.unscoped.get().document == kept.pk
    assert f"selected>{kept.number}" in client.get(f"{at}items/form-027/").content.decode()
    detach = f"/cases/documents/{CaseDocument.unscoped.get(case=case, document=kept).pk}/detach/"
    page = client.get(detach).content.decode()
    assert "It is the paper of: form-027, consent: photographs." in page
    client.post(detach)
    assert CaseItem.unscoped.get().document is None
    assert Consent.unscoped.get().document is None
    assert CaseDocument.unscoped.filter(case=case).get().document_id == own.pk
    assert client.get(detach).status_code == 404
    page = client.get(at).content.decode()
    assert (kept.number in page, "PACS of the hospital" in page) == (False, True)
    user.language = "uk"
    user.save()
    detach = f"/cases/documents/{CaseDocument.unscoped.get(case=case).pk}/detach/"
    for page in (at, f"{at}documents/upload/", f"{at}documents/attach/", detach):
        assert '<html lang="uk"' in client.get(page).content.decode(), page
    user.language = "en"
    user.save()
    in_state(case, State.WITHDRAWN)
    page = client.get(at).content.decode()
    assert f"{at}documents/upload/" not in page
    assert detach in page
    stranger = sign_in(Client(), places.world.people[Role.FLIGHT_DESK])
    for address in (f"{at}documents/upload/", f"{at}documents/attach/", detach):
        assert stranger.get(address).status_code in (403, 404)


def test_programs_read_attach_and_take_off(places: Places) -> None:
    """Tests both scopes that attaching needs, that twice is once, and what is not open."""
    case, own = filed(places), reference(places)
    hospital = program(places, "hospital", HOSPITAL, "cases.write", "documents.read")
    at = f"/cases/{case.pk}/documents"
    assert program(places, "hospital", HOSPITAL, "cases.read")("GET", at).status_code == 403
    writer = program(places, "hospital", HOSPITAL, "cases.write")
    assert writer("PUT", f"{at}/{own.pk}").status_code == 403
    for _ in range(2):
        assert hospital("PUT", f"{at}/{own.pk}").json()["number"] == own.number
    assert [one["id"] for one in hospital("GET", at).json()["items"]] == [str(own.pk)]
    foreign = reference(places, role=MINISTRY, place="other_hospital")
    assert hospital("PUT", f"{at}/{foreign.pk}").status_code == 404
    municipality = program(places, "municipality", Role.MUNICIPALITY, "documents.read")
    assert municipality("GET", at).status_code == 404
    assert hospital("DELETE", f"{at}/{own.pk}").json()["case"] == str(case.pk)
    assert hospital("DELETE", f"{at}/{own.pk}").status_code == 404
    in_state(case, State.WITHDRAWN)
    assert hospital("PUT", f"{at}/{own.pk}").status_code == 409


def test_a_withdrawn_consent_lists_who_had_read_the_documents(places: Places) -> None:
    """Tests that a look at a document counts as a look at its case, also after it was taken off."""
    case, hospital = filed(places), places.world.people[HOSPITAL]
    document = attached(places, case)
    sign_in(Client(), hospital).get(f"/documents/{document.pk}/")
    detach_document(hospital, CaseDocument.unscoped.get())
    (looker,) = exposure_of(case).lookers
    assert looker.times == 1


def test_nobody_opens_by_an_own_case_what_they_may_only_tend(places: Places) -> None:
    """Tests somebody of two organisations: the one owns a document of a case that is not open to them."""
    both, world = person("both"), places.world
    member(both, world["other_hospital"], HOSPITAL)
    member(both, world["receiver"], Role.RECEIVING_HOSPITAL)
    document = reference(places, role=Role.RECEIVING_HOSPITAL, place="receiver")
    CaseDocument.unscoped.create(case=filed(places), document=document, attached_by=both.pk)
    own = filed(places, role=MINISTRY, place="other_hospital", given_name="Марко")
    assert may(both, "documents.change", document)
    with pytest.raises(NotAllowedError):
        attach_document(both, own, document)
    assert document not in documents_for(both)
