"""What a signed link shows of a case: the summary as it is printed, in five languages, never the person."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from medevac.cases.models import Assessment, Clinical, FitDecision, Screening
from medevac.cases.services.summarising import case_facts, clinical_facts
from medevac.offers.models import AnswerLink
from medevac.papers.case_summary.content import content_of
from medevac.papers.languages import words_for
from medevac.papers.manifest.glyphs import Printer


def summary_by_link(link: AnswerLink, language: str) -> dict[str, Any]:
    """The summary of the case of a link that `open_link` has opened, which recorded the look.

    Parameters
    ----------
    language
        One of `LINK_LANGUAGES`.

    Returns
    -------
    `head`, `transport` and `texts` as pairs of a heading and a text, and `words`, the headings above them.
    """
    case = link.ask.case
    picture = Clinical.unscoped.filter(pk=case.pk).defer("history").first()
    clinical = None
    if picture is not None:
        clinical = clinical_facts(
            picture,
            Screening.unscoped.filter(case=case),
            FitDecision.unscoped.filter(case=case).order_by("-decided_at").first(),
            Assessment.unscoped.filter(case=case).order_by("-assessed_at").first(),
        )
    return content_of(
        case_facts(case, language), None, clinical, words_for(language), Printer(), timezone.now()
    )
