"""The shell's own pages: start, search, keyboard, about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medevac.people.cards import cards_of
from medevac.people.searching import LONGEST, record_looks, search
from medevac.people.signed_in import signed_in
from medevac.people.work_items import work_of


def start(request: HttpRequest) -> HttpResponse:
    """What waits for the user, and the cards of every room that the user may see."""
    user = signed_in(request)
    return render(request, "site/start.html", {"work": work_of(user), "cards": cards_of(user)})


def find(request: HttpRequest) -> HttpResponse:
    """What is called so, in any script, of what is open to the user."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    user = signed_in(request)
    groups = search(user, query)
    record_looks(user, groups)
    count = sum(len(group.hits) for group in groups)
    return render(request, "site/search.html", {"query": query, "groups": groups, "count": count})


def keyboard(request: HttpRequest) -> HttpResponse:
    """Which keys do what, and how to switch them off."""
    return render(request, "site/keyboard.html")


def about(request: HttpRequest) -> HttpResponse:
    """What medevac is, for whoever comes without an account; in German and Polish, too."""
    return render(request, "site/about.html")
