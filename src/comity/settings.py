"""Settings of the platform: one file, read from top to bottom.

What differs between installations comes from the environment (see env.py and
docs/operations/settings.md); everything else is written here once. Reading the settings makes
nothing: the commands make folders and key before (``env.prepare_data_dir``).
"""

from pathlib import Path
from typing import Any

from comity import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = env.data_dir()
STATIC_ROOT = DATA_DIR / env.STATIC

# A demonstration starts with nothing set. Production makes no guesses: each of its settings
# without a default below must be given.
PRODUCTION = env.choice("MODE", ("demonstration", "production"), "demonstration") == "production"
DEBUG = False
SECRET_KEY = env.long_key("SECRET_KEY") if PRODUCTION else env.kept_key()
ALLOWED_HOSTS = env.hosts("HOSTS") if PRODUCTION else env.words("HOSTS", env.THIS_MACHINE)
# Where people reach this installation: the links of mails and files begin with it.
SITE_ADDRESS = env.address(
    "ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000"
)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

# Sessions end after a working day, counted from the sign-in, so that reading writes nothing.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
X_FRAME_OPTIONS = "DENY"
# A form of a whole table (participants, seats) is long; a file goes past these limits, to disk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "comity.accounts",
    "comity.audit",
    "comity.store",
    "comity.outbox",
    "comity.jobs",
    "comity.office",
    "comity.ui",
    "comity.search",
    "comity.sources",
    "comity.parties",
    "comity.processes",
    "comity.exchange",
    "comity.directory",
    "comity.calls",
    "comity.correspondence",
    "comity.documents",
    "comity.texts",
    "comity.consultation",
    "comity.elements",
    "comity.projects",
    "comity.library",
    "comity.pages",
    "comity.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # last, so that comity.ui may replace its templates
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comity.ui.compression.PagesCompressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comity.ui.middleware.reader_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comity.accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "comity.ui.middleware.refusals_as_pages",
    "comity.ui.middleware.files_kept_private",
]
ROOT_URLCONF = "comity.urls"
CSRF_FAILURE_VIEW = "comity.ui.errors.csrf_failure"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "comity.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comity.accounts.context.sign_ins",
            ],
        },
    }
]

DATABASES: dict[str, Any]
if env.choice("DATABASE", ("sqlite", "postgres"), None if PRODUCTION else "sqlite") == "postgres":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": env.text("DATABASE_NAME", "comity"),
            "USER": env.text("DATABASE_USER", "comity"),
            "PASSWORD": env.text("DATABASE_PASSWORD", ""),
            "HOST": env.text("DATABASE_HOST", ""),
            "PORT": env.text("DATABASE_PORT", ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "comity.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA cache_size=-32768;",
            },
        }
    }
# All workers remember together; pages for readers ask nothing of it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_remembered",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] = {"user_attributes": ["email"]}
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
# Whether everybody who signs in needs a second factor.
SECOND_FACTOR_REQUIRED = (
    env.choice("SECOND_FACTOR", ("required", "optional"), "required" if PRODUCTION else "optional")
    == "required"
)
ACCOUNT_ADAPTER = "comity.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "comity.accounts.forms.LoginForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by invitation
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has us write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Comity] "
ACCOUNT_SESSION_REMEMBER = True  # for as long as SESSION_COOKIE_AGE says
# Who has chosen a new password through a mail is let in, whoever tries passwords meanwhile.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Wrong passwords and codes are counted by comity.accounts.attempts.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXIES", 0)
MFA_ADAPTER = "comity.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "comity.accounts.forms.ActivateTOTPForm",
    "authenticate": "comity.accounts.forms.AuthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost

USE_I18N = True
LANGUAGE_CODE = "en"
# What the reader may choose; Arabic is there to prove the layout from right to left.
INTERFACE_LANGUAGES = env.words("LANGUAGES", "en,es,fr")
LANGUAGES = [
    (code, name)
    for code, name in {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}.items()
    if code in INTERFACE_LANGUAGES
]
# Stands beside the name Comity at the head of every page; a set of words of ours where empty.
INSTALLATION_NAME = env.text("NAME", "")
# Under which everybody may use the open data; what Comity brings along is under this one.
DATA_LICENCE = env.text("DATA_LICENCE", "Apache-2.0")
# Texts may be in languages that the interface does not speak yet.
CONTENT_LANGUAGES = ["en", "es", "fr", "ar", "ru", "zh", "pt"]
LOCALE_PATHS = [BASE_DIR / "src" / "comity" / "locale"]
FORMAT_MODULE_PATH = "comity.ui.formats"
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_HANDLERS = ["comity.store.uploads.BoundedUploadHandler"]
# `comity serve` collects the static files: named by their content, compressed, kept for ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Without a mail server the worker writes mails into a folder, where they can be read.
EMAIL_HOST = env.text("MAIL_HOST", "")
EMAIL_PORT = env.number("MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD", "")
MAIL_SECURITY = env.choice("MAIL_SECURITY", ("starttls", "tls", "none"), "starttls")
EMAIL_USE_TLS = MAIL_SECURITY == "starttls"
EMAIL_USE_SSL = MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = DATA_DIR / "mail"
# Every mail is kept in the outbox first; in a demonstration it stays there.
EMAIL_BACKEND = "comity.outbox.mail.OutboxBackend"
TRANSPORT = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
OUTBOX_TRANSPORT = TRANSPORT if PRODUCTION else ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "Comity <comity@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    },
    # The whole log goes to one place: nothing is mailed, nothing is written twice. A page that
    # does not exist is no trouble of the installation.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        # Nor is a stranger who calls this machine by another name.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# Whether a demonstration may ask another one on this machine; never in production, where what
# stands beside it is nobody's to ask.
EXCHANGE_LOOPBACK = (
    not PRODUCTION
    and env.choice("EXCHANGE_LOOPBACK", ("allowed", "refused"), "refused") == "allowed"
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
    }
}
