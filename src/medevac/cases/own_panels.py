"""This room's parts of the case page: readinesses, companions and family, consents, screening and fitness."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.cases.looking import looked
from medevac.cases.models import (
    Assessment,
    Case,
    Companion,
    Consent,
    FitDecision,
    IsolationDecision,
    LettersPerson,
    Screening,
)
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.policy import (
    CHANGE,
    CHANGE_CLINICAL,
    CHASE,
    DECIDE_FITNESS,
    KEEP_CONSENTS,
    KEEP_LETTERS,
    WAIVE,
)
from medevac.cases.readiness import readiness_of
from medevac.cases.selectors.documents import papers_by_id
from medevac.cases.sides import Side
from medevac.directory.countries import country_name
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import may, parts_of, visible
from medevac.people.roles import Right

LATEST = 5


def register_own_panels() -> None:
    """Add them, in the order in which a case is prepared."""
    for panel in (
        Panel(
            "cases.medical-readiness",
            _("Medical readiness"),
            "cases/panels/readiness.html",
            medical_readiness,
            order=20,
        ),
        Panel(
            "cases.border-readiness",
            _("Readiness for the border"),
            "cases/panels/readiness.html",
            border_readiness,
            order=21,
        ),
        Panel(
            "cases.screening", _("Fitness and screening"), "cases/panels/screening.html", screening, order=30
        ),
        Panel(
            "cases.companions",
            _("Companions and family"),
            "cases/panels/companions.html",
            companions,
            order=31,
        ),
        Panel("cases.consents", _("Consents"), "cases/panels/consents.html", consents, order=32),
    ):
        register_panel(panel)


def medical_readiness(user: User, case: Case) -> Content | None:
    """The medical items; their names only for whoever may see clinical data."""
    return _readiness(user, case, Side.MEDICAL)


def border_readiness(user: User, case: Case) -> Content | None:
    """The items for the border; their names tell who is a soldier, so they are personal."""
    content = _readiness(user, case, Side.BORDER)
    if content is None or not content["named"]:
        return content
    rows = LettersPerson.objects.select_related("letter")
    letters: dict[str, int] = {}
    for row in parts_of(user, rows, case, Right.PERSONAL):
        letters[str(row.letter)] = letters.get(str(row.letter), 0) + 1
    return {
        **content,
        "letters": list(letters.items()),
        "persons": 1 + case.companions_count,
        "names_persons": case.live and may(user, KEEP_LETTERS, case),
    }


def _readiness(user: User, case: Case, side: Side) -> Content | None:
    if not may(user, Right.OPERATIONAL, case):
        return None
    readiness = readiness_of(case)[side]
    named = looked(user, case, side.right)
    papers = papers_by_id(user, case) if named else {}
    rows = [(line, line.need.row.document if line.need.row else None) for line in readiness.lines]
    return {
        "readiness": readiness,
        "lines": [(line, papers.get(paper)) for line, paper in rows],
        "named": named,
        "sets": case.live and may(user, CHANGE, case),
        "assigns": case.live and may(user, CHASE, case),
        "waives": case.live and may(user, WAIVE, case),
    }


def screening(user: User, case: Case) -> Content | None:
    """The assessments, the decision on fitness, the samples and what follows for isolation."""
    if not looked(user, case, Right.CLINICAL):
        return None
    decision = parts_of(user, FitDecision.objects.all(), case).first()
    decided = parts_of(user, IsolationDecision.objects.filter(ended_at__isnull=True), case).first()
    return {
        "assessments": list(parts_of(user, Assessment.objects.all(), case)[:LATEST]),
        "decision": decision,
        "holds": bool(decision and decision.fit and decision.valid_until > timezone.now()),
        "samples": list(parts_of(user, Screening.objects.all(), case)),
        "decided": decided,
        "writes": case.live and may(user, CHANGE_CLINICAL, case),
        "decides": case.live and may(user, DECIDE_FITNESS, case),
    }


def companions(user: User, case: Case) -> Content | None:
    """Who goes along, and the cases of the same family that are open to the user."""
    if not looked(user, case, Right.PERSONAL):
        return None
    family = Case.objects.filter(family=case.family_id).exclude(pk=case.pk)
    return {
        "companions": list(parts_of(user, Companion.objects.all(), case)),
        "family": list(visible(user, family).order_by("pseudonym")) if case.family_id else [],
        "today": current_day(),
        "writes": case.live and may(user, CHANGE, case),
    }


def consents(user: User, case: Case) -> Content | None:
    """What was consented to, and what was withdrawn."""
    if not looked(user, case, Right.PERSONAL):
        return None
    rows = parts_of(user, Consent.objects.all(), case)
    papers = papers_by_id(user, case)
    return {
        "consents": [
            (one, country_name(one.country) if one.country else "", papers.get(one.document)) for one in rows
        ],
        "writes": case.live and may(user, KEEP_CONSENTS, case),
        "keeps": may(user, KEEP_CONSENTS, case),
    }
