"""Every deed on a part of a case that programs can do, as a table from which tests are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import needed
from case_files import filed, in_state
from directory_places import Places
from django.utils import timezone

from medevac.cases import services
from medevac.cases.models import Case, CaseItem, Companion, Consent, LettersPerson, Screening
from medevac.cases.models.fitness import Assessment, FitDecision
from medevac.cases.models.isolation import IsolationDecision
from medevac.cases.policy import (
    CHANGE,
    CHANGE_CLINICAL,
    CHASE,
    DECIDE_FITNESS,
    KEEP_CONSENTS,
    KEEP_LETTERS,
    WAIVE,
)
from medevac.cases.services.consents import Given
from medevac.cases.services.screening import Sample
from medevac.cases.states import State
from medevac.people.roles import Role

NOW = timezone.now()
EARLIER, LATER = (NOW - timedelta(hours=2)).isoformat(), (NOW + timedelta(days=2)).isoformat()
YESTERDAY = (NOW - timedelta(days=1)).date().isoformat()
PERSONAL, CLINICAL, READ = "cases.read_personal", "cases.read_clinical", "cases.read"


@dataclass(frozen=True)
class Deed:
    """One operation: where, with what, what the token and the role need, and what it does to the version."""

    name: str
    verb: str
    path: str  # after the case's own, with the ids of rows by name
    action: str
    scope: str  # that of reading the part
    rows: type | None  # the model that it writes; None where it is the case's own row
    values: Mapping[str, Any] = field(default_factory=dict)
    moment_only: bool = False

    def sent(self, ids: Mapping[str, str]) -> dict[str, Any]:
        """The body, with ids of rows in the place of their names."""
        return {name: _filled(value, ids) for name, value in self.values.items()}


def _filled(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, ids) for one in value]
    return ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value


GRANDMOTHER = {
    "family_name": "Згурська",
    "given_name": "Олена",
    "birth_date": "1961-02-03",
    "sex": "female",
    "relation": "grandparent",
    "luggage_kg": 20,
}
CONSENT = {
    "purpose": "photographs",
    "giver": "patient",
    "giver_name": "Юрій Згурський",
    "language": "uk",
    "given_at": EARLIER,
    "country": "NO",
}
FITNESS = {"fit": True, "decided_by": "Dr. Kovalenko", "decided_at": EARLIER, "valid_until": LATER}
ISOLATION = {"isolation": "none", "decided_by": "Dr. Kovalenko", "reason": "Screened elsewhere"}
ASSESSMENT = {"assessor": "Dr. Kovalenko", "assessed_at": EARLIER, "text": "Stable"}
SAMPLE = {"organism": "esbl", "site": "rectum", "taken_on": YESTERDAY}
FAMILY = {"other": "@lone", "together": "same-stop"}
OWNER = {"owner": "@oblast", "deadline": LATER, "telephone": "+380 44 1"}
NAMED = {"companions": ["@companion"]}

ONE, WITHDRAWN = "companions/{companion}", "consents/{consent}/withdraw"
RESULT, CONFIRMED = "screenings/{screening}/result", "assessments/{assessment}/confirm"
DECISIONS, PAPER = "isolation-decisions", "items/form-027"

DEEDS = [
    Deed("companion added", "POST", "companions", CHANGE, PERSONAL, Companion, GRANDMOTHER),
    Deed("companion changed", "PATCH", ONE, CHANGE, PERSONAL, Companion, {"pets": "a cat"}),
    Deed("companion taken out", "DELETE", ONE, CHANGE, PERSONAL, Companion),
    # The case is of that family already: the one who joins it becomes another version.
    Deed("family joined", "POST", "family", CHANGE, READ, None, FAMILY, moment_only=True),
    Deed("family left", "DELETE", "family", CHANGE, READ, None),
    Deed("consent given", "POST", "consents", KEEP_CONSENTS, PERSONAL, Consent, CONSENT),
    Deed("consent withdrawn", "POST", WITHDRAWN, KEEP_CONSENTS, PERSONAL, Consent, {"withdrawn_by": "Юрій"}),
    Deed("sample added", "POST", "screenings", CHANGE_CLINICAL, CLINICAL, Screening, SAMPLE),
    Deed("result recorded", "POST", RESULT, CHANGE_CLINICAL, CLINICAL, Screening, {"result": "positive"}),
    Deed("isolation decided", "POST", DECISIONS, DECIDE_FITNESS, CLINICAL, IsolationDecision, ISOLATION),
    Deed("rule followed", "POST", DECISIONS + "/end", DECIDE_FITNESS, CLINICAL, IsolationDecision),
    Deed("assessment added", "POST", "assessments", CHANGE_CLINICAL, CLINICAL, Assessment, ASSESSMENT),
    Deed("assessment confirmed", "POST", CONFIRMED, CHANGE_CLINICAL, CLINICAL, Assessment, moment_only=True),
    Deed("fitness decided", "POST", "fitness", DECIDE_FITNESS, CLINICAL, FitDecision, FITNESS),
    Deed("paper set", "PUT", PAPER, CHANGE, PERSONAL, CaseItem, {"present": True}),
    Deed("history set", "PUT", "items/medical-history", CHANGE, CLINICAL, CaseItem, {"present": True}),
    Deed("paper assigned", "PUT", PAPER + "/owner", CHASE, PERSONAL, CaseItem, OWNER),
    Deed("paper waived", "PUT", PAPER + "/waiver", WAIVE, PERSONAL, CaseItem, {"reason": "Lost"}),
    Deed(
        "persons named",
        "PUT",
        "letters/{letter}",
        KEEP_LETTERS,
        PERSONAL,
        LettersPerson,
        NAMED,
        moment_only=True,
    ),
]


def prepared(places: Places) -> tuple[Case, dict[str, str]]:
    """A published case that has a row of each part, and the ids of these rows and of what else is named."""
    needed.ask(places, "form-027", blocks="board")
    needed.ask(places, "medical-history", blocks="board")
    case, relative, lone = filed(places), filed(places, given_name="Іван"), filed(places, given_name="Олег")
    user = places.world.people[Role.HOSPITAL_COORDINATOR]
    ministry = places.world.people[Role.MINISTRY]
    companion = needed.with_companion(places, case)
    services.join_family(user, case, relative)
    consent = services.give_consent(
        user, case, Given("data-transfer", "patient", "Юрій Згурський", "uk", NOW - timedelta(hours=3))
    )
    screening = services.add_screening(user, case, Sample("mrsa", "nose", date.fromisoformat(YESTERDAY)))
    assessment = services.add_assessment(
        user, case, assessor="Dr. Kovalenko", assessed_at=NOW - timedelta(days=1), text="Stable"
    )
    letter = services.add_letter(
        ministry,
        places.world["ministry"],
        places.mission,
        number="26-1/77",
        dated=date.fromisoformat(YESTERDAY),
    )
    rows = {"companion": companion, "consent": consent, "screening": screening, "assessment": assessment}
    named = {"letter": letter, "lone": lone, "relative": relative, "oblast": places.world["oblast"]}
    return in_state(case, State.PUBLISHED), {name: str(row.pk) for name, row in {**rows, **named}.items()}
