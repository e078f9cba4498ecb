"""A process that answers calls for States through the services, one step after the other.

Each line that it prints is an acknowledgement. With ``FAULTS_BREAK=acknowledges-early`` it prints
one before the change is kept, and dies between the two: the harness has to notice.
"""

import json
import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import DatabaseError, InterfaceError, connection, transaction  # noqa: E402 -- Django first

from comity.accounts.models import User  # noqa: E402 -- as above
from comity.calls.models import Reply, ReplyState, SubmissionState  # noqa: E402 -- as above
from comity.calls.services import (  # noqa: E402 -- as above
    accept_reply,
    reopen_reply,
    save_entries,
    send_reply,
)

EARLY = os.environ.get("FAULTS_BREAK") == "acknowledges-early"


def tell(act: str, **what) -> None:
    """Acknowledge."""
    sys.stdout.write(json.dumps({"act": act, **what}) + "\n")
    sys.stdout.flush()


def seen(reply: Reply) -> dict[str, int]:
    """Return the versions of a draft, as a page would show them."""
    return {entry.key: entry.version for entry in reply.entries.all()}


def write(reply: Reply, person: User, chance: random.Random) -> None:
    """Write in the draft."""
    for question in reply.call.questions.all():
        value = f"Answer {time.time_ns()} {chance.random()}"
        versions = {f"q{question.pk}": seen(reply).get(f"q{question.pk}", 0)}
        (entry,) = save_entries(
            reply=reply, values={f"q{question.pk}": value}, seen=versions, by=person
        )
        tell("drafted", entry=entry.pk, value=value, version=entry.version)


def send(reply: Reply, person: User) -> None:
    """Clear the draft and send it."""
    with transaction.atomic():
        submission = send_reply(reply=reply, seen=seen(reply), by=person)
        if EARLY:
            tell("sent", submission=submission.pk, values=submission.values)
            os.kill(os.getpid(), signal.SIGKILL)
    tell("sent", submission=submission.pk, values=submission.values)


def step(reply: Reply, office: User, chance: random.Random) -> None:
    """Do what comes next for one State."""
    number = reply.party.code.rpartition("-")[2]
    person = User.objects.get(email=f"state{number}@meridian.example")
    if reply.state == ReplyState.SENT:
        waiting = reply.submissions.get(state=SubmissionState.SENT)
        accept_reply(submission=waiting, by=office)
        tell("accepted", submission=waiting.pk)
    elif reply.state == ReplyState.ACCEPTED:
        reopen_reply(reply=reply, reason="Once more.", by=office)
        tell("reopened", reply=reply.pk)
    else:
        write(reply, person, chance)
        send(reply, person)


def main(parity: int, seed: str) -> None:
    """Go on until killed; each of two processes speaks for two States."""
    chance = random.Random(seed)
    while True:
        try:
            office = User.objects.get(email="office0@meridian.example")
            replies = Reply.objects.select_related("call", "party").order_by("pk")
            mine = [reply for reply in replies if reply.pk % 2 == parity]
            step(chance.choice(mine), office, chance)
            time.sleep(chance.uniform(0, 0.3))
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.2)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
