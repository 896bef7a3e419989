"""The interface for programs: composes the routers of every room under /api/, with faults in one form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from medevac import __version__
from medevac.api.access import TooOftenError
from medevac.api.registry import routers
from medevac.people.pages import Access, register_pages
from medevac.site.api_pages import forms_of, operations_of

NO_TOKEN = (
    "Expected a token that is open, in the header “Authorization: Bearer …”, got none. "
    "Ask whoever administers your organisation here for one."
)
DESCRIPTION = (
    "Reads what is in this installation of medevac, and changes what a scope names, as far as the token's "
    "organisation, role and scopes reach. "
    "All times are UTC and all days are ISO 8601, unless a field says otherwise."
)

api = NinjaAPI(
    title="medevac",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
)
for prefix, router in routers().items():
    api.add_router(prefix, router)


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, fault: Any) -> HttpResponse:
    """Nobody is known, so nothing is told."""
    answer = api.create_response(request, {"detail": NO_TOKEN}, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def with_fault(request: HttpRequest, fault: Any) -> HttpResponse:
    """A fault that an operation has told."""
    answer = api.create_response(request, {"detail": str(fault)}, status=fault.status_code)
    if isinstance(fault, TooOftenError):
        answer["Retry-After"] = str(fault.seconds)
    return answer


@api.exception_handler(ValidationError)
def with_invalid_values(request: HttpRequest, fault: Any) -> HttpResponse:
    """Every value that cannot be used, at once; what was sent is not repeated."""
    faults = [{"where": list(one["loc"]), "expected": one["msg"]} for one in fault.errors]
    detail = "Expected values as the documentation at /api/docs says. Correct those that are named."
    return api.create_response(request, {"detail": detail, "faults": faults}, status=422)


def docs(request: HttpRequest) -> HttpResponse:
    """The documentation, made from the document that programs read."""
    document = api.get_openapi_schema()
    return render(
        request, "site/api_docs.html", {"rooms": operations_of(document), "forms": forms_of(document)}
    )


def register_api_pages() -> None:
    """Tell the policy that each operation asks for a token itself; what it offers is no secret."""
    names = {getattr(pattern, "name", None) for pattern in api.urls[0]} - {None}
    register_pages({f"api:{name}": Access.TOKEN for name in names} | {"api_docs": Access.EVERYBODY})
