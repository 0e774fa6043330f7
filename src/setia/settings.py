"""Settings, all from the environment (`docs/operations.md` lists them).

`setia doctor` checks them with a remedy each.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"SETIA_{name}", default)


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in _env(name, default).split(",") if item.strip()]


PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parent.parent

# production, demo, development or test. `setia run` refuses production settings that are not safe.
MODE = _env("MODE", "development")
HOME = Path(_env("HOME", str(ROOT / "var"))).resolve()
DEBUG = False

INSECURE_KEY = "only-for-the-demo-and-for-tests"
SECRET_KEY = _env("SECRET_KEY", "" if MODE == "production" else INSECURE_KEY)
BASE_URL = _env("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or ([str(urlparse(BASE_URL).hostname)] if MODE == "production" else ["*"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- Database ---------------------------------------------------------------------------------------------------------


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "setia.sqlite3",
            # Opening the file and reading its tables anew would be a fifth of a page's time.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # Writers queue from the start instead of failing half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL, not NORMAL: what was acknowledged survives a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-2000;"
                "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=33554432",
            },
        }
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # ?host=/run/postgresql: a Unix socket does not fit into the host part of an address
        "HOST": parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0],
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(_env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Parts ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Before allauth: its pages are drawn by our templates.
    "setia.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
    "heroicons",
    "template_partials",
    "setia.core",
    "setia.shops",
    "setia.customers",
    "setia.catalog",
    "setia.orders",
    "setia.conversations",
    "setia.care",
    "setia.loyalty",
    "setia.supply",
    "setia.team",
    "setia.segments",
    "setia.promotions",
    "setia.today",
    "setia.desk",
    "setia.api",
    "setia.apps.House",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "setia.web.middleware.HurryMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "setia.shops.middleware.ShopMiddleware",
]

ROOT_URLCONF = "setia.urls"
WSGI_APPLICATION = "setia.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "setia.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.l10n",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "setia.web.templatetags.setia",
            ],
        },
    }
]
FORM_RENDERER = "setia.web.forms.Renderer"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# One stylesheet and one script, put together from the components by `setia.web.assets.bundle`.
STATICFILES_DIRS = [HOME / "bundle"]
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000
# Meta sends webhooks of up to 3 MB and retries refused ones until they are lost.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- Sign-in ----------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["setia.shops.signing_in.Backend"]
SESSION_ENGINE = "setia.shops.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "setia.shops.accounts.Adapter"
# A passkey is another way in, not a second lock (see `shops.accounts`), so there are no recovery codes.
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
# Not by allauth, which would write a row with every page; `shops.accounts.note_use` does it once an hour.
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SAMESITE = "Lax"
# People may open a shop themselves on a demo or a new installation; a platform decides with this switch.
OPEN_SIGN_UP = _env("OPEN_SIGN_UP", "0") == "1"

# --- Safety -----------------------------------------------------------------------------------------------------------

_HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _env("BEHIND_PROXY", "0") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        # a form may end in WhatsApp, where the words wait to be sent, and nowhere else
        "form-action": [SELF, "https://wa.me", "https://api.whatsapp.com"],
    }
}

# --- WhatsApp ---------------------------------------------------------------------------------------------------------

# One Meta app per installation: its secrets sign the webhooks of every shop. Several while one is being rotated.
WHATSAPP_APP_SECRETS = _list("WHATSAPP_APP_SECRETS")
WHATSAPP_VERIFY_TOKEN = _env("WHATSAPP_VERIFY_TOKEN")
WHATSAPP_GRAPH_URL = _env("WHATSAPP_GRAPH_URL", "https://graph.facebook.com/v25.0").rstrip("/")
# Hosts the access token may be sent to when media is fetched.
WHATSAPP_MEDIA_HOSTS = _list("WHATSAPP_MEDIA_HOSTS", "graph.facebook.com,lookaside.fbsbx.com")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"setia": {"level": _env("LOG_LEVEL", "INFO")}, "django_tasks": {"level": "WARNING"}},
}
