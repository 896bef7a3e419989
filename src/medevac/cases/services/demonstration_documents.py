"""The demonstration's documents in cases: a form and imaging, both invented, for two patients."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

import typst

from medevac.audit.context import Acting, acting
from medevac.cases.models import Case
from medevac.cases.services.documents import attach_document, upload_to_case
from medevac.documents import services as documents
from medevac.documents.rules import Kind
from medevac.documents.services import Description, Place
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.refusals import RefusedError

# By patient: whether nobody can be recognised in the form, and what the imaging shows.
PATIENTS = {"Мороз Назар": (False, "КТ нижньої щелепи"), "Заєць Леся": (True, "Фото опіків, 12 знімків")}
FORM = """
#set page(paper: "a4", margin: 2.5cm)
#set text(lang: "uk", size: 11pt)
= Виписка з медичної карти, форма № 027/о
*Усе на цій сторінці вигадано: це зразок для демонстрації.*
#table(columns: (5cm, 1fr), [Пацієнт], [#sys.inputs.patient], [Діагноз], [#sys.inputs.diagnosis],
  [Лікування], [За місцем. Потребує лікування за кордоном.], [Лікар], [Черговий лікар (вигадано)])
"""


def attach_invented(cases: Mapping[str, Case], filers: Mapping[str, User]) -> None:
    """Attach to each patient's case what is said above; without a key ring, imaging alone."""
    for name in PATIENTS:
        with acting(Acting(actor=filers[name].pk, page="demonstration")):
            _attach_to(name, cases[name], filers[name])


def _attach_to(name: str, case: Case, filer: User) -> None:
    redacted, imaging = PATIENTS[name]
    day = current_day() - timedelta(days=6)
    form = Description(Kind.FORM_027, "Форма 027/о (вигадано)", "uk", day, redacted)
    with suppress(RefusedError):  # no key ring, as in a test: a reference needs none
        upload_to_case(filer, case, _form("███████" if redacted else name, case), form)
    place = Place(
        "PACS (вигадано)",
        f"ACC-{case.pseudonym}",
        "Radiologist on duty, +380 00 000 00 00",
        "Call, name the accession number, and ask for a share of the whole study.",
    )
    kept = documents.refer(filer, case.requester, place, Description(Kind.IMAGING, imaging, "uk", day))
    attach_document(filer, case, kept)


def _form(patient: str, case: Case) -> io.BytesIO:
    words = {"patient": patient, "diagnosis": case.clinical.diagnosis}
    return io.BytesIO(typst.compile(FORM.encode(), format="pdf", sys_inputs=words))
