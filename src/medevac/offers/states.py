"""What a hold, an ask and an offer can be, and why an offer or an answer is no: the words of this room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from medevac.offers.why_not import No as No  # in a file of its own, since it is said in more languages


class PoolKind(TextChoices):
    """What a hospital counts besides its places."""

    ISOLATION = "isolation", _("isolation rooms")
    INTENSIVE = "intensive", _("intensive care places")
    CHILD = "child", _("places for children")
    HOUSING = "housing", _("companions' housing")
    ARRIVALS = "arrivals", _("arrivals a day")


class HoldState(TextChoices):
    """How firmly a place is held for a patient."""

    OFFERED = "offered", _("offered")
    RESERVED = "reserved", _("reserved")
    OCCUPIED = "occupied", _("occupied")
    FREED = "freed", _("freed")


class OfferState(TextChoices):
    """Where an offer stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    CHOSEN = "chosen", _("chosen")
    RESERVE = "reserve", _("in reserve")
    NOT_CHOSEN = "not-chosen", _("not chosen")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class OfferAction(TextChoices):
    """What is done with an offer."""

    SEND = "send", _("Send the offer")
    CHOOSE = "choose", _("Record the choice")
    KEEP_IN_RESERVE = "keep-in-reserve", _("Keep it in reserve")
    PASS_OVER = "pass-over", _("Record that another offer was chosen")
    WITHDRAW = "withdraw", _("Withdraw the offer")
    LOSE = "lose", _("Record that the chosen place is lost")
    EXPIRE = "expire", _("Let it expire")
    END = "end", _("End it with the case")
    FULFIL = "fulfil", _("Let the reserve go, since the patient has boarded")


class OfferReason(TextChoices):
    """Why an offer ended without the patient."""

    PLACE_LOST = "place-lost", _("the place is no longer there")
    ISOLATION_LOST = "isolation-lost", _("the isolation room is no longer there")
    STAFF_LOST = "staff-lost", _("the place is no longer staffed")
    CONDITION_CHANGED = "condition-changed", _("the patient's condition has changed")
    NOT_ELIGIBLE = "not-eligible", _("a rule of eligibility stops it")
    RELEASED = "released", _("its country has let the reserve go")
    PATIENT_CHANGED_MIND = "patient-changed-mind", _("the patient changed their mind")
    ANOTHER_CHOSEN = "another-chosen", _("the patient chose another offer")
    NOT_ANSWERED = "not-answered", _("nobody chose it in time")
    REQUEST_TAKEN_BACK = "request-taken-back", _("the request was taken back")
    CASE_ENDED = "case-ended", _("the case ended")
    BOARDED = "boarded", _("the patient has boarded for another place")
    OTHER = "other", _("another reason, in words")


class AskState(TextChoices):
    """Where a question to a region or hospital stands."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Channel(TextChoices):
    """By which way an answer came."""

    SERVICE = "service", _("in the service")
    LINK = "link", _("by signed link")
    TELEPHONE = "telephone", _("by telephone")
    MAIL = "mail", _("by e-mail or letter")
