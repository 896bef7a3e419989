"""The periodic review, as it goes by itself: who confirms is reminded, and what nobody confirms ends.

No person asks for it, so no policy is asked; the worker runs it once a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.people.days import current_day
from medevac.people.models import Membership, User
from medevac.people.notices import Notice, give
from medevac.people.refusals import RefusedError
from medevac.people.selectors.reviews import confirmers
from medevac.people.services.memberships import keep_an_administrator, role_notice
from medevac.people.services.sessions import end_all_sessions

REMINDED_BEFORE = timedelta(days=14)


def remind_of_reviews() -> int:
    """Remind everybody who is to confirm memberships soon or is late; once a week each.

    Returns
    -------
    How many people were reminded, those who had been reminded this week before included.
    """
    due = _counting().filter(review_due__lte=timezone.now() + REMINDED_BEFORE).order_by("review_due", "pk")
    waiting: dict[User, int] = {}
    for membership in due:
        for person in confirmers(membership):
            waiting[person] = waiting.get(person, 0) + 1
    with transaction.atomic():
        for person, count in waiting.items():
            give(_reminder(person, count))
    return len(waiting)


def end_what_nobody_confirmed() -> int:
    """End the memberships whose review is overdue for longer than the settings allow.

    The last administrator stays: without one nobody could mend it. Returns how many have ended.
    """
    limit = timezone.now() - timedelta(days=settings.REVIEW_GRACE_DAYS)
    late = list(_counting().filter(review_due__lte=limit).order_by("pk").values_list("pk", flat=True))
    return sum(_end_unconfirmed(number, limit) for number in late)


@transaction.atomic
def _end_unconfirmed(number: UUID, limit: datetime) -> bool:
    membership = Membership.unscoped.get(pk=number)
    try:
        keep_an_administrator([membership])
    except RefusedError:
        return False
    now = timezone.now()
    rows = Membership.unscoped.select_related("user", "organisation").select_for_update(of=("self",))
    kept = rows.filter(Q(ends__isnull=True) | Q(ends__gt=now), pk=number, review_due__lte=limit).first()
    if kept is None:
        return False  # confirmed or ended meanwhile
    kept.ends = now
    kept.save(update_fields=["ends"])
    end_all_sessions(kept.user)
    give(role_notice(kept, "membership_ended"))
    for person in confirmers(kept):
        give(_missed(person, kept))
    return True


def _counting() -> QuerySet[Membership]:
    return Membership.unscoped.current().select_related("user", "organisation")


def _reminder(person: User, count: int) -> Notice:
    year, week, _day = current_day().isocalendar()
    with translation.override(person.language):
        sentence = ngettext(
            "One membership waits for you to confirm it.",
            "%(count)s memberships wait for you to confirm them.",
            count,
        )
        return Notice(
            kind="reviews_due",
            subject=_("Memberships to confirm"),
            sentences=(
                sentence % {"count": count},
                _("What nobody confirms within %(days)s days after its day ends by itself.")
                % {"days": settings.REVIEW_GRACE_DAYS},
            ),
            address=settings.ADDRESS + reverse("people:review"),
            language=person.language,
            user=person.pk,
            email=person.email,
            key=f"people.reviews_due {year}-{week}",
        )


def _missed(person: User, membership: Membership) -> Notice:
    with translation.override(person.language):
        words = {
            "name": membership.user.name,
            "role": membership.get_role_display(),
            "organisation": membership.organisation.name,
        }
        return Notice(
            kind="review_missed",
            subject=_("A membership has ended because nobody confirmed it"),
            sentences=(
                _("%(name)s is no longer “%(role)s” in “%(organisation)s”: nobody confirmed it in time.")
                % words,
                _("If the role is still needed, open the page below and give it anew."),
            ),
            address=settings.ADDRESS + reverse("people:person", args=[membership.user_id]),
            language=person.language,
            user=person.pk,
            email=person.email,
            facts={"membership": str(membership.pk)},
        )
