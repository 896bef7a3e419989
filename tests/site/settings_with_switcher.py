"""Settings of a service that somebody has given the demonstration's switcher, which must not start."""

from medevac.site.settings import *  # noqa: F403
from medevac.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "medevac.site.demonstration"]
