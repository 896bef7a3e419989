"""Managers whose rows stay out of reach until the policy has said for whom: unscoped access finds nothing.

`Model.objects` is guarded; `visible(user, Model.objects.filter(…))` opens it to the rows of that user.
`Model.unscoped` is for services, rules and tasks, which answer for every row themselves; a test holds that
nothing else names it.

One reader must see every row all the same: Django's own check that a value is unique asks the default
manager, and behind the guard it would find every value free. The guard stands open for that check alone.

Combine conditions with Q, not with `|` between guarded querysets: Django drops the empty side of those.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.sql.where import NothingNode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)
# The model whose values are compared with the others' at this moment; its guard stands open meanwhile.
_COMPARED: ContextVar[type[models.Model] | None] = ContextVar("medevac_compared", default=None)
_CHECKS = ("validate_unique", "validate_constraints")


class Unscoped(NothingNode):
    """The condition that no row meets, which only `unguarded` takes away."""


class GuardedManager(models.Manager[M]):
    """A manager that finds nothing until the policy opens its querysets."""

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Join a model, and let its checks of unique values see what they must compare with."""
        super().contribute_to_class(cls, name)
        for check in _CHECKS:
            setattr(cls, check, _comparing(cls, getattr(cls, check)))
        cls.unique_error_message = _taken  # type: ignore[method-assign]

    def get_queryset(self) -> models.QuerySet[M]:
        """Every row, behind the guard."""
        queryset = super().get_queryset()
        if _COMPARED.get() is not self.model:
            queryset.query.where.add(Unscoped(), "AND")
        return queryset


def _comparing(cls: type[models.Model], check: Callable[..., None]) -> Callable[..., None]:
    """The same check with the guard of its own model open."""

    @functools.wraps(check)
    def run(self: models.Model, *args: Any, **kwargs: Any) -> None:
        token = _COMPARED.set(cls)
        try:
            check(self, *args, **kwargs)
        finally:
            _COMPARED.reset(token)

    return run


def _taken(
    self: models.Model, model_class: type[models.Model], unique_check: Sequence[str]
) -> ValidationError:
    """The fault of a value that another row has, in a sentence that says what to do."""
    if len(unique_check) == 1:  # told beside its field
        return ValidationError(_("Expected one that no other entry has. Choose another."), code="unique")
    names = [str(capfirst(self._meta.get_field(name).verbose_name)) for name in unique_check]  # type: ignore[union-attr]
    return ValidationError(
        _("Expected a combination that no other entry has, of: %(fields)s. Change one of them."),
        code="unique_together",
        params={"fields": ", ".join(names)},
    )


def unguarded(queryset: models.QuerySet[M, Any]) -> models.QuerySet[M, Any]:
    """The same queryset without the guard. For the policy only."""
    opened = queryset.all()
    where = opened.query.where
    where.children = [child for child in where.children if not isinstance(child, Unscoped)]
    return opened
