"""Tests that with a forgotten patient the documents go that belong to nobody else, and no others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import directory_places
import pytest
from case_files import described, filed, image, in_state, reference
from somebody_known import REASON, two

from medevac.audit.history import recordings
from medevac.cases.models import CaseDocument
from medevac.cases.services import attach_document, upload_to_case
from medevac.cases.states import State
from medevac.documents.keyring import make_ring
from medevac.documents.models import DataKey, Document, Piece
from medevac.documents.services import add_redacted
from medevac.operations.forgetting import FORGOTTEN, Person
from medevac.operations.services.forgetting import CannotForgetError, forget
from medevac.operations.services.legal_holds import lift_legal_hold, set_legal_hold
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_documents_of_nobody_else_are_destroyed(
    as_owner: Callable[[], AbstractContextManager[None]], tmp_path, settings
) -> None:
    """Tests keys, titles and places, history included; a legal hold keeps them, and the dry run does.

    The patient's are: a file, its redacted version (taken off since, so that nothing holds it) and a
    reference. A paper that a case of somebody else holds as well stays, and one that nothing holds.
    """
    path = tmp_path / "document-keys.json"
    make_ring(path)
    settings.DOCUMENT_KEYS_FILE = str(path)
    places = directory_places.build()
    hospital = places.world.people[Role.HOSPITAL_COORDINATOR]
    case, other = filed(places), filed(places, family_name="Інша", given_name="Особа")
    own = upload_to_case(hospital, case, image(), described())
    version = add_redacted(hospital, own, image(), described(redacted=True))
    CaseDocument.unscoped.filter(document=version).delete()
    imaging, loose = reference(places), reference(places)
    attach_document(hospital, case, imaging)
    shared = upload_to_case(hospital, case, image(), described("ministers-letter"))
    attach_document(hospital, other, shared)
    in_state(case, State.WITHDRAWN)
    patient, people = Person("cases.person", case.person_id), two(places.world)
    auditor = people["asked_by"]
    hold = set_legal_hold(auditor, kind="documents.document", thing=imaging.pk, reason="A court asks for it.")
    with as_owner(), pytest.raises(CannotForgetError, match=f"a legal hold keeps {imaging.number}"):
        forget(patient, **people, reason=REASON, do=True)
    lift_legal_hold(auditor, hold, reason="The court has decided.")
    with as_owner():
        tried = forget(patient, **people, reason=REASON, do=False)
        assert DataKey.unscoped.count() == 3
        counts = forget(patient, **people, reason=REASON, do=True).counts
        assert counts == tried.counts
        assert (counts["keys of documents"], counts["documents_document"]) == (2, 4)  # a reference twice

    gone = {own.pk, version.pk, imaging.pk}
    for model, field in ((DataKey, "document"), (Piece, "document")):
        assert set(model.unscoped.values_list(field, flat=True)) == {shared.pk}
    assert set(Document.unscoped.filter(destroyed_at__isnull=False).values_list("pk", flat=True)) == gone
    history = recordings()["documents.document"].events.objects.filter(id__in=gone)
    for rows in (Document.unscoped.filter(pk__in=gone), history):
        written = rows.values_list("title", "accession", "contact", "how_to_fetch", "dated")
        assert set(written) == {(FORGOTTEN, "", "", "", None)}
    assert set(history.filter(is_reference=True).values_list("archive", flat=True)) == {FORGOTTEN}
    kept = Document.unscoped.filter(pk__in=(shared.pk, loose.pk)).values_list("title", flat=True)
    assert set(kept) == {"Виписка Згурського"}
