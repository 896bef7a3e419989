"""Who travels with a patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from medevac.cases.models import Case, Companion, LettersPerson
from medevac.cases.policy import CHANGE
from medevac.cases.services.changed import raise_version
from medevac.cases.services.chasing import open_items
from medevac.cases.services.items import live_case
from medevac.cases.services.missing import count_missing
from medevac.directory.services.checking import save_checked
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.people.transliteration import latin

NAMES = (("family_name", "latin_family_name"), ("given_name", "latin_given_name"))


@transaction.atomic
def add_companion(actor: User, case: Case, values: Mapping[str, Any]) -> Companion:
    """Add who goes along; `values` by the name of the field. Opens what the mission asks of companions."""
    demand(actor, CHANGE, case)
    kept = live_case(case)
    companion = _write(Companion(case=kept), values)
    _count(kept)
    open_items(kept)
    return companion


@transaction.atomic
def change_companion(actor: User, companion: Companion, values: Mapping[str, Any]) -> Companion:
    """Write what has become known of who goes along."""
    demand(actor, CHANGE, companion.case)
    kept = live_case(companion.case)
    row: Companion = Companion.unscoped.select_for_update().get(pk=companion.pk)
    _write(row, values)
    _count(kept)
    open_items(kept)
    return row


@transaction.atomic
def remove_companion(actor: User, companion: Companion) -> Case:
    """Take somebody out who does not go along; letters name them no more. The history keeps who it was."""
    demand(actor, CHANGE, companion.case)
    kept = live_case(companion.case)
    LettersPerson.unscoped.filter(companion=companion).delete()
    Companion.unscoped.filter(pk=companion.pk).delete()
    _count(kept)
    return kept


def _write(row: Companion, values: Mapping[str, Any]) -> Companion:
    """Fill in the fields, and the Latin letters by Ukraine's table where none were written by hand."""
    derived = {latin_name: latin(getattr(row, name)) for name, latin_name in NAMES}
    for name, value in values.items():
        setattr(row, name, value)
    for name, latin_name in NAMES:
        if getattr(row, latin_name) in ("", derived[latin_name]):
            setattr(row, latin_name, latin(getattr(row, name)))
    if row.birth_date and row.birth_date > current_day():
        raise RefusedError(_("Expected a date of birth that has passed. Correct it."))
    save_checked(row)
    return row


def _count(case: Case) -> None:
    case.companions_count = Companion.unscoped.filter(case=case).count()
    raise_version(case)
    count_missing([case])
