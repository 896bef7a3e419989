"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from medevac.offers.place_urls import place_urls
from medevac.offers.views import (
    advice,
    answering,
    asking,
    asks_workbook,
    choosing,
    ending,
    links,
    national,
    offering,
    sheet,
    suggesting,
)

app_name = "offers"

urlpatterns: list[URLPattern] = [
    *place_urls,
    path("asks/", answering.asks, name="asks"),
    path("asks/<uuid:public_id>/", answering.answer, name="answer"),
    path("rounds/asks/<uuid:public_id>/remind/", asking.remind, name="remind"),
    path("rounds/asks/<uuid:public_id>/withdraw/", asking.withdraw_ask, name="withdraw_ask"),
    path("rounds/asks/<uuid:public_id>/recorded/", asking.record_answer, name="record_answer"),
    path("rounds/asks/<uuid:public_id>/link/", asking.make_link, name="make_link"),
    path("links/<uuid:public_id>/withdraw/", asking.withdraw_link, name="withdraw_link"),
    path("workbook/", asks_workbook.export_asks, name="export_asks"),
    path("workbook/import/", asks_workbook.import_asks, name="import_asks"),
    path("workbook/import/template/<slug:language>/", asks_workbook.asks_template, name="asks_template"),
    path("workbook/import/<uuid:public_id>/", asks_workbook.asks_trial, name="asks_trial"),
    path("rounds/", asking.rounds, name="rounds"),
    path("rounds/ask/", asking.ask, name="ask"),
    path("rounds/<uuid:public_id>/", asking.round_page, name="round"),
    path("a/<str:token>/", links.link, name="link"),
    path("national/", national.national, name="national"),
    path("national/rules/<uuid:public_id>/", national.touched, name="touched"),
    path("national/<slug:code>/switch/", national.switch, name="switch"),
    path("national/<slug:code>/target/", national.set_target, name="set_target"),
    path("for-case/<uuid:public_id>/", suggesting.suggestions, name="suggestions"),
    path("help/", suggesting.country_help, name="country_help"),
    path("whom-to-ask/", advice.mission_advice, name="mission_advice"),
    path("whom-to-ask/<uuid:public_id>/", advice.advice_run, name="advice_run"),
    path("whom-to-ask/<uuid:public_id>/again/", advice.advice_again, name="advice_again"),
    path("case/<uuid:public_id>/offer/", offering.offer, name="offer"),
    path("case/<uuid:public_id>/choose/", choosing.choose, name="choose"),
    path("case/<uuid:public_id>/sheet/", sheet.sheet, name="sheet"),
    path("<uuid:public_id>/send/", offering.send, name="send"),
    path("<uuid:public_id>/withdraw/", ending.withdraw, name="withdraw"),
    path("<uuid:public_id>/lose/", ending.lose, name="lose"),
]
