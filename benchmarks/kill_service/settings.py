"""The service's own settings, with the address and the job of the kill test in place of the pages."""

from medevac.site.settings import *  # noqa: F403
from medevac.site.settings import INSTALLED_APPS as _ROOMS
from medevac.site.settings import PROCRASTINATE_WORKER_DEFAULTS as _USUAL

INSTALLED_APPS = [*_ROOMS, "kill_service"]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # without it allauth refuses to start
ROOT_URLCONF = "kill_service.urls"

# A killed worker is known by its silence. The defaults of 10 and 30 seconds would only make the test long.
PROCRASTINATE_WORKER_DEFAULTS = {**_USUAL, "update_heartbeat_interval": 1, "stalled_worker_timeout": 4}
