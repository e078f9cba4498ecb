"""Somebody who goes on working in an installation until told to stop; says what is done.

Each line that is printed names something that was acknowledged.
"""

import io
import sys

import django

django.setup()

from comity.accounts.authority import SYSTEM  # noqa: E402 -- Django first
from comity.accounts.models import User  # noqa: E402 -- as above
from comity.audit.services import record_creation  # noqa: E402 -- as above
from comity.jobs.services import enqueue  # noqa: E402 -- as above
from comity.outbox.services import post_message  # noqa: E402 -- as above
from comity.store.models import StoredFile  # noqa: E402 -- as above
from comity.store.services import discard_file, keep_file  # noqa: E402 -- as above

PATIENCE = 2_000


def work(number):
    account = User.objects.create_user(f"a{number}@meridian.example")
    record_creation(account, action="account.invited", by=SYSTEM)
    text = f"Paper {number}\n" * (number % 50 + 1)
    stored = keep_file(stream=io.BytesIO(text.encode()), name=f"{number}.txt", by=SYSTEM)
    post_message(to=account.email, subject=f"S{number}", text="é", cause="test.posted")
    enqueue("clock.entry", name="jobs.forget")
    if number % 3 == 0:
        discard_file(stored=StoredFile.objects.exclude(pk=stored.pk).earliest("pk"), by=SYSTEM)
    sys.stdout.write(f"{account.email} {stored.sha256}\n")
    sys.stdout.flush()


for each in range(1, PATIENCE):
    work(each)
