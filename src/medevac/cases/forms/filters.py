"""The filters above the list and the board; they stand in the address, so that it can be kept and sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from django import forms
from django.core.cache import caches
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medevac.cases.columns import COLUMNS
from medevac.cases.models.case import Category, Priority
from medevac.cases.selectors.listing import Asked
from medevac.cases.selectors.missing import asks_for_missing
from medevac.cases.states import State
from medevac.directory.countries import reader_language
from medevac.directory.models import Mission
from medevac.directory.specialties import NAMES, in_reading_order, specialty_name
from medevac.people.choosing import WrittenSelect
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import standings, visible

Named: TypeAlias = list[tuple[str, str]]
SECONDS_KEPT = 60
FILERS = (Kind.SENDING_HOSPITAL, Kind.OBLAST, Kind.MINISTRY)
ORDER_CHOICES = [
    ("due", _("what is due first")),
    ("changed", _("what changed last")),
    ("waiting", _("what stands longest in its state")),
    ("pseudonym", _("pseudonym")),
]


class FilterForm(forms.Form):
    """What a list is narrowed to; every field may be left out; a wrong one is told, and left out."""

    text = forms.CharField(
        label=_("Pseudonym, EWRS number or name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, widget=WrittenSelect)
    mission = forms.ChoiceField(label=_("Mission"), required=False, widget=WrittenSelect)
    priority = forms.ChoiceField(label=_("Priority"), required=False, widget=WrittenSelect)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=WrittenSelect)
    specialty = forms.ChoiceField(label=_("Specialty"), required=False, widget=WrittenSelect)
    requester = forms.ChoiceField(label=_("Filed by"), required=False, widget=WrittenSelect)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDER_CHOICES, widget=WrittenSelect)
    overdue = forms.BooleanField(label=_("overdue only"), required=False)
    missing = forms.BooleanField(label=_("something is missing, as far as it is open to you"), required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self._choices(
            "state",
            [("live", _("every live state")), *State.choices, ("ended", _("ended")), ("all", _("all"))],
        )
        self._choices("mission", [("", _("all missions")), *_kept_for(user, "missions", _missions)])
        self._choices("priority", _with_all(_("all priorities"), Priority))
        self._choices("category", _with_all(_("all categories"), Category))
        self._choices("specialty", [("", _("all specialties")), *_specialties(reader_language())])
        if not asks_for_missing(user):
            del self.fields["missing"]
        self._choices("requester", [("", _("all who file")), *_kept_for(user, "filers", _filers)])

    @property
    def is_narrow(self) -> bool:
        """Whether a filter is in use that stands in the folded part."""
        folded = [name for name in self.fields if name not in ("text", "state")]
        return any(self.data.get(name) for name in folded)

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What is asked for, of what is right."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("mission", "requester"):
            if name in given:
                given[name] = UUID(given[name])
        return Asked(**given)


class ExportFilterForm(FilterForm):
    """The same filters for what is taken away, in no order; what is not understood leaves no case."""

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, user=user)
        self._missions = visible(user, Mission.objects.all())
        del self.fields["order"]

    def conditions(self) -> dict[str, str]:
        """What the cases are narrowed to, for the record of exports; no name that was searched for."""
        given = {name: str(value) for name, value in self.cleaned_data.items() if value}
        if "mission" in given:
            code = self._missions.filter(pk=given["mission"]).values_list("code", flat=True).first()
            given["mission"] = code or given["mission"]  # its name is kept for a minute longer than the right
        if "text" in given:
            given["text"] = "…"
        return {"state": "live"} | given


class ColumnsForm(forms.Form):
    """Which columns the list shows."""

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        choices=[(column.name, column.label) for column in COLUMNS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict, usual: list[str]) -> None:
        super().__init__(data if data.getlist("columns") else None, initial={"columns": usual})

    def names(self) -> list[str]:
        """The names that were chosen, of what is right."""
        return list(self.cleaned_data.get("columns", [])) if self.is_bound and self.is_valid() else []


class SaveViewForm(forms.Form):
    """Under which name a view is kept, and with whom it is shared."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    shared_with = forms.ChoiceField(label=_("Shared with"), required=False)
    address = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.pk): one for one in organisations}
        choices = [("", _("nobody")), *((key, one.name) for key, one in self.organisations.items())]
        self.fields["shared_with"].choices = choices  # type: ignore[attr-defined]


@cache
def _specialties(language: str) -> Named:
    """The specialties in the language that is spoken, which is told since the order is its own."""
    return [(code, specialty_name(code)) for code in in_reading_order(NAMES)]


def _missions(user: User) -> Named:
    rows = visible(user, Mission.objects.all()).order_by("code")
    return [(str(one.pk), one.name) for one in rows]


def _filers(user: User) -> Named:
    rows = visible(user, Organisation.objects.filter(kind__in=[str(kind) for kind in FILERS]))
    return [(str(pk), name) for pk, name in rows.order_by("latin_name", "pk").values_list("pk", "name")]


def _kept_for(user: User, what: str, ask: Callable[[User], Named]) -> Named:
    """Choices, asked for once a minute for whoever has these roles: hundreds of names on every page.

    They are names of partners and no more; which cases they lead to is asked of the policy each time.
    """
    roles = sorted(map(str, standings(user)))
    digest = hashlib.sha256(repr((what, user.pk, get_language(), roles)).encode()).hexdigest()
    return caches["process"].get_or_set(digest, lambda: ask(user), SECONDS_KEPT) or []


def _with_all(label: Any, choices: type[TextChoices]) -> list[tuple[str, Any]]:
    return [("", label), *choices.choices]
