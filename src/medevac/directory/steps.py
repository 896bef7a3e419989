"""The steps of a case's life that a mission can ask for something before, in their order.

The life of a case itself belongs to the room `cases`; a mission says only which item must be there before
which step.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """What happens to a case next."""

    SUBMIT = "submit", _("Submitting the case")
    VERIFY = "verify", _("Verifying the case")
    PUBLISH = "publish", _("Publishing the request")
    OFFER = "offer", _("Offering a place")
    CHOOSE = "choose", _("Recording the choice")
    BOOK = "book", _("Booking a flight")
    BOARD = "board", _("Boarding")
    HAND_OVER = "hand-over", _("Hand-over")
    DISCHARGE = "discharge", _("Discharge")
    RETURN = "return", _("Return")
