"""What is found by the words of another thing, and is indexed anew when those words change.

A meeting is found by the names of its process: when the process gets another name, a job goes
through what belongs to it. It may be much, so it waits for no page.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models

from comity.core.registry import Registry
from comity.jobs.kinds import Kind, kinds
from comity.jobs.progress import Progress
from comity.jobs.services import enqueue

KIND = "search.follow"
BATCH = 500

# Each takes the thing whose words have changed, and indexes in batches what is found by them;
# it calls what it is given after each batch.
Follower = Callable[[models.Model, Callable[[], None]], None]
followers = Registry[Follower]("follower in the index")


def follow(target: models.Model) -> None:
    """Have what is found by the words of ``target`` indexed anew, in the caller's transaction."""
    enqueue(KIND, model=target._meta.label, pk=target.pk)


def in_batches(
    rows: "models.QuerySet[Any, Any]",
    index: Callable[[list[Any]], None],
    tell: Callable[[], None],
) -> None:
    """Index ``rows`` some at a time."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        index(batch)
        last = batch[-1].pk
        tell()


def run_followers(*, model: str, pk: int, progress: Progress) -> None:
    """Index anew what is found by one thing; nothing where it is gone."""
    target = apps.get_model(model)._default_manager.filter(pk=pk).first()
    if target is None:
        return
    for index in followers:
        index(target, partial(progress.tell, 0, 0))


kinds.add(KIND, Kind(run_followers, atomic=False))
