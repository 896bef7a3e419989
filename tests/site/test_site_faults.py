"""Tests that a page which cannot be shown says why, and what to do next."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from world import sign_in

from medevac.people.policy import NotAllowedError
from medevac.people.roles import Role
from medevac.people.services.demonstration import account_of, make_people
from medevac.site import faults


def answer_to(error: Exception) -> HttpResponse:
    """What the shell answers while an error is being dealt with."""
    try:
        raise error
    except Exception:
        return faults.broken(RequestFactory().get("/"))


def test_our_own_fault() -> None:
    """Tests that a fault of ours says so, and asks the database nothing."""
    answer = answer_to(ZeroDivisionError())
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_a_database_that_is_away() -> None:
    """Tests that it is told as "not for the moment", with when to try again."""
    answer = answer_to(OperationalError("the connection is closed"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The database does not answer" in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_names_the_right_and_who_can_give_it() -> None:
    """Tests that a reader who opens "who can see what" learns what is missing, and whom to ask."""
    make_people()
    user = account_of(Role.READER)
    assert user is not None
    client = sign_in(Client(), user)
    client.cookies["django_language"] = "en"
    user.language = "en"
    user.save()
    answer = client.get("/people/access/")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "The right that is missing: see who can see what." in text
    assert "Mission administrator" in text  # who has it, and who can give it
    assert "Astrid Berge" in text  # who gave the reader the role
    assert "Reader of figures" in text


@pytest.mark.django_db
def test_a_service_that_refuses_is_a_refusal(rf: RequestFactory) -> None:
    """Tests that what a service refuses for want of a right is no fault of ours."""
    request = rf.get("/")
    request.user = AnonymousUser()
    middleware = faults.RefusalMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(request, NotAllowedError("no"))
    assert answer is not None
    assert answer.status_code == 403
    assert middleware.process_exception(request, ValueError()) is None


@pytest.mark.django_db
def test_a_form_that_was_open_for_too_long() -> None:
    """Tests that a form without its token says what happened to what was written."""
    answer = Client(enforce_csrf_checks=True).post("/sign-in/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "The form was open for too long" in answer.content.decode()


@pytest.mark.django_db
def test_what_cannot_be_understood(rf: RequestFactory) -> None:
    """Tests the page for a request that makes no sense."""
    request: HttpRequest = rf.get("/")
    request.user = AnonymousUser()
    answer = faults.bad_request(request, SuspiciousOperation())
    assert answer.status_code == 400
    assert "repeat what you did" in answer.content.decode()
