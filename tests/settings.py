"""The product's settings with a throwaway data folder, quick hashes and no cache table."""

import os
import tempfile

os.environ["ONSET_DATA_DIR"] = tempfile.mkdtemp(prefix="onset-tests-")
os.environ["ONSET_SECRET_KEY"] = "only-for-tests"
os.environ["ONSET_DATABASE_URL"] = os.environ.get("ONSET_TEST_DATABASE_URL", "sqlite://:memory:")
os.environ["ONSET_BROKER_URL"] = "filesystem://localhost/"
for name in ("ONSET_DEBUG", "ONSET_HTTPS", "ONSET_HOSTS"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(exist_ok=True)
