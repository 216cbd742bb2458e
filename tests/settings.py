"""The product's settings with a throwaway data folder, quick hashes and no cache table."""

import os
import tempfile

os.environ["ONSET_DATA_DIR"] = tempfile.mkdtemp(prefix="onset-tests-")
os.environ["ONSET_SECRET_KEY"] = "only-for-tests"
os.environ["ONSET_FIELD_KEY"] = "only-for-tests, and long enough for a key"
os.environ["ONSET_AUDIT_KEY"] = "only-for-tests, and another one of its own"
os.environ["ONSET_PUSH_KEY"] = "only-for-tests, and a third one of its own"
os.environ["ONSET_PUSH_CONTACT"] = "Onset <push@example.org>"
os.environ["ONSET_PUSH_HOSTS"] = "127.0.0.1,push.example.org,*.push.example.net"
os.environ["ONSET_DATABASE_URL"] = os.environ.get(
    "ONSET_TEST_DATABASE_URL", f"sqlite:///{os.environ['ONSET_DATA_DIR']}/onset.sqlite3"
)
os.environ["ONSET_BROKER_URL"] = "filesystem://localhost/"
for name in ("ONSET_DEBUG", "ONSET_HTTPS", "ONSET_HOSTS", "ONSET_FIELD_KEYS_OLD", "ONSET_MAIL_URL"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES, ON_SQLITE, STATIC_ROOT, STORAGES  # noqa: E402

# What a power cut takes away of a test is no loss.
if ON_SQLITE:
    # In a file, as a clinic's: in memory, all threads of a live server would share one connection, and write
    # into each other's transactions.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(exist_ok=True)
MAIL_SERVER = {"backend": "django.core.mail.backends.locmem.EmailBackend"}
MAIL_IS_ON, MAIL_FROM = True, "Onset <no-reply@example.org>"
