"""Where this app says what people did, for the log, which stands higher and listens."""

from collections.abc import Callable
from typing import Any

from django.db import models

from comity.accounts.authority import Actor
from comity.core.registry import Registry

# Any: each column has its own type.
Recorder = Callable[[Actor, str, models.Model, dict[str, Any]], None]

recorders = Registry[Recorder]("recorder")


def note(by: Actor, action: str, target: models.Model, **after: object) -> None:
    """Tell the recorders what ``by`` did to ``target``."""
    for recorder in recorders:
        recorder(by, action, target, after)
