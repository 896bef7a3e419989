"""Retention: a dry run that lists, a decision by a named person, and the deed in batches.

What goes was listed, is still over, and is under no legal hold: the deed asks all three again for every
batch. The history of a row goes with it; the line in the list stays. Locks: the run, then the rows of a
batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.context import Acting, acting, because
from medevac.audit.history import recordings
from medevac.operations.keeping import Keeping, keepings
from medevac.operations.models import RetentionItem, RetentionRun
from medevac.operations.policy import DECIDE
from medevac.operations.rules import DECIDE_WITHIN, State, next_state
from medevac.operations.services.legal_holds import full_reason, must_stay
from medevac.people.models import User
from medevac.people.policy import demand, visible
from medevac.people.refusals import RefusedError

BATCH = 500


@transaction.atomic
def list_what_would_go(actor: User, kind: str) -> RetentionRun:
    """The dry run: keep a list of what is over for the actor's own missions. Nothing goes."""
    demand(actor, DECIDE)
    keeping = _keeping(kind)
    before = keeping.before()
    run: RetentionRun = RetentionRun.unscoped.create(kind=kind, before=before, listed_by=actor.pk)
    rows = visible(actor, keeping.rows(before), DECIDE)
    condition = must_stay(keeping)
    kept = set(rows.values_list("pk", flat=True) if condition is None else _keys(rows, condition))
    keys = rows.order_by("pk").values_list("pk", flat=True)
    items = [RetentionItem(run=run, thing=str(key), must_stay=key in kept) for key in keys]
    RetentionItem.objects.bulk_create(items, batch_size=BATCH)
    run.listed_count = sum(not item.must_stay for item in items)
    run.staying_count = len(items) - run.listed_count
    run.save(update_fields=["listed_count", "staying_count"])
    return run


def decide(actor: User, run: RetentionRun, *, reason: str) -> None:
    """Decide that what the run lists may go; the deed is `medevac retention`."""
    _answer(actor, run, "decide", reason)


def refuse(actor: User, run: RetentionRun, *, reason: str) -> None:
    """Decide that nothing of it goes."""
    _answer(actor, run, "refuse", reason)


@transaction.atomic
def stop(actor: User, run: RetentionRun, *, reason: str) -> None:
    """Stop a run that is decided or has begun: no further batch goes."""
    kept = _locked(actor, run, "stop")
    with because(full_reason(reason)):
        kept.state, kept.stopped_by, kept.ended_at = State.STOPPED, actor.pk, timezone.now()
        kept.save(update_fields=["state", "stopped_by", "ended_at"])


@transaction.atomic
def _answer(actor: User, run: RetentionRun, action: str, reason: str) -> None:
    kept = _locked(actor, run, action)
    text = full_reason(reason)
    if timezone.now() - kept.listed_at > DECIDE_WITHIN:
        raise RefusedError(
            _("This list is older than %(days)d days. Make a new one, and decide on that.")
            % {"days": DECIDE_WITHIN // timedelta(days=1)}
        )
    state = next_state(kept.state, action)
    assert state is not None  # _locked has asked
    kept.state, kept.reason, kept.decided_by, kept.decided_at = state, text, actor.pk, timezone.now()
    with because(text):
        kept.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _locked(actor: User, run: RetentionRun, action: str) -> RetentionRun:
    kept: RetentionRun = RetentionRun.unscoped.select_for_update().get(pk=run.pk)
    demand(actor, DECIDE, kept)
    if next_state(kept.state, action) is None:
        raise RefusedError(
            _("This run is no longer open for that: %(state)s.") % {"state": kept.get_state_display()}
        )
    return kept


def waiting() -> QuerySet[RetentionRun]:
    """The runs whose deed is due, the first decided first."""
    return RetentionRun.unscoped.filter(state__in=(State.DECIDED, State.RUNNING)).order_by("decided_at", "pk")


def carry_out(run: RetentionRun) -> Iterator[int]:
    """Do what was decided, as the owner of the tables: yields after each batch how many things went.

    A deed that breaks off goes on where it was; one that somebody stops ends after its batch.
    """
    with acting(Acting(kind="service", page="command:retention", reason=run.reason)):
        after = 0
        while True:
            with transaction.atomic():
                kept = RetentionRun.unscoped.select_for_update().get(pk=run.pk)
                if kept.state not in (State.DECIDED, State.RUNNING):
                    return
                items = list(kept.items.filter(gone_at=None, pk__gt=after).order_by("pk")[:BATCH])
                gone = _remove(_keeping(kept.kind), kept, items)
                kept.state = State.RUNNING if items else State.DONE
                kept.gone_count += gone
                kept.ended_at = None if items else timezone.now()
                kept.save(update_fields=["state", "gone_count", "ended_at"])
            if not items:
                return
            after = items[-1].pk
            yield gone


def _remove(keeping: Keeping, run: RetentionRun, items: list[RetentionItem]) -> int:
    condition = must_stay(keeping)
    if condition is None or not items:
        return 0
    # A mission may keep them for longer since the list was made.
    before = min(run.before, keeping.before())
    open_rows = keeping.rows(before).filter(pk__in=[item.thing for item in items]).exclude(condition)
    keys = list(open_rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    # Not `delete()`: what hangs on a row was not listed, so the database refuses to let the row go.
    rows = keeping.model._base_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)
    recording = recordings().get(keeping.kind)
    if recording is not None:
        events = recording.events.objects.filter(pgh_obj_id__in=keys)
        events._raw_delete(events.db)
    names = {str(key) for key in keys}
    done = [item.pk for item in items if item.thing in names]
    RetentionItem.objects.filter(pk__in=done).update(gone_at=timezone.now())
    return len(done)


def _keys(rows: QuerySet[RetentionItem], condition: Q) -> list[object]:
    return list(rows.filter(condition).values_list("pk", flat=True))


def _keeping(kind: str) -> Keeping:
    try:
        return keepings()[kind]
    except KeyError:
        raise RefusedError(
            _("No rule says for how long “%(kind)s” is kept, so nothing of it goes.") % {"kind": kind}
        ) from None
