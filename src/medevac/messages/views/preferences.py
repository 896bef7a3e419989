"""What a person wants to get, by which channel, how soon, and when not."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medevac.messages import selectors, services
from medevac.messages.channels import channels
from medevac.messages.channels.push import public_key_text
from medevac.messages.forms import PreferencesForm
from medevac.people.signed_in import signed_in


def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep the user's choices."""
    user = signed_in(request)
    choices = selectors.choices_of(user)
    form = PreferencesForm(request.POST or None, choices=choices, quiet=selectors.quiet_hours_of(user))
    if request.method == "POST" and form.is_valid():
        services.set_preferences(user, form.paces())
        services.set_quiet_hours(user, form.cleaned_data["starts"], form.cleaned_data["ends"])
        messages.success(request, _("Your choices are kept."))
        return redirect("messages:preferences")
    return render(
        request,
        "messages/preferences.html",
        {
            "form": form,
            "channels": [channel for channel in channels() if channel.is_set_up()],
            "push_key": public_key_text() if settings.PUSH_KEY else "",
            "browsers": selectors.browsers_of(user),
        },
    )
