"""Settings; reading them starts nothing."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from eenthuis.connect.postgres import APPLICATION_ROLE as EMBEDDED_ROLE
from eenthuis.connect.postgres import address, home, owner

DEMONSTRATION = os.environ.get("EENTHUIS_DEMONSTRATION") == "1"
TESTING = os.environ.get("EENTHUIS_TESTING") == "1" or "PYTEST_VERSION" in os.environ
DEBUG = False


def _secret_key() -> str:
    """Return the secret of this installation; empty when there is none, and then Django refuses to serve."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    if TESTING:
        return "of-the-tests-only"
    if not DEMONSTRATION:
        return ""
    file = home() / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        file.chmod(0o600)
    return file.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "testserver", *os.environ.get("ALLOWED_HOSTS", "").split(",")]
    if DEMONSTRATION or TESTING
    else os.environ.get("ALLOWED_HOSTS", "").split(",")
)
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]

# Who publishes the open data, as its catalogue says: a name, an address that stands for it, where questions go.
PUBLISHER_NAME = os.environ.get("PUBLISHER_NAME", "")
PUBLISHER_URI = os.environ.get("PUBLISHER_URI", "")
PUBLISHER_CONTACT = os.environ.get("PUBLISHER_CONTACT", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "eenthuis.store.apps.StoreConfig",
    "eenthuis.web.apps.WebConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "eenthuis.api.problems.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "eenthuis.site.middleware.ActorMiddleware",
    "eenthuis.api.authentication.KeyMiddleware",
    "eenthuis.web.errors.ErrorPageMiddleware",
    "axes.middleware.AxesMiddleware",
    "eenthuis.site.middleware.ScopeMiddleware",  # last, so that the actor is known for good
]
ROOT_URLCONF = "eenthuis.site.urls"
WSGI_APPLICATION = "eenthuis.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "eenthuis.web.context.surroundings",
            ],
        },
    }
]
_PAGES = address()
APPLICATION_ROLE = _PAGES.user if _PAGES.user != owner().user else EMBEDDED_ROLE
DATABASES = {
    "default": {
        "ENGINE": "eenthuis.store.scoped",
        **_PAGES.settings,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
API_LIMIT_KEY = int(os.environ.get("API_LIMIT_KEY", "600"))  # requests a minute
API_LIMIT_ANYONE = int(os.environ.get("API_LIMIT_ANYONE", "120"))  # requests a minute from one address
API_PROXIES = int(
    os.environ.get("API_PROXIES", "0")
)  # proxies of ours before it, each adding to X-Forwarded-For
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
LOGIN_URL = "/aanmelden/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = (
    os.environ.get("SECOND_FACTOR", "voluntary" if DEMONSTRATION or TESTING else "required") != "voluntary"
)
OIDC_PROVIDERS = os.environ.get("OIDC_PROVIDERS", "")  # the file that names them
OTP_TOTP_ISSUER = "Eenthuis"
SESSION_COOKIE_AGE = int(os.environ.get("SESSION_MINUTES", "480")) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "eenthuis.web.views.errors.forbidden_form"

_BEHIND_TLS = not (DEMONSTRATION or TESTING)
SESSION_COOKIE_SECURE = _BEHIND_TLS
CSRF_COOKIE_SECURE = _BEHIND_TLS
SECURE_SSL_REDIRECT = _BEHIND_TLS and os.environ.get("TLS_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if _BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "web" / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "http://127.0.0.1:8000")
OIN = os.environ.get("OIN", "0" * 20)
EMAIL_SERVER = os.environ.get("EMAIL_SERVER", "")
EMAIL_FROM = os.environ.get("EMAIL_FROM", "Eenthuis <eenthuis@localhost>")
OVERVIEW_HOUR = int(os.environ.get("OVERVIEW_HOUR", "7"))
WEBHOOK_NETWORKS = os.environ.get("WEBHOOK_NETWORKS", "")

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent.parent / "web" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = True  # the small script of django-htmx stands in its own package
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
