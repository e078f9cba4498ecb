"""Every promise, one file each: a later issue adds its own by adding a file.

A file has three things: ``PROMISE``, one plain sentence; ``broken(evidence)``, which yields a
sentence for each thing that is not as promised; and ``spoil(evidence)``, which breaks the promise
on purpose, in a transaction that is rolled back, so that each run shows that it would have been
noticed. They run inside the installation while nothing else does.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Evidence:
    """What was seen from outside of the installation."""

    acts: dict[str, list[dict]] = field(default_factory=dict)
    # Each mail that the mail server took: the name of the message, and when it began to come.
    deliveries: list[tuple[str, float]] = field(default_factory=list)
    # Whether all has come to rest: nothing that is due is still to be done.
    is_at_rest: bool = False

    def of(self, act: str) -> list[dict]:
        """Return what was acknowledged of one kind."""
        return self.acts.get(act, [])


@dataclass(frozen=True)
class Promise:
    """One promise, from one file."""

    name: str
    words: str
    broken: Callable[[Evidence], Iterator[str]]
    spoil: Callable[[Evidence], None]


def all_promises() -> list[Promise]:
    """Return what each file in this folder promises."""
    names = sorted(each.name for each in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = [importlib.import_module(f"faults.promises.{name}") for name in names]
    return [
        Promise(name, module.PROMISE, module.broken, module.spoil)
        for name, module in zip(names, modules, strict=True)
    ]
