"""Every setting, read once from the environment. docs/operations.md lists the variables."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from config import env, keys

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("ONSET_DATA_DIR", BASE_DIR / "var")

DEBUG = env.flag("ONSET_DEBUG", default=False)
HTTPS = env.flag("ONSET_HTTPS", default=False)
PLAIN_HTTP = env.flag("ONSET_PLAIN_HTTP", default=False)
SECRET_KEY = env.secret("ONSET_SECRET_KEY", kept_in=DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ONSET_HOSTS", "localhost,127.0.0.1,[::1]")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "tracker",
]

MIDDLEWARE = [
    "tracker.web.request_ids.Numbered",
    "tracker.web.headers.PrivateByDefault",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.web.origins.OwnPagesOnly",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.web.accounts.session_ends.SessionEnds",
    "tracker.web.accounts.second_factor.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.web.failures.StorageFailures",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tracker.web.styles.for_templates",
            ]
        },
    }
]

# --- Database -------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads first and writes later otherwise fails at once with
    # "database is locked". FULL: an entry that was acknowledged survives a power cut.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "cached_statements": 1000,  # of the driver; with its usual 128 they push each other out
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF;PRAGMA secure_delete=ON;PRAGMA cache_size=-20000;"
    ),
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c random_page_cost=1.1",
}

DATABASES: dict[str, Any] = {
    "default": env.database("ONSET_DATABASE_URL", f"sqlite:///{DATA_DIR / 'onset.sqlite3'}")
}
ON_SQLITE = "sqlite" in DATABASES["default"]["ENGINE"]
# What the URL itself asks for, such as sslmode=require, comes on top.
DATABASES["default"]["OPTIONS"] = (SQLITE_OPTIONS if ON_SQLITE else POSTGRESQL_OPTIONS) | DATABASES[
    "default"
].get("OPTIONS", {})
# Whoever owns the tables stands above row-level security: on PostgreSQL the application is somebody else.
OWNER_DATABASE = env.owner("ONSET_OWNER_DATABASE_URL") if not ON_SQLITE else {}
APPLICATION_ROLE = DATABASES["default"].get("USER", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Sign-in limits have to hold over several web processes: memory of one process does not do.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "onset_cache",
        # Beyond this it throws entries away that still count: with the usual 300, guessing at many
        # addresses would wipe the limit of the one that matters.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# --- People ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["tracker.web.accounts.backend.StaffBackend"]
PASSWORD_HASHERS = ["tracker.actions.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tracker.actions.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "clinic:worklist"
ACCOUNT_ADAPTER = "tracker.web.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the clinic, which knows the address
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Wrong passwords and codes: an address of the network, and an account. The rest is against mere noise.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "login": "30/m/ip",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "tracker.web.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Onset"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # with a finger, a face or a PIN a passkey is both factors
# How long a session lasts is judged by tracker/domain/session_clock.py; its row is kept no longer than that.
ACCOUNT_SESSION_REMEMBER = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60

INVITATION_LIFE = timedelta(hours=72)
DEVICE_IDLE, DEVICE_LIFE = timedelta(days=90), timedelta(days=365)  # from its last use; from its first
BORROWED_IDLE, BORROWED_LIFE = timedelta(hours=1), timedelta(hours=24)  # of a phone that is somebody else's

# --- Keys -----------------------------------------------------------------------------------------

# Apart from SECRET_KEY, which may be replaced at any time: what these protect has to be read for years.
_field_secret = env.secret("ONSET_FIELD_KEY", kept_in=DATA_DIR / "field_key")
_audit_secret = env.secret("ONSET_AUDIT_KEY", kept_in=DATA_DIR / "audit_key")
FIELD_KEYS = [
    keys.derived(secret, purpose="sealed columns")
    for secret in (_field_secret, *env.words("ONSET_FIELD_KEYS_OLD", ""))
]
CODE_KEY = keys.derived(_field_secret, purpose="codes")
AUDIT_KEY = keys.derived(_audit_secret, purpose="audit trail")
PUSH_KEY = keys.derived(
    env.secret("ONSET_PUSH_KEY", kept_in=DATA_DIR / "push_key"), purpose="web push"
)  # tracker/gateways/push_service.py makes a pair of it

# --- Mail -----------------------------------------------------------------------------------------

MAIL_SERVER = env.mail_server("ONSET_MAIL_URL")
MAIL_IS_ON = MAIL_SERVER is not None
MAIL_FROM = env.mail_address("ONSET_MAIL_FROM", is_needed=MAIL_IS_ON)
# Mail leaves by tracker/gateways only: what Django or allauth would send while somebody waits goes nowhere.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- Web push -------------------------------------------------------------------------------------

PUSH_CONTACT = env.mail_address("ONSET_PUSH_CONTACT", is_needed=False)
PUSH_HOSTS = env.words(
    "ONSET_PUSH_HOSTS",
    "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com",
)

SECRET_FILES = env.SECRET_FILES

# --- Cookies and headers --------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "tracker.web.errors.form_too_old"
CSRF_COOKIE_HTTPONLY = True  # a script takes the token from its page
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
APPEND_COOKIE_NAME = "__Host-append" if HTTPS else "append"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.flag("ONSET_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # sign-in limits count the visitor, not the proxy
X_FRAME_OPTIONS = "DENY"
NOTICE_COOKIE_NAME = "__Host-notice" if HTTPS else "notice"
MESSAGE_STORAGE = "tracker.web.notices.NoticeCookie"

# --- Languages, time, static files ----------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربيّة")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
FRAMES_DIR = DATA_DIR / "frames"
APP_IS_ON = env.flag("ONSET_APP", default=True)  # off: phones give up their service worker

# --- API ------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.authentication.DeviceAuthentication",
        "tracker.api.authentication.StaffAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tracker.api.permissions.IsActor"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tracker.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tracker.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Onset",
    "DESCRIPTION": "Recovery tracking after an epidural steroid injection.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {  # two fields are called "source", and one set of words has two names
        "SourceEnum": ["patient", "proxy", "staff", "paper", "telephone"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

# --- Background -----------------------------------------------------------------------------------

BROKER_DIR = env.folder("ONSET_BROKER_DIR", DATA_DIR / "broker")
CELERY_BROKER_URL = env.text("ONSET_BROKER_URL", "filesystem://localhost/")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"socket_timeout": 2, "socket_connect_timeout": 2}
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(env.folder("ONSET_BROKER_CONTROL_DIR", DATA_DIR / "broker_control")),
        "polling_interval": 0.2,
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 300, 270
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
# `expires`: a tick that could not run in time is dropped, the next sweep finds the same rows.
CELERY_BEAT_SCHEDULE = {
    "roll-day": {"task": "tracker.roll_day", "schedule": 10.0, "options": {"expires": 10}},
    "deliver-mail": {"task": "tracker.deliver_mail", "schedule": 5.0, "options": {"expires": 5}},
    "send-reminders": {"task": "tracker.send_reminders", "schedule": 300.0, "options": {"expires": 300}},
    "keep-to-periods": {
        "task": "tracker.keep_to_periods",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "review-weeks": {"task": "tracker.review_weeks", "schedule": 3600.0, "options": {"expires": 3600}},
    "draw-frames": {"task": "tracker.draw_frames", "schedule": 10.0, "options": {"expires": 10}},
    "draw-pictures": {"task": "tracker.draw_pictures", "schedule": 3.0, "options": {"expires": 3}},
}

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "tracker": {"level": env.one_of("ONSET_LOG_LEVEL", "INFO", LOG_LEVELS)},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # somebody's wrong address: answered by 400
        "django.request": {"level": "ERROR"},  # a 404 is an answer, and its path need not be kept
    },
}
