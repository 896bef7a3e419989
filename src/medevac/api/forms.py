"""What the pages of this room ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medevac.api.models import Token
from medevac.api.scopes import scopes
from medevac.api.services import LONGEST_DAYS
from medevac.people.roles import Role

if TYPE_CHECKING:  # Django's forms take no type at run time
    TokenModelForm = forms.ModelForm[Token]
else:
    TokenModelForm = forms.ModelForm


class TokenForm(TokenModelForm):
    """What a new token is for."""

    scopes = forms.MultipleChoiceField(label=_("May"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=LONGEST_DAYS, initial=90)

    class Meta:
        model = Token
        fields = ("name", "role")
        labels = {"name": _("Name of the token")}

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[(role.value, role.label) for role in roles],
            help_text=_("The program reaches what this role reaches."),
        )
        self.fields["scopes"].choices = [(name, scope.label) for name, scope in scopes().items()]  # type: ignore[attr-defined]
