"""The chain of digests that shows whether anybody changed the log behind our back."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from comity.audit.models import Event, Head

BLACKED_OUT = "log.blacked_out"
SIDES = ("before", "after")

Salts = dict[str, Any]  # Any: JSON, {"before": {field: salt}, "after": {…}, "reason": salt}


def new_salts(event: Event) -> Salts:
    """Return a salt for each value of ``event``, so that equal values do not look alike."""
    salts: Salts = {
        side: {name: secrets.token_hex(16) for name in getattr(event, side)} for side in SIDES
    }
    return salts | {"reason": secrets.token_hex(16)}


def commit(value: object, salt: str) -> str:
    """Return the digest that stands for ``value`` in the chain."""
    return hmac.new(salt.encode(), _text(value).encode(), hashlib.sha256).hexdigest()


def commitments_of(event: Event) -> dict[str, Any]:  # Any: JSON, as the salts
    """Return the digests of the values and of the reason of ``event``."""
    found: dict[str, Any] = {
        side: {
            name: commit(value, event.salts[side][name])
            for name, value in getattr(event, side).items()
        }
        for side in SIDES
    }
    return found | {"reason": commit(event.reason, event.salts["reason"])}


def digest_of(previous: str, event: Event) -> str:
    """Return the digest of ``event`` after the digest of the one before it."""
    covered = [
        previous,
        event.at.astimezone(UTC).isoformat(),
        event.actor_id,
        event.action,
        event.content_type_id,
        event.object_id,
        event.commitments,
    ]
    return hashlib.sha256(_text(covered).encode()).hexdigest()


@dataclass
class _Emptied:
    """What was found emptied, and what a later event says was blacked out."""

    found: list[tuple[Event, str]] = field(default_factory=list)
    recorded: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        for event, name in self.found:
            key = (event.content_type_id, event.object_id, name)
            if self.recorded.get(key, 0) < event.pk:
                yield _("Event %(pk)s: “%(name)s” was emptied, and no event says so.") % {
                    "pk": event.pk,
                    "name": name,
                }


def verify_chain() -> list[str]:
    """Return a sentence for each thing in the log that is not as it was written; none is good."""
    problems: list[str] = []
    emptied = _Emptied()
    previous, count = "", 0
    for event in Event.objects.order_by("pk").iterator():
        if event.digest != digest_of(previous, event):
            problems.append(
                _("Event %(pk)s does not follow from the one before it.") % {"pk": event.pk}
            )
        problems.extend(_wrong_values(event, emptied))
        if event.action == BLACKED_OUT:
            for name in event.after.get("fields", []):
                emptied.recorded[event.content_type_id, event.object_id, name] = event.pk
        previous, count = event.digest, count + 1
    problems.extend(emptied.problems())
    head = Head.objects.first() or Head()
    if (head.count, head.digest) != (count, previous):
        problems.append(
            _("The log should end after %(expected)s events; it has %(count)s.")
            % {"expected": head.count, "count": count}
        )
    return problems


def _wrong_values(event: Event, emptied: _Emptied) -> Iterator[str]:
    """Go through what ``event`` says now and what it said; note what was emptied."""
    for side, name, expected, salt, value in _kept(event):
        if salt is None and value in (None, ""):
            emptied.found.append((event, name))
        elif salt is None or expected is None or commit(value, salt) != expected:
            yield _("Event %(pk)s: “%(name)s” (%(side)s) is not what was written.") % {
                "pk": event.pk,
                "name": name,
                "side": side,
            }


def _kept(event: Event) -> Iterator[tuple[str, str, str | None, str | None, object]]:
    for side in SIDES:
        values, salts = getattr(event, side), event.salts.get(side, {})
        expected = event.commitments[side]
        for name in sorted(values.keys() | expected.keys()):
            yield side, name, expected.get(name), salts.get(name), values.get(name)
    reason = event.commitments["reason"]
    yield "reason", "reason", reason, event.salts.get("reason"), event.reason


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
