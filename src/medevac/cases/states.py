"""What a case can be, what can be done to it, and why it can end: the words of its life.

They are words and never ordered numbers: nothing asks whether one state is "greater" than another.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a case stands in its life."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    OFFERED = "offered", _("offered")
    CHOSEN = "chosen", _("chosen")
    BOOKED = "booked", _("booked")
    BOARDED = "boarded", _("boarded")
    HANDED_OVER = "handed-over", _("handed over")
    IN_TREATMENT = "in-treatment", _("in treatment")
    READY_FOR_DISCHARGE = "ready-for-discharge", _("ready for discharge")
    RETURNED = "returned", _("returned")
    STAYED = "stayed", _("stayed")
    ONWARD = "onward", _("moved onward")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNFIT = "unfit", _("unfit to travel")
    DIED = "died", _("died")
    DECLINED = "declined", _("declined")
    NO_OFFER = "no-offer", _("without an offer")
    DUPLICATE = "duplicate", _("duplicate")
    MOVED_OTHERWISE = "moved-otherwise", _("moved by another way")


class Action(TextChoices):
    """What somebody does to a case that changes its state, or says again what it is."""

    SUBMIT = "submit", _("Submit the case")
    SEND_BACK = "send-back", _("Send it back to whoever filed it")
    VERIFY = "verify", _("Verify the case")
    PUBLISH = "publish", _("Publish the request")
    TAKE_BACK = "take-back", _("Take the request back")
    OFFER = "offer", _("Record that an offer has come")
    LOSE_OFFERS = "lose-offers", _("Record that no offer is open any more")
    CHOOSE = "choose", _("Record the choice")
    LOSE_PLACE = "lose-place", _("Record that the chosen place is lost")
    BOOK = "book", _("Book a flight")
    UNBOOK = "unbook", _("Take the booking back")
    BOARD = "board", _("Record boarding")
    DISEMBARK = "disembark", _("Record that the patient left the aircraft before departure")
    HAND_OVER = "hand-over", _("Record the hand-over")
    ADMIT = "admit", _("Record the admission")
    TRANSFER = "transfer", _("Record a transfer to another hospital")
    PREPARE_DISCHARGE = "prepare-discharge", _("Say that the patient is ready for discharge")
    RESUME_TREATMENT = "resume-treatment", _("Say that treatment goes on")
    RETURN = "return", _("Record the return home")
    STAY = "stay", _("Record that the patient stays")
    MOVE_ONWARD = "move-onward", _("Record that the patient has moved onward")
    WITHDRAW = "withdraw", _("Withdraw the case")
    FIND_UNFIT = "find-unfit", _("Record that the patient cannot travel")
    RECORD_DEATH = "record-death", _("Record a death")
    DECLINE = "decline", _("Decline the case")
    CLOSE_WITHOUT_OFFER = "close-without-offer", _("Close the case without an offer")
    MARK_DUPLICATE = "mark-duplicate", _("Close it as a duplicate")
    MOVE_OTHERWISE = "move-otherwise", _("Record that the patient was moved by another way")
    # Not in the table: undoing a merge writes it. A duplicate was no end of a life but never one of its own.
    SEPARATE = "separate", _("Separate it from the other case again")


class Reason(TextChoices):
    """Why a case ended or went back, as a code that figures can count."""

    PATIENT_CHANGED_MIND = "patient-changed-mind", _("the patient changed their mind")
    FAMILY_CHANGED_MIND = "family-changed-mind", _("the guardian or family changed their mind")
    TREATED_AT_HOME = "treated-at-home", _("treatment at home became possible")
    NOT_REACHED = "not-reached", _("the patient could not be reached")
    FILED_BY_MISTAKE = "filed-by-mistake", _("the case was filed by mistake")
    CONSENT_WITHDRAWN = "consent-withdrawn", _("a consent was withdrawn")
    WORSENED = "worsened", _("the patient's condition worsened")
    NOT_TRANSPORTABLE = "not-transportable", _("the patient cannot be transported safely")
    DIED_BEFORE_DEPARTURE = "died-before-departure", _("died before departure")
    DIED_IN_TRANSIT = "died-in-transit", _("died on the way")
    DIED_IN_TREATMENT = "died-in-treatment", _("died in treatment abroad")
    NO_CRITERION = "no-criterion", _("no criterion of the mission is met")
    NOT_ELIGIBLE = "not-eligible", _("a rule of eligibility excludes the patient")
    NO_PLACE_FOUND = "no-place-found", _("no country could offer a place")
    NO_ANSWER_IN_TIME = "no-answer-in-time", _("no answer came in time")
    SAME_PERSON = "same-person", _("the same patient has another case")
    OTHER_CHANNEL = "other-channel", _("evacuated through another channel")
    OWN_JOURNEY = "own-journey", _("travelled by themselves")
    INCOMPLETE = "incomplete", _("something is missing or wrong")
    OFFERS_LAPSED = "offers-lapsed", _("every offer was withdrawn or expired")
    PLACE_LOST = "place-lost", _("the place is no longer there")
    FLIGHT_CHANGED = "flight-changed", _("the flight was changed or cancelled")
    MISSED_DEPARTURE = "missed-departure", _("the patient did not come along")
    COMPLICATION = "complication", _("a complication needs further treatment")
    OTHER = "other", _("another reason, in words")


DEATHS = frozenset({Reason.DIED_BEFORE_DEPARTURE, Reason.DIED_IN_TRANSIT, Reason.DIED_IN_TREATMENT})
