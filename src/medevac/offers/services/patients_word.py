"""What the patient has said of a country: they refuse it, or their data may not go there any more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.withdrawn import withdrawn_for
from medevac.directory.countries import country_name
from medevac.offers.models import Offer
from medevac.people.refusals import RefusedError


def refuse_against_the_patients_word(case: Case, offer: Offer) -> None:
    """Refuse an offer, or its choice, that goes against what the patient has said; the case is locked.

    Raises
    ------
    RefusedError
        Where the patient refuses the country, or has withdrawn the consent that lets data go there: nobody
        could read the dossier of a patient who comes.
    """
    country = offer.place.hospital.country
    if country in case.refused_countries:
        raise RefusedError(
            _("The patient refuses %(country)s. Offer the place to another patient.")
            % {"country": country_name(country)}
        )
    if Case.unscoped.filter(withdrawn_for(offer.organisation_id), pk=case.pk).exists():
        raise RefusedError(
            _(
                "The data of case %(case)s may not go to %(country)s any more: the consent was withdrawn. "
                "Whoever filed the case can write down a new one."
            )
            % {"case": case.pseudonym, "country": country_name(country)}
        )
