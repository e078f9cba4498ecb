"""Settings of the workers that the tests kill: a file of SQLite, the low apps, a short lease."""

from datetime import timedelta

from comity.settings import *  # noqa: F403
from comity.settings import DATA_DIR

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "comity.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
ROOT_URLCONF = "comity.jobs.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.works.WorksConfig"]  # noqa: F405
EMAIL_FILE_PATH = DATA_DIR / "mail"
# Into a folder, unless a test runs a mail server.
OUTBOX_TRANSPORT = TRANSPORT  # noqa: F405
JOB_LEASE = timedelta(seconds=1)
