"""Merging the same patient, without losing anything, and undoing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import (
    Assessment,
    Case,
    CaseDocument,
    CaseItem,
    CaseStep,
    Clinical,
    Companion,
    Consent,
    FitDecision,
    Merge,
    Person,
    Screening,
)
from medevac.cases.models.sameness import Suspicion
from medevac.cases.naming import write_names
from medevac.cases.policy import MERGE
from medevac.cases.rules import BEFORE_PUBLICATION, ON_THE_GROUND_AT_HOME
from medevac.cases.services.acting import act
from medevac.cases.services.changed import lock_cases_of, move_moment, raise_version
from medevac.cases.services.missing import count_missing
from medevac.cases.states import Action, Reason, State
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

# Rows that go along to the case that goes on, with what makes two of them the same.
PARTS: dict[type[models.Model], tuple[str, ...]] = {
    Companion: ("family_name", "given_name", "birth_date"),
    Consent: ("purpose", "country"),
    Screening: ("organism", "other_organism", "site", "taken_on"),
    Assessment: ("assessor", "assessed_at"),
    FitDecision: ("decided_by", "decided_at"),
    CaseDocument: ("document_id",),
}
UNFILLED: tuple[Any, ...] = (None, "", [], "unknown")
PERSON_FIELDS = (
    "family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name", "birth_date", "sex",
    "citizenship", "languages", "service", "telephone", "telephone_index", "document_number",
    "document_index",
)  # fmt: skip
CASE_FIELDS = (
    "ewrs_number", "specialties", "dependency", "flight_class", "weight_kg", "cabin_altitude_m", "escort",
    "ready_from", "preferred_countries", "refused_countries", "wants_return", "payer",
)  # fmt: skip
CLINICAL_FIELDS = ("icd10", "injury_date", "mechanism", "history", "allergies", "medicines", "cautions")


@transaction.atomic
def merge(actor: User, kept: Person, merged: Person) -> Merge:
    """Say that two persons are one.

    All cases of `merged` become cases of `kept`. Where both have a live one, that of `merged` is closed as a
    duplicate, its parts go along, and what is empty in the kept case, person and clinical picture is filled
    from it. Nothing is overwritten, and everything that moved stands in the answer.

    Raises
    ------
    NotAllowedError
        Where the actor may not merge both.
    RefusedError
        Where the two have been merged already, or the patient has left on the case that would be closed.
    """
    demand(actor, MERGE, kept)
    demand(actor, MERGE, merged)
    lock_cases_of((kept.pk, merged.pk))
    both = Person.unscoped.select_for_update().order_by("pk").filter(pk__in=(kept.pk, merged.pk))
    locked = {row.pk: row for row in both}
    if len(locked) != 2:
        raise RefusedError(_("Expected two different persons. Choose another one."))
    kept, merged = locked[kept.pk], locked[merged.pk]
    if Merge.unscoped.filter(Q(merged=merged) | Q(merged=kept), undone_at__isnull=True).exists():
        raise RefusedError(_("One of the two has been merged already. Load the page again."))
    record = Merge(kept=kept, merged=merged, merged_by_user=actor.pk)
    # Once more: while the persons are locked nobody files another case of theirs.
    cases = lock_cases_of((kept.pk, merged.pk))
    record.cases = [case.pk for case in cases if case.person_id == merged.pk]
    live = {case.person_id: case for case in cases if case.live}
    if len(live) == 2:
        _close(actor, record, live[kept.pk], live[merged.pk])
    record.filled["person"] = _fill(kept, merged, PERSON_FIELDS)
    write_names(kept)
    kept.save()
    Case.unscoped.filter(pk__in=record.cases).update(person=kept)
    # Of all of them: a form that was opened before would write over what was filled in.
    Case.unscoped.filter(person=kept).update(version=F("version") + 1)
    move_moment(case.pk for case in cases)
    record.save()
    count_missing(list(Case.unscoped.filter(person=kept)))
    _judge(actor, kept, merged, Suspicion.Verdict.SAME)
    return record


@transaction.atomic
def undo_merge(actor: User, record: Merge) -> Merge:
    """Make two persons of one again: every row goes back, and what was filled in is emptied.

    What somebody has changed since stays as it is now. A case that was closed as a duplicate lives again, as
    verified or published where it had come further: offers and bookings were released when it closed.
    """
    lock_cases_of((record.kept_id, record.merged_id))
    record = Merge.unscoped.select_for_update().get(pk=record.pk)
    demand(actor, MERGE, record)
    if record.undone_at is not None:
        raise RefusedError(_("This merge has been undone already."))
    kept = Person.unscoped.select_for_update().get(pk=record.kept_id)
    _refuse_two_live(record)
    _empty(kept, record.filled.get("person", {}))
    write_names(kept)
    kept.save()
    both = Case.unscoped.filter(person=kept)
    move_moment(both.values_list("pk", flat=True))
    both.update(version=F("version") + 1)
    Case.unscoped.filter(pk__in=record.cases).update(person=record.merged_id)
    if record.closed_case_id and record.kept_case_id:
        _reopen(actor, record, record.kept_case_id, record.closed_case_id)
    record.undone_at, record.undone_by_user = timezone.now(), actor.pk
    record.save()
    count_missing(list(Case.unscoped.filter(person__in=(kept, record.merged_id))))
    _judge(actor, kept, record.merged, Suspicion.Verdict.DIFFERENT)
    return record


@transaction.atomic
def say_different(actor: User, suspicion: Suspicion) -> None:
    """Say that two persons are two; nobody is asked again."""
    demand(actor, MERGE, suspicion)
    _judge(actor, suspicion.first, suspicion.second, Suspicion.Verdict.DIFFERENT)


def _judge(actor: User, one: Person, other: Person, verdict: str) -> None:
    first, second = sorted((one.pk, other.pk))
    Suspicion.unscoped.filter(first=first, second=second).update(
        verdict=verdict, decided_at=timezone.now(), decided_by=actor.pk
    )


def _close(actor: User, record: Merge, goes_on: Case, closes: Case) -> None:
    if closes.state not in ON_THE_GROUND_AT_HOME:
        raise RefusedError(
            _("Case %(case)s is “%(state)s”: the patient has left on it, so it must be the one that goes on.")
            % {"case": closes.pseudonym, "state": closes.get_state_display()}
        )
    record.kept_case, record.closed_case, record.closed_from = goes_on, closes, closes.state
    for model, sameness in PARTS.items():
        known = {tuple(row) for row in model._base_manager.filter(case=goes_on).values_list(*sameness)}
        rows = model._base_manager.filter(case=closes)
        for row in rows:
            if tuple(getattr(row, name) for name in sameness) not in known:
                record.moved.append([model._meta.label_lower, str(row.pk)])
    _move(record.moved, goes_on.pk)
    _bring_items(record, goes_on, closes)
    pictures = {row.pk: row for row in Clinical.unscoped.filter(pk__in=(goes_on.pk, closes.pk))}
    record.filled["case"] = _fill(goes_on, closes, CASE_FIELDS, but=("ewrs_number",))
    record.filled["clinical"] = _fill(pictures[goes_on.pk], pictures[closes.pk], CLINICAL_FIELDS)
    goes_on.companions_count = Companion.unscoped.filter(case=goes_on).count()
    raise_version(goes_on)
    pictures[goes_on.pk].save()
    act(actor, closes.pk, Action.MARK_DUPLICATE, reason=Reason.SAME_PERSON, live_case=goes_on.pk)


def _bring_items(record: Merge, goes_on: Case, closes: Case) -> None:
    """What was there for the closed case is there for the other one."""
    wanting = {
        row.code: row for row in CaseItem.unscoped.filter(case=goes_on, status=CaseItem.Status.MISSING)
    }
    known = set(CaseItem.unscoped.filter(case=goes_on).values_list("code", flat=True))
    for row in CaseItem.unscoped.filter(case=closes, status=CaseItem.Status.PRESENT):
        if row.code not in known:
            record.moved.append(["cases.caseitem", str(row.pk)])
            CaseItem.unscoped.filter(pk=row.pk).update(case=goes_on)
        elif row.code in wanting:
            changes = {"status": row.status, "dated": row.dated, "document": row.document}
            before = {name: getattr(wanting[row.code], name) for name in changes}
            record.filled.setdefault("items", {})[str(wanting[row.code].pk)] = {
                name: [_plain(before[name]), _plain(changes[name])] for name in changes
            }
            CaseItem.unscoped.filter(pk=wanting[row.code].pk).update(**changes)


def _move(moved: list[list[str]], case: UUID) -> None:
    from django.apps import apps

    for label, key in moved:
        apps.get_model(label)._base_manager.filter(pk=key).update(case=case)


def _take_versions_along(goes_on: Case, closed: Case) -> None:
    """Versions made since of documents that go back must not stay with the other person."""
    back = CaseDocument.unscoped.filter(case=closed).values("document")
    stays = CaseDocument.unscoped.filter(case=goes_on).values("document")
    rows = CaseDocument.unscoped.filter(case=goes_on)
    for name in ("translation_of", "redacted_version_of"):
        of_back = {f"document__{name}__in": back}
        of_stays = {f"document__{name}__in": stays}
        rows.filter(**of_back).exclude(**of_stays).exclude(document__in=back).update(case=closed)


def _fill(
    kept: models.Model, other: models.Model, names: tuple[str, ...], but: tuple[str, ...] = ()
) -> dict[str, list[Any]]:
    """Fill what is empty; answers what was filled, before and after, as plain values."""
    filled = {}
    for name in names:
        before, after = getattr(kept, name), getattr(other, name)
        if name in but or before not in UNFILLED or after in UNFILLED:
            continue
        setattr(kept, name, after)
        secret = name == "document_number"
        filled[name] = [_plain(before), "" if secret else _plain(after)]
    return filled


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if hasattr(value, "isoformat") else str(value) if isinstance(value, UUID) else value
    )


def _empty(row: models.Model, filled: dict[str, list[Any]]) -> None:
    """Take back what was filled in, unless somebody has changed it since."""
    for name, (before, after) in filled.items():
        now = getattr(row, name)
        if name == "document_number" or _plain(now) == after:
            setattr(row, name, _typed(row, name, before))


def _typed(row: models.Model, name: str, value: Any) -> Any:
    field = row._meta.get_field(name)
    if not isinstance(field, models.Field) or not isinstance(value, str) or not value:
        return value
    return field.to_python(value)


def _refuse_two_live(record: Merge) -> None:
    """Both sides may live again only where that makes no second live case of one person."""
    back = Case.unscoped.filter(pk__in=record.cases)
    live = [case for case in back if case.live]
    if record.closed_case_id and live:
        raise RefusedError(
            _("Case %(case)s is live and belongs to the person that is separated. End it first.")
            % {"case": live[0].pseudonym}
        )


def _reopen(actor: User, record: Merge, goes_on_id: UUID, closed_id: UUID) -> None:
    closed = Case.unscoped.select_for_update().get(pk=closed_id)
    goes_on = Case.unscoped.select_for_update().get(pk=goes_on_id)
    _move(record.moved, closed.pk)
    _take_versions_along(goes_on, closed)
    for key, filled in record.filled.get("items", {}).items():
        item = CaseItem.unscoped.filter(pk=key).first()
        if item is not None:
            _empty(item, filled)
            item.save()
    picture = Clinical.unscoped.get(pk=goes_on.pk)
    _empty(goes_on, record.filled.get("case", {}))
    _empty(picture, record.filled.get("clinical", {}))
    goes_on.companions_count = Companion.unscoped.filter(case=goes_on).count()
    raise_version(goes_on)
    picture.save()
    state = State(record.closed_from)
    target = state if state in BEFORE_PUBLICATION else State.PUBLISHED
    CaseStep.unscoped.create(
        case=closed,
        action=Action.SEPARATE,
        source=closed.state,
        target=target,
        actor=actor.pk,
        at=timezone.now(),
    )
    closed.state, closed.state_since = target, timezone.now()
    closed.end_reason, closed.live_case = "", None
    closed.companions_count = Companion.unscoped.filter(case=closed).count()
    raise_version(closed)
