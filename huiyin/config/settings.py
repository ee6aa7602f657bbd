"""Django settings: safe by default; `huiyin check --deploy` names what a real office must still set."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from huiyin.config import env

ROOT = env.ROOT
DATA_DIR = Path(env.text("HUIYIN_DATA_DIR") or ROOT / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

IS_PRODUCTION = env.flag("HUIYIN_PRODUCTION")
DEBUG = env.flag("HUIYIN_DEBUG")
SECRET_KEY = env.secret(DATA_DIR, is_production=IS_PRODUCTION)
ALLOWED_HOSTS = env.names("HUIYIN_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("HUIYIN_TRUSTED_ORIGINS")

KEY_RING_PATH = Path(env.text("HUIYIN_KEY_RING") or DATA_DIR / "keys" / "keyring.json")
ATTACHMENTS_DIR = Path(env.text("HUIYIN_ATTACHMENTS_DIR") or DATA_DIR / "attachments")
OFFICE_PROGRAM = env.text("HUIYIN_OFFICE_PROGRAM")
BACKUPS_DIR = Path(env.text("HUIYIN_BACKUPS_DIR") or DATA_DIR / "backups")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    "ninja",
    "huiyin.records.texts",
    "huiyin.records.agencies",
    "huiyin.records.accounts",
    "huiyin.records.ledger",
    "huiyin.records.vault",
    "huiyin.records.documents",
    "huiyin.casework.cases",
    "huiyin.casework.matching",
    "huiyin.casework.routing",
    "huiyin.casework.replies",
    "huiyin.casework.intake",
    "huiyin.interfaces.ui",
    "huiyin.interfaces.desk",
    "huiyin.interfaces.portal",
    "huiyin.interfaces.api",
    "huiyin.interfaces.jobs",
    "huiyin.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.interfaces.ui.middleware.FaultMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.records.accounts.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "huiyin.interfaces.ui.context.page",
            ],
        },
    },
]

DATABASE = env.database(env.text("DATABASE_URL"), DATA_DIR)
DATABASES = {"default": DATABASE.settings}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "huiyin.records.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "huiyin.records.accounts.passwords.CharacterClassesValidator"},
    {"NAME": "huiyin.records.accounts.passwords.HistoryValidator"},
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:workbench"
AXES_FAILURE_LIMIT = env.number("HUIYIN_LOGIN_FAILURES", 5)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "huiyin.interfaces.ui.faults.too_many"
HUIYIN_PLACE = env.text("HUIYIN_PLACE", "青禾县")
HUIYIN_PLACE_EN = env.text("HUIYIN_PLACE_EN", "Qinghe County")
OTP_TOTP_ISSUER = "Huiyin"
HUIYIN_IDLE_MINUTES = env.number("HUIYIN_IDLE_MINUTES", 15)
HUIYIN_STAFF_TOTP = env.flag("HUIYIN_STAFF_TOTP")
HUIYIN_ADMIN_TOTP = env.flag("HUIYIN_ADMIN_TOTP", default=IS_PRODUCTION)

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "huiyin.interfaces.ui.faults.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_PRODUCTION and not env.flag("HUIYIN_PLAIN_HTTP")
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HUIYIN_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Django bounds fields, not files: without this one request could fill the disk before anything is checked.
HUIYIN_LARGEST_REQUEST = env.number("HUIYIN_LARGEST_REQUEST_MIB", 600) * 2**20

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_MAX_AGE = 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# One throttle for all processes of a machine: wrong query codes are counted here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# W006: locking by name alone is meant; by address it would lock a whole office behind one router.
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "huiyin.config.logs.WithoutSecrets"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]},
    },
    "root": {"handlers": ["console"], "level": env.text("HUIYIN_LOG_LEVEL", "WARNING")},
}
