"""The settings of the service, and a file with what is told."""

from medevac.site.settings import *  # noqa: F403
from medevac.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "told_in_a_file.ToldInAFile"]
