"""What has happened with a case, in plain words: its steps, and what was changed in between.

Values are told of operational data only. Of the clinical picture and the person it is told which fields
changed, to whoever may see them; the values stand in the history, which is a look of its own. Of a document
its kind is told, under the rights that the document asks for. Rooms above tell what they keep of the case
by a registry (`cases.happenings`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from medevac.audit.history import recordings
from medevac.audit.naming import names_of_single_actors
from medevac.audit.selectors import Alteration
from medevac.cases.happenings import happenings_of
from medevac.cases.models import Case, CaseStep, Clinical, Person
from medevac.cases.selectors.documents import document_events
from medevac.cases.states import Action, Reason, State
from medevac.directory.countries import country_name
from medevac.directory.specialties import specialty_name
from medevac.people.models import Membership, User
from medevac.people.policy import may, parts_of
from medevac.people.roles import Right

MOST_ENTRIES = 60
MOST_EVENTS = 200  # of one kind of row that are looked through
# What follows from steps and from the clock, which the steps tell already.
SILENT = frozenset(
    {
        "id", "state", "state_since", "end_reason", "live_case", "verified_at", "published_at", "child",
        "priority_since", "due_at", "version", "changed_at", "created_at", "search_key", "keeper", "case",
        "latin_by_hand", "person", "family", "companions_count",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One thing that happened.

    Parameters
    ----------
    at
        When.
    who
        The organisation of whoever did it; "you" where it was the user.
    sentence
        What it was.
    details
        What changed, from what to what; empty for a step.
    remark
        Reason and remark of a step, as far as they are open to the user.
    ends
        Whether the case ended with it.
    """

    at: datetime
    who: str
    sentence: str
    details: tuple[Alteration, ...] = ()
    remark: str = ""
    step: bool = False


def timeline_of(user: User, case: Case) -> list[Entry]:
    """What happened, the latest first, at most `MOST_ENTRIES`."""
    rows = parts_of(user, CaseStep.objects.all(), case)
    steps = list(rows.order_by("-at", "-pk")[:MOST_ENTRIES])
    events: list[tuple[type[Model], Any, Any]] = [
        (Case, event, earlier) for event, earlier in _events(Case, case.pk)
    ]
    clinical = may(user, Right.CLINICAL, case)
    if clinical:
        events += [(Clinical, event, earlier) for event, earlier in _events(Clinical, case.pk)]
    personal = may(user, Right.PERSONAL, case)
    if personal:
        events += [(Person, event, earlier) for event, earlier in _events(Person, case.person_id)]
    rights = {Right.CLINICAL: clinical, Right.PERSONAL: personal}
    papers = document_events(case, frozenset(right for right, open_ in rights.items() if open_))
    actors = {step.actor for step in steps} | {actor for _m, event, _e in events if (actor := _actor(event))}
    actors |= {actor for event, _kind in papers if (actor := _actor(event))}
    above = happenings_of(user, case, MOST_ENTRIES)
    actors |= {one.actor for one in above}
    names = organisations_of({actor for actor in actors if actor}, user)
    told = [_step(step, names, personal) for step in steps]
    told += [
        entry for model, event, earlier in events if (entry := _change(case, model, event, earlier, names))
    ]
    told += [_paper(event, kind, names) for event, kind in papers]
    told += [
        Entry(one.at, _who(one.actor, names), one.sentence, remark=one.remark, step=one.step) for one in above
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:MOST_ENTRIES]


def organisations_of(actors: Iterable[UUID], user: User) -> dict[UUID, str]:
    """For whom people act: organisations are open to all who take part, their people are not.

    A program is called by its name and its organisation, and a signed link by whom it was sent to.
    """
    wanted = {actor for actor in actors if actor != user.pk}
    rows = Membership._base_manager.filter(user__in=wanted).order_by("starts")
    names = dict(rows.values_list("user", "organisation__name"))
    return {**names, **names_of_single_actors(wanted - names.keys()), user.pk: _("you")}


def _events(model: type[Model], pk: UUID) -> list[tuple[Any, Any]]:
    """Each event with the one before it, as far back as is looked through."""
    events: Any = recordings()[model._meta.label_lower].events.objects
    found = list(events.filter(pgh_obj_id=pk).order_by("-pgh_id")[:MOST_EVENTS])
    return list(zip(found, [*found[1:], None], strict=True))


def _actor(event: Any) -> UUID | None:
    actor = event.pgh_context.get("actor")
    return UUID(actor) if actor else None


def _who(actor: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(actor, _("medevac itself")) if actor else _("medevac itself")


def _step(step: CaseStep, names: dict[UUID, str], personal: bool) -> Entry:
    words = [str(Reason(step.reason).label)] if step.reason else []
    if personal:
        words += [word for word in (step.remark,) if word]
        if step.notifier:
            words.append(_("The family is told by %(name)s.") % {"name": step.notifier})
    sentence = _("%(action)s – now: %(state)s") % {
        "action": Action(step.action).label,
        "state": State(step.target).label,
    }
    return Entry(step.at, _who(step.actor, names), sentence, remark=" · ".join(words), step=True)


def _change(case: Case, model: type[Model], event: Any, earlier: Any, names: dict[UUID, str]) -> Entry | None:
    who = _who(_actor(event), names)
    if earlier is None:
        if model is not Case or event.pgh_label != "insert":
            return None
        return Entry(case.created_at, who, _("The case was filed."), step=True)
    changed = [
        field
        for field in model._meta.concrete_fields
        if field.name not in SILENT
        and getattr(event, field.attname, None) != getattr(earlier, field.attname, None)
    ]
    if not changed:
        return None
    if model is Case:
        details = tuple(
            Alteration(
                str(field.verbose_name),
                _said(field, getattr(earlier, field.attname)),
                _said(field, getattr(event, field.attname)),
            )
            for field in changed
        )
        return Entry(event.pgh_created_at, who, _("The case was changed."), details)
    fields = ", ".join(str(field.verbose_name) for field in changed)
    sentence = (
        _("The clinical picture was changed: %(fields)s.")
        if model is Clinical
        else _("The person was changed: %(fields)s.")
    )
    return Entry(event.pgh_created_at, who, sentence % {"fields": fields})


def _paper(event: Any, kind: str, names: dict[UUID, str]) -> Entry:
    """A document that came or went, by its kind alone."""
    sentences = {
        "insert": _("A document was attached: %(kind)s."),
        "update": _("A document came along from another case of the patient: %(kind)s."),
        "delete": _("A document was taken off the case: %(kind)s."),
    }
    return Entry(
        event.pgh_created_at, _who(_actor(event), names), sentences[event.pgh_label] % {"kind": kind}
    )


def _said(field: Any, value: Any) -> str:
    """A value as it is read."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        name = specialty_name if field.name == "specialties" else country_name
        return ", ".join(name(one) for one in value)
    return str(dict(field.flatchoices).get(value, value))
