"""The settings of the demonstration, and a file with what is told."""

from medevac.site.demonstration.settings import *  # noqa: F403
from medevac.site.demonstration.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "told_in_a_file.ToldInAFile"]
