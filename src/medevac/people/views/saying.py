"""How a page tells that a service has refused: as a flash message in the service's own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from medevac.people.refusals import RefusedError


@contextmanager
def saying_refusals(request: HttpRequest) -> Iterator[None]:
    """Show a refusal on the next page instead of breaking; what else goes wrong breaks."""
    try:
        yield
    except RefusedError as refusal:
        messages.error(request, refusal.sentence)
