"""What may leave the house, by construction: a pseudonym, a link, and sentences fixed beforehand.

Every channel gets a `Letter`, and letters are made here only. No text that a room has written, no name and
no row of a patient can be handed in: there is no parameter for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.messages.kinds import kind_of

# Letters and digits in short groups, with at least one digit: "UA-4F7K". A name does not look like that.
PSEUDONYM = re.compile(r"(?=.*[0-9])[A-Z0-9]{1,8}(-[A-Z0-9]{1,8}){0,3}", re.ASCII)


@dataclass(frozen=True)
class Fields:
    """All that a message may tell outside.

    Parameters
    ----------
    kind
        The name of a registered kind; it brings the sentence.
    pseudonym
        Of the case, such as "UA-4F7K"; empty where there is none.
    """

    kind: str
    pseudonym: str = ""

    def __post_init__(self) -> None:
        if self.pseudonym and not PSEUDONYM.fullmatch(self.pseudonym):
            raise ValueError(
                "Expected a pseudonym of capital letters and digits such as UA-4F7K, got something else "
                "(not shown, since it may be a name). Hand over the case's pseudonym."
            )


@dataclass(frozen=True)
class Letter:
    """A finished text on its way out.

    Parameters
    ----------
    delivery
        The number of the delivery, the same at every repeat.
    reference
        The e-mail's Message-ID, the same at every repeat.
    recipient
        An address of the channel's own kind.
    language
        The language of the text.
    subject, lines
        The text.
    link
        Where to read it.
    urgent
        Whether it may disturb.
    """

    delivery: UUID
    reference: str
    recipient: str
    language: str
    subject: str
    lines: tuple[str, ...]
    link: str
    urgent: bool = False


def write_letter(
    *,
    delivery: UUID,
    reference: str,
    recipient: str,
    language: str,
    link: str,
    fields: Fields,
    digest: Sequence[Fields] = (),
) -> Letter:
    """Write what leaves, in the language of whoever receives it.

    Parameters
    ----------
    delivery, reference, recipient, language, link
        See `Letter`. The link must lead to this service.
    fields
        What it is about.
    digest
        What each part of a digest is about.
    """
    if not link.startswith(f"{settings.ADDRESS}/"):
        raise ValueError(f"Expected a link that begins with {settings.ADDRESS}/, got another. Correct it.")
    kind = kind_of(fields.kind)
    with translation.override(language):
        lines: tuple[str, ...] = (_sentence(fields),)
        if digest:
            count = len(digest)
            lines = (
                ngettext("%(count)d message waits for you:", "%(count)d messages wait for you:", count)
                % {"count": count},
                *(f"- {_sentence(part)}" for part in digest),
            )
        return Letter(
            delivery=delivery,
            reference=reference,
            recipient=recipient,
            language=language,
            subject=_("medevac: %(what)s") % {"what": str(kind.label)},
            lines=lines,
            link=link,
            urgent=kind.urgent,
        )


def _sentence(fields: Fields) -> str:
    """The kind's sentence with the pseudonym, and with nothing else, since nothing else is there."""
    sentence = str(kind_of(fields.kind).outside)
    return sentence % {"pseudonym": fields.pseudonym or _("without a number")}
