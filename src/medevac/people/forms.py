"""What the pages of this room ask for. Forms check the shape; services decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from medevac.people.choosing import nothing_chosen
from medevac.people.countries import country_choices
from medevac.people.models import Organisation, User
from medevac.people.models.emergency import REASON_LENGTH
from medevac.people.organisation_kinds import Kind
from medevac.people.roles import Right, Role

if TYPE_CHECKING:  # Django's forms take no type at run time
    UserModelForm = forms.ModelForm[User]
    OrganisationModelForm = forms.ModelForm[Organisation]
else:
    UserModelForm = OrganisationModelForm = forms.ModelForm


def time_zones() -> list[tuple[str, str]]:
    """Every time zone of a place, such as Europe/Kyiv."""
    return [
        (name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name and "Etc" not in name
    ]


class AccountForm(UserModelForm):
    """What somebody says of themselves."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = ("name", "latin_name", "phone", "language", "time_zone")
        widgets = {"phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})}


class NewAccountForm(forms.Form):
    """What somebody who accepts an invitation says, and how they will sign in."""

    PASSKEY, PASSWORD = "passkey", "password"

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As you write it yourself, in your own script.")
    )
    latin_name = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        help_text=_("As in the passport, so that all partners can read it."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    way = forms.ChoiceField(
        label=_("How you will sign in"),
        choices=[
            (
                PASSKEY,
                _("With a passkey: your telephone, your computer or a security key. Nothing to remember."),
            ),
            (PASSWORD, _("With a password and one-time codes from an app.")),
        ],
        widget=forms.RadioSelect,
        initial=PASSKEY,
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 letters, only if you sign in with a password."),
    )

    def clean(self) -> dict[str, Any] | None:
        """A password is checked where one is wanted, and forgotten where not."""
        values = super().clean() or {}
        if values.get("way") != self.PASSWORD:
            values["password"] = None
            return values
        person = User(name=values.get("name", ""), latin_name=values.get("latin_name", ""))
        try:
            validate_password(values.get("password") or "", person)
        except forms.ValidationError as error:
            self.add_error("password", error)
        return values


class OrganisationForm(OrganisationModelForm):
    """Names and country of an organisation."""

    country = forms.ChoiceField(label=_("Country"), choices=lambda: nothing_chosen(country_choices()))

    class Meta:
        model = Organisation
        fields = ("name", "latin_name", "country")
        labels = {"name": _("Name of the organisation")}


class NewOrganisationForm(OrganisationForm):
    """An organisation that is added: its kind is chosen once."""

    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = nothing_chosen((kind.value, kind.label) for kind in kinds)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Where an organisation goes in the tree."""

    parent = forms.ChoiceField(label=_("Part of"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Choose an organisation")), *choices]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """In which organisation a role is given."""

    organisation = forms.ChoiceField(label=_("In which organisation"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = nothing_chosen(choices)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Which role, in which mission, until when. Nothing is asked where there is nothing to choose."""

    role = forms.ChoiceField(label=_("Role"))
    mission = forms.TypedChoiceField(
        label=_("Counts in"), required=False, coerce=lambda value: UUID(value), empty_value=None
    )
    member_until = forms.DateField(
        label=_("Member until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day. Leave empty for no end; the membership is reviewed all the same."),
    )

    def __init__(
        self, *args: Any, roles: list[Role], missions: Mapping[UUID | None, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = nothing_chosen((role.value, role.label) for role in roles)  # type: ignore[attr-defined]
        if set(missions) == {None}:
            del self.fields["mission"]
            return
        field = self.fields["mission"]
        field.choices = [  # type: ignore[attr-defined]
            (mission or "", name or _("All missions")) for mission, name in missions.items()
        ]
        field.required = None not in missions


class InvitationForm(RoleForm):
    """Who is invited to what."""

    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    field_order = ("email", "role", "mission", "language", "member_until")


class AddressForm(forms.Form):
    """The new e-mail address of an account."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("A link goes there. The old address counts until the link has been opened."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def end_of_day(day: Any, zone: str) -> datetime | None:
    """The instant at which a day ends where the user is; None for no day."""
    if day is None:
        return None
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(zone)).astimezone(UTC)


class AccessForm(forms.Form):
    """What the list "who can see what" is narrowed to."""

    text = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    organisation = forms.ChoiceField(label=_("Organisation and its parts"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Role.choices])
    right = forms.ChoiceField(
        label=_("Who ever sees"),
        required=False,
        choices=[
            ("", _("All")),
            (Right.OPERATIONAL.value, _("Operational data")),
            (Right.SUMMARY.value, _("The clinical summary")),
            (Right.CLINICAL.value, _("Clinical data")),
            (Right.PERSONAL.value, _("Personal data")),
        ],
    )

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("All")), *organisations]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why the glass is broken."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened and what you need. The data owner reads this."),
    )


class VerdictForm(forms.Form):
    """What the data owner says of an emergency access."""

    verdict = forms.CharField(
        label=_("What you say of it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library is not typed
    """A passkey that is added: with it alone one signs in, or it is a second factor beside a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.initial["name"] = _("My passkey")  # the library would call it "Master key"
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = _("Sign in with it alone, without a password")
        alone.help_text = _("Your device then asks for a finger, a face or its own code.")
        if not self.user.has_usable_password():
            alone.required = True


class SignInForm(LoginForm):  # type: ignore[misc]  # the library is not typed
    """Address and password, called as everywhere else; a label needs no second one in its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # the library is not typed
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
