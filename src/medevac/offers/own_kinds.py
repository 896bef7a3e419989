"""The kinds of messages of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.messages.kinds import Kind, register_kind
from medevac.offers.link_words import LETTER

OWN = (
    Kind(
        name="offers.offer_sent",
        label=_("an offer for a case"),
        outside=_("An offer has come for %(pseudonym)s. Sign in to compare it and to record the choice."),
        subject=_("%(case)s: an offer from %(country)s"),
        sentences=(
            _("The hospital: %(hospital)s."),
            _("Show the patient every offer on the sheet, and record the choice. Silence is never a choice."),
        ),
    ),
    Kind(
        name="offers.offer_gone",
        label=_("an offer that ended"),
        outside=_("An offer for %(pseudonym)s has ended. Sign in to read which and why."),
        subject=_("%(case)s: the offer from %(country)s is %(state)s"),
        sentences=(_("The hospital: %(hospital)s. Why: %(reason)s."),),
    ),
    Kind(
        name="offers.place_lost",
        label=_("a chosen place that is lost"),
        outside=_("The chosen place of %(pseudonym)s is lost. Sign in to read why and what to do."),
        subject=_("%(case)s: the chosen place in %(country)s is lost"),
        sentences=(
            _("The hospital: %(hospital)s. Why: %(reason)s."),
            _("Where an offer is in reserve, it can be chosen at once. Otherwise the request is open again."),
        ),
        urgent=True,
        compulsory=True,
    ),
    Kind(
        name="offers.chosen",
        label=_("an offer of yours that was chosen"),
        outside=_("Your offer for %(pseudonym)s was chosen. Sign in to read the case and to prepare."),
        subject=_("%(case)s: your offer was chosen"),
        sentences=(
            _("The hospital: %(hospital)s. The dossier and the personal data are open to you now."),
            _("Keep the place, and prepare the reception."),
        ),
    ),
    Kind(
        name="offers.not_chosen_first",
        label=_("an offer of yours that was not chosen first"),
        outside=_("Your offer for %(pseudonym)s was not the first choice. Sign in to read where it stands."),
        subject=_("%(case)s: your offer is %(state)s"),
        sentences=(
            _("The hospital: %(hospital)s."),
            _(
                "A place that is not in reserve is free again. The reserve holds until you let it go, it "
                "expires, or the patient has boarded."
            ),
        ),
    ),
    Kind(
        name="offers.places_stale",
        label=_("places that must be confirmed"),
        outside=_("Places that you keep were confirmed too long ago. Sign in to confirm or correct them."),
        subject=_("%(hospital)s: please confirm the places"),
        sentences=(
            _("How many were confirmed too long ago: %(count)s. The first of them: %(oldest)s."),
            _(
                "Look them through, correct what has changed, and confirm the rest with one press. You are "
                "told once a day at most."
            ),
        ),
    ),
    Kind(
        name="offers.asked",
        label=_("an ask for a place"),
        outside=_(
            "You are asked whether you can take patients (%(pseudonym)s). Sign in to read the summary and "
            "to answer in time."
        ),
        subject=_("%(asker)s asks: can you take %(cases)s?"),
        sentences=(
            _("Answer by %(deadline)s, with yes and the earliest day, or with no and a reason."),
            _("Telephone for questions: %(telephone)s."),
        ),
    ),
    Kind(
        name="offers.ask_reminder",
        label=_("an ask that waits for your answer"),
        outside=_(
            "An ask still waits for your answer (%(pseudonym)s). Sign in to answer before its deadline."
        ),
        subject=_("%(cases)s: %(asker)s waits for your answer"),
        sentences=(
            _("The time for an answer is over at %(deadline)s. A no with a reason helps as well."),
            _("Telephone for questions: %(telephone)s."),
        ),
        urgent=True,
    ),
    Kind(
        name="offers.answered",
        label=_("an answer to an ask of yours"),
        outside=_("An answer has come for %(pseudonym)s. Sign in to read it."),
        subject=_("%(case)s: %(asked)s says %(said)s"),
        sentences=(_("Answered by: %(answerer)s."),),
    ),
    Kind(
        name="offers.ask_withdrawn",
        label=_("an ask that was withdrawn"),
        outside=_("You need not answer for %(pseudonym)s any more. Sign in to read which ask it was."),
        subject=_("%(cases)s: no answer is needed any more"),
        sentences=(_("%(asker)s has withdrawn the ask, or the patient is not waiting any more."),),
    ),
    Kind(
        name="offers.ground_gone",
        label=_("a no to what an offer of yours rests on"),
        outside=_("A no has come to what your offer for %(pseudonym)s rests on. Sign in to decide about it."),
        subject=_("%(case)s: %(asked)s says no after your offer"),
        sentences=(
            _("The hospital: %(hospital)s. Your offer is “%(state)s”; nothing was changed in it."),
            _("Withdraw it, or ask once more and keep it if the answer is yes again."),
        ),
        urgent=True,
    ),
    Kind(
        name="offers.ground_less",
        label=_("a yes that promises less than an offer of yours"),
        outside=_(
            "Less is promised for your offer for %(pseudonym)s than before. Sign in to decide about it."
        ),
        subject=_("%(case)s: %(asked)s promises less after your offer"),
        sentences=(
            _("What is less: %(less)s."),
            _("The hospital: %(hospital)s. Your offer is “%(state)s”; nothing was changed in it."),
            _("Withdraw it and offer anew, or find out that it holds all the same."),
        ),
        urgent=True,
    ),
    Kind(
        name="offers.place_still_taken",
        label=_("a promised place on which another patient still lies"),
        outside=_("The place promised to %(pseudonym)s is still occupied. Sign in to see until when."),
        subject=_("%(case)s: the place promised from %(day)s is still occupied"),
        sentences=(
            _("The place: %(place)s, %(hospital)s. Expected last day of who lies there: %(until)s."),
            _("Find out whether it will be free. If not, withdraw the offer, or say that the place is lost."),
            _("You are told once, and again if the day changes."),
        ),
        urgent=True,
    ),
    LETTER,
)


def register_own_kinds() -> None:
    """Add them."""
    for kind in OWN:
        register_kind(kind)
