"""Django's settings. What an operator may change comes from the environment (`docs/settings.md`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from huiyin.app import environment
from huiyin.app.logs.settings import make_logging
from huiyin.kernel.words import Words

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()

DEBUG = environment.read_flag("HUIYIN_DEBUG")
DEMO = environment.read_flag("HUIYIN_DEMO", default=True)
DEMO_ACCOUNTS = "huiyin.app.demo.county.accounts"
DEMO_DAYS = int(os.environ.get("HUIYIN_DEMO_DAYS", "60"))
DEMO_VILLAGES = int(os.environ.get("HUIYIN_DEMO_VILLAGES", "64"))
SECRET_KEY = environment.read_secret("HUIYIN_SECRET_KEY", "secret-key")
# The first key seals; all of them open. Prepend a new one, then run `huiyin keys rotate`.
SEALING_KEYS = environment.read_list("HUIYIN_SEALING_KEYS") or environment.read_secret(
    "HUIYIN_SEALING_KEY", "sealing-key"
).split(",")
INDEX_KEY = environment.read_secret("HUIYIN_INDEX_KEY", "index-key")
JOURNAL_HASH = os.environ.get("HUIYIN_JOURNAL_HASH", "sha256")
COUNTY = Words(
    os.environ.get("HUIYIN_COUNTY", "禾川县"), os.environ.get("HUIYIN_COUNTY_EN", "Hechuan County")
)
PUBLIC_ADDRESS = os.environ.get("HUIYIN_PUBLIC_ADDRESS", "").rstrip("/")
ALLOWED_HOSTS = environment.read_list("HUIYIN_ALLOWED_HOSTS") or ["*"]
CSRF_TRUSTED_ORIGINS = environment.read_list("HUIYIN_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "huiyin.journal",
    "huiyin.pages",
    "huiyin.people",
    "huiyin.grid",
    "huiyin.register",
    "huiyin.cases",
    "huiyin.placing",
    "huiyin.appeals",
    "huiyin.insight",
    "huiyin.exchange",
    "huiyin.admissions",
    "huiyin.rulings",
    "huiyin.triage",
    "huiyin.replies",
    "huiyin.economy.organisations",
    "huiyin.economy.books",
    "huiyin.economy.postings",
    "huiyin.economy.contracts",
    "huiyin.economy.members",
    "huiyin.economy.assemblies",
    "huiyin.economy.assets",
    "huiyin.economy.membership",
    "huiyin.economy.shares",
    "huiyin.economy.distributions",
    "huiyin.economy.cooperatives",
    "huiyin.portal",
    "huiyin.openapi",
    "huiyin.console",
    "huiyin.administration",
    "huiyin.villages",
    "huiyin.noticeboard",
    "huiyin.app",
]
MIDDLEWARE = [
    "huiyin.app.watching.WatchRequests",
    "huiyin.pages.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.pages.packing.PackPages",
    "huiyin.pages.middleware.ChooseLanguage",
    "huiyin.pages.bodies.LimitBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "huiyin.pages.turning_away.TurnAway",
    "huiyin.people.middleware.KnowAccount",
    "huiyin.pages.middleware.AnswerRefusals",
]
ROOT_URLCONF = "huiyin.app.urls"
WSGI_APPLICATION = "huiyin.app.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "huiyin.pages.environment.make_environment"},
    }
]


def _database() -> dict[str, Any]:
    parts = conninfo_to_dict(os.environ.get("HUIYIN_DATABASE_URL", "postgresql://127.0.0.1/huiyin"))
    named = {"dbname": "NAME"} | {part: part.upper() for part in ("user", "password", "host", "port")}
    options = {key: value for key, value in parts.items() if key not in named}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{named[key]: str(value) for key, value in parts.items() if key in named},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "prepare_threshold": 1 if environment.read_flag("HUIYIN_PREPARE", default=True) else None,
        },
    }


DATABASES = {"default": _database()}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "huiyin_language"
LOCALE_PATHS = [PACKAGE / "app" / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
STATIC_ROOT = PACKAGE / "pages" / "static" / "dist"
WHITENOISE_MAX_AGE = 31536000  # every built file carries its own hash in its name
MEDIA_ROOT = DATA / "attachments"

SECURE_COOKIES = environment.read_flag("HUIYIN_SECURE_COOKIES", default=PUBLIC_ADDRESS.startswith("https://"))
CSRF_COOKIE_NAME = "huiyin_csrf"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "huiyin.pages.failures.refuse_forgery"
SESSION_MINUTES_IDLE = int(os.environ.get("HUIYIN_IDLE_MINUTES", "120"))

# Single sign-on (OpenID Connect): offered when an issuer and a client are set.
OIDC_ISSUER = os.environ.get("HUIYIN_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("HUIYIN_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("HUIYIN_OIDC_CLIENT_SECRET", "")
OIDC_SCOPES = os.environ.get("HUIYIN_OIDC_SCOPES", "openid profile")
OIDC_LOGIN_CLAIM = os.environ.get("HUIYIN_OIDC_LOGIN_CLAIM", "preferred_username")
OIDC_TITLE = Words(
    os.environ.get("HUIYIN_OIDC_TITLE", "统一身份认证登录"),
    os.environ.get("HUIYIN_OIDC_TITLE_EN", "Single sign-on"),
)
OIDC_SECOND_FACTOR = environment.read_list("HUIYIN_OIDC_SECOND_FACTOR")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
LARGEST_REQUEST: int = int(os.environ.get("HUIYIN_LARGEST_REQUEST_MB", "64")) * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# In each web process: how many requests are computed at once, how many more may wait, and how many seconds.
PLACES = max(1, int(os.environ.get("HUIYIN_PLACES", "3")))
LONGEST_LINE = max(0, int(os.environ.get("HUIYIN_LINE", "96")))
LONGEST_WAIT = float(os.environ.get("HUIYIN_LINE_SECONDS", "3"))

# Requests a minute that a token, and an address without one, may make of the interfaces; 0 is without limit.
API_RATE_TOKEN = int(os.environ.get("HUIYIN_API_RATE", "600"))
API_RATE_ADDRESS = int(os.environ.get("HUIYIN_API_RATE_ADDRESS", "120"))
CLAMD: str = os.environ.get("HUIYIN_CLAMD", "")
CLAMD_REQUIRED: bool = environment.read_flag("HUIYIN_CLAMD_REQUIRED", default=True)

SMS_GATEWAY_URL = os.environ.get("HUIYIN_SMS_URL", "")
SMS_GATEWAY_TOKEN = os.environ.get("HUIYIN_SMS_TOKEN", "")

OPEN311_KEYS = environment.read_list("HUIYIN_OPEN311_KEYS")
OPEN311_CHANNELS = environment.read_list("HUIYIN_OPEN311_CHANNELS") or ["open311"]
OPEN311_WORDS = environment.read_flag("HUIYIN_OPEN311_WORDS")
# Where webhooks and peers may be besides public addresses over https: networks such as 10.0.0.0/8.
EXCHANGE_NETWORKS = environment.read_list("HUIYIN_EXCHANGE_NETWORKS")

METRICS_TOKEN: str = os.environ.get("HUIYIN_METRICS_TOKEN", "")
METRICS_FOLDER: Path = DATA / "metrics"
LOGGING = make_logging(os.environ.get("HUIYIN_LOG", ""))
