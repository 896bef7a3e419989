"""The page of a signed link: the summary and the form, without an account and without a cookie.

The token in the address is all that lets somebody in, so the form needs no mark against forgery. Forgery
borrows the cookie of whoever is signed in; here no cookie counts, and a page that could send the form would
have to know the token, with which it could answer anyhow. Origin and referrer are not asked for either: this
page tells no referrer, since the token stands in its address, so that every browser sends `Origin: null` with
its form, and browsers within mail apps may send none. No machine that searches may keep the page, and
whatever opens nothing gets one and the same answer.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from medevac.api.services.wrong_tokens import note_wrong_token, seconds_to_wait
from medevac.directory.selectors.zones import zone_of
from medevac.offers.forms.answering import LinkAnswerForm
from medevac.offers.forms.asking import NAMES_OF_LANGUAGES
from medevac.offers.link_words import LINK_LANGUAGES
from medevac.offers.models import AnswerLink
from medevac.offers.selectors.summary_by_link import summary_by_link
from medevac.offers.services.answering import answering_hospitals
from medevac.offers.services.links import LinkOverError, answer_by_link, open_link
from medevac.people.refusals import RefusedError

DOOR = "answer-link"  # wrong tokens are counted by address, as those of programs are


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the ask; a POST answers it and uses the link up."""
    sender = get_adapter(request).get_client_ip(request)
    if seconds_to_wait(sender, door=DOOR):
        with translation.override(_wanted(request)):
            return _closed(render(request, "offers/link_wait.html", _frame(request), status=429))
    try:
        if request.method == "POST":
            return _answer(request, token)
        return _show(request, token)
    except LinkOverError:
        note_wrong_token(sender, door=DOOR)
        with translation.override(_wanted(request)):
            return _closed(render(request, "offers/link_over.html", _frame(request), status=410))


def _show(request: HttpRequest, token: str) -> HttpResponse:
    reads = request.method == "GET"  # a HEAD shows nothing, and is no look
    opened = open_link(token, looks=reads)
    if not reads:
        return _closed(HttpResponse())
    with translation.override(_wanted(request, opened)):
        return _page(request, opened, LinkAnswerForm(hospitals=answering_hospitals(opened.ask)))


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    opened = open_link(token, looks=False)
    with translation.override(_wanted(request, opened)):
        form = LinkAnswerForm(request.POST, hospitals=answering_hospitals(opened.ask))
        if form.is_valid():
            try:
                made = answer_by_link(token, form.facts(), answerer=form.cleaned_data["answerer"])
            except RefusedError as refusal:
                form.add_error(None, refusal.sentence)
            else:
                page = {"answer": made, "ask": opened.ask, **_frame(request)}
                return _closed(render(request, "offers/link_answered.html", page))
        open_link(token)  # the summary is shown once more, which is a look
        return _page(request, opened, form)


def _page(request: HttpRequest, opened: AnswerLink, form: LinkAnswerForm) -> HttpResponse:
    language = translation.get_language()
    shown = {
        "link": opened,
        "whole": format_html('<span class="whole">{}</span>', opened.ask.case.pseudonym),
        "ask": opened.ask,
        "form": form,
        "summary": summary_by_link(opened, language),
        **_frame(request),
    }
    with timezone.override(zone_of(opened.ask.asked)):  # whoever answers reads the clock where they are asked
        return _closed(render(request, "offers/link.html", shown, status=422 if form.errors else 200))


def _frame(request: HttpRequest) -> dict[str, object]:
    return {
        "link_languages": [(code, NAMES_OF_LANGUAGES[code]) for code in LINK_LANGUAGES],
        "spoken": translation.get_language(),
        "now": timezone.now(),
    }


def _wanted(request: HttpRequest, opened: AnswerLink | None = None) -> str:
    """The language that was chosen on the page, else the link's, else the browser's, else English."""
    chosen = request.GET.get("language", "")
    if chosen in LINK_LANGUAGES:
        return chosen
    if opened is not None:
        return opened.language
    header = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = (code.partition("-")[0] for code, _quality in header)
    known = {"no": "nb", **{code: code for code in LINK_LANGUAGES}}
    return next((known[code] for code in spoken if code in known), "en")


def _closed(response: HttpResponse) -> HttpResponse:
    """Nothing of the page is kept, passed on or found."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
