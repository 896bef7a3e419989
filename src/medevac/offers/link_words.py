"""The languages of a signed link, and the words of its letter. They exist in German and Polish as well."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.messages.kinds import Kind

LINK_LANGUAGES = ("en", "nb", "uk", "de", "pl")

LETTER = Kind(
    name="offers.answer_link",
    label=_("an ask for a hospital place"),
    outside=_(
        "You are asked whether your hospital can take a patient (%(pseudonym)s). Open the link to read the "
        "summary and to answer with yes or no. It answers once, needs no account, and must not be passed on."
    ),
    compulsory=True,
    secret=True,
)
