"""Ask, inside the installation, whether every promise was kept; free what killed workers held."""

import json
import sys
from collections import defaultdict
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402 -- Django first
from django.utils import timezone  # noqa: E402 -- as above

from comity.jobs.models import Job  # noqa: E402 -- as above
from comity.jobs.services import free_jobs  # noqa: E402 -- as above
from comity.outbox.models import Message  # noqa: E402 -- as above
from comity.outbox.services import free_messages  # noqa: E402 -- as above
from faults.promises import Evidence, all_promises  # noqa: E402 -- as above


def evidence_in(folder: Path, *, is_at_rest: bool) -> Evidence:
    """Read what was seen from outside."""
    acts = defaultdict(list)
    for line in (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines():
        act = json.loads(line)
        acts[act.pop("act")].append(act)
    deliveries = json.loads((folder / "deliveries.json").read_text(encoding="utf-8"))
    return Evidence(acts, [(name, began) for name, began in deliveries], is_at_rest)


def check(evidence: Evidence) -> list[str]:
    """Return a sentence for each thing that is not as promised."""
    return [
        f"{promise.name}: {sentence}"
        for promise in all_promises()
        for sentence in promise.broken(evidence)
    ]


def unnoticed(evidence: Evidence) -> list[str]:
    """Break each promise once, in a transaction that is undone; return those nobody noticed."""
    blind = []
    for promise in all_promises():
        with transaction.atomic():
            promise.spoil(evidence)
            if not list(promise.broken(evidence)):
                blind.append(promise.name)
            transaction.set_rollback(True)
    return blind


def rest() -> int:
    """Return how much is still to be done."""
    now = timezone.now()
    return Job.objects.due(now).count() + Message.objects.waiting().count()


def main(folder: Path, words: list[str]) -> None:
    """Answer one question, as JSON."""
    if "rest" in words:
        answer = {"left": rest()}
    else:
        evidence = evidence_in(folder, is_at_rest="last" in words)
        answer = {"broken": check(evidence), "promises": len(all_promises())}
        if "last" in words:
            answer["unnoticed"] = unnoticed(evidence) if not answer["broken"] else []
        answer["freed"] = free_jobs() + free_messages()
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
