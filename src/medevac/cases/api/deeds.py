"""One change over the API: whole or not at all, and every refusal in the form that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from ninja.errors import HttpError

from medevac.cases.services.acting import ItemsMissingError
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError


@contextmanager
def deed() -> Iterator[None]:
    """A refusal is answered with 409 and its sentence; what the role does not include with 403.

    What is missing is not named here: a token may read less than its role, and its needs are read elsewhere.
    """
    try:
        with transaction.atomic():
            yield
    except ItemsMissingError as refusal:
        raise HttpError(409, refusal.discreet) from refusal
    except RefusedError as refusal:
        raise HttpError(409, str(refusal.sentence)) from refusal
    except NotAllowedError as error:
        raise HttpError(403, "Expected something that the token's role may do here, got another.") from error
