"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from medevac.offers.views import choosing, ending, offering, sheet

app_name = "offers"

urlpatterns: list[URLPattern] = [
    path("case/<uuid:public_id>/offer/", offering.offer, name="offer"),
    path("case/<uuid:public_id>/choose/", choosing.choose, name="choose"),
    path("case/<uuid:public_id>/sheet/", sheet.sheet, name="sheet"),
    path("<uuid:public_id>/send/", offering.send, name="send"),
    path("<uuid:public_id>/withdraw/", ending.withdraw, name="withdraw"),
    path("<uuid:public_id>/lose/", ending.lose, name="lose"),
]
