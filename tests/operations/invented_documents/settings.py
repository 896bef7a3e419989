"""The service's own settings with the invented room, for commands that a test starts."""

from medevac.site.settings import *  # noqa: F403
from medevac.site.settings import INSTALLED_APPS as _ROOMS

INSTALLED_APPS = [*_ROOMS, "invented_documents"]
