"""The settings of the service for tests: its own, in an environment that has every needed variable."""

import os

os.environ.setdefault("MEDEVAC_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("MEDEVAC_IDENTIFIER_KEY", "only-for-tests-" + "y" * 50)
os.environ.setdefault("DATABASE_URL", "postgresql://postgres@localhost:5432/medevac")

from medevac.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real ones are slow by design
DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405  # threads of a test close what they open
