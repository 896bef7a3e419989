"""Turns what a model or the database refuses into sentences for whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from medevac.people.refusals import RefusedError


def save_checked(row: models.Model) -> None:
    """Check a row against its fields and constraints, and keep it.

    The check asks the database in advance, for the sake of the sentence; the constraint itself decides when
    two write at once.

    Raises
    ------
    RefusedError
        With every fault in one text. Nothing was changed.
    """
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise RefusedError(told(row, error)) from error
    except IntegrityError as error:
        raise RefusedError(
            _("Somebody else has just written the same. Load the page again and look once more.")
        ) from error


def check_all(rows: Iterable[models.Model]) -> None:
    """Check the values of many rows without asking the database, before they are kept together.

    Raises
    ------
    RefusedError
        With every fault of the first row that has one.
    """
    for row in rows:
        try:
            row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
        except ValidationError as error:
            raise RefusedError(f"{row}: {told(row, error)}") from error


def told(row: models.Model, error: ValidationError) -> str:
    """All faults of a row as one text, each after the name of its field."""
    sentences = []
    for name, faults in error.message_dict.items():
        label = "" if name == "__all__" else f"{label_of(type(row), name)}: "
        sentences += [f"{label}{fault}" for fault in faults]
    return " ".join(sentences)


def label_of(model: type[models.Model], name: str) -> str:
    """What a field is called."""
    fields = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(fields.get(name), "verbose_name", _("name")))


def known_country(code: str) -> str:
    """A country's code in capital letters.

    Raises
    ------
    RefusedError
        Where no country has it.
    """
    from medevac.directory.countries import countries

    wanted = code.strip().upper()
    if wanted not in countries():
        raise RefusedError(
            _("Expected the code of a country such as NO, got “%(code)s”. Choose one of the list.")
            % {"code": code}
        )
    return wanted
