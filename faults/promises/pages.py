"""What people did on pages, and what is found."""

from collections.abc import Iterator

from comity.core.sorting import fold
from comity.processes.models import Alias, Process, Request
from comity.search.models import SearchEntry
from faults.promises import Evidence

PROMISE = "What a page acknowledged is there, and every name is found."


def broken(evidence: Evidence) -> Iterator[str]:
    """Look for each request and each name, and each name in the index."""
    asked = set(Request.objects.values_list("words", flat=True))
    yield from (
        f"Lost: {act['words']}" for act in evidence.of("asked") if act["words"] not in asked
    )
    names = set(Alias.objects.values_list("name", flat=True))
    yield from (f"Lost: {act['name']}" for act in evidence.of("named") if act["name"] not in names)
    process = Process.objects.get()
    entries = SearchEntry.objects.filter(kind="process", object_id=process.pk)
    indexed = " ".join(f"{entry.folded_title} {entry.folded_text}" for entry in entries)
    yield from (f"Not found: {name}" for name in names if fold(name) not in indexed)


def spoil(evidence: Evidence) -> None:
    """Lose a name, and leave it in the index; add one that is not in there."""
    last = Alias.objects.latest("pk")
    Alias.objects.create(process=last.process, name="Nowhere")
    last.delete()
