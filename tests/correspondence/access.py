"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache

from django.core.files.base import ContentFile

from comity.office.models import WordTemplate
from comity.store.services import keep_file
from tests.access_rows import SECRETARIAT, TAKING_PART, Row
from tests.factories.correspondence import CircularFactory, NoteFactory

NOTE = ("process", "note")
CIRCULAR = ("process", "circular")
# The party whose note it is reads it, and nobody else beside the secretariat.
# Whoever takes part finds the register; it holds only what each may see.
LISTED = TAKING_PART | SECRETARIAT
READERS = SECRETARIAT | {"focal_point"}

ACCESS: dict[str, Row] = {
    "correspondence:register": Row(LISTED, ("process",)),
    "correspondence:register_file": Row(LISTED, ("process", "csv")),
    "correspondence:numbers": Row(SECRETARIAT, ("process",)),
    "correspondence:note_add": Row(SECRETARIAT, ("process", "direction")),
    "correspondence:note": Row(READERS, NOTE),
    "correspondence:note_change": Row(SECRETARIAT, NOTE),
    "correspondence:note_scan": Row(READERS, NOTE),
    "correspondence:circulars": Row(SECRETARIAT, ("process",)),
    "correspondence:circular_add": Row(SECRETARIAT, ("process",)),
    "correspondence:circular": Row(SECRETARIAT, CIRCULAR),
    "correspondence:circular_change": Row(SECRETARIAT, CIRCULAR),
    "correspondence:circular_send": Row(SECRETARIAT, CIRCULAR, "POST"),
    "correspondence:circular_discard": Row(SECRETARIAT, CIRCULAR, "POST"),
    "correspondence:circular_enclose": Row(SECRETARIAT, CIRCULAR, "POST"),
    "correspondence:circular_take_out": Row(SECRETARIAT, (*CIRCULAR, "enclosure"), "POST"),
    "correspondence:circular_file": Row(SECRETARIAT, (*CIRCULAR, "english", "docx")),
    "correspondence:templates": Row(SECRETARIAT, ("process",)),
    "correspondence:template_file": Row(SECRETARIAT, ("process", "kept_template")),
    "correspondence:enclosure_file": Row(SECRETARIAT, ("process", "enclosure")),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""

    @cache
    def file():
        stream = ContentFile(b"One page.")
        return keep_file(stream=stream, name="page.txt", by=people["secretariat"])

    @cache
    def note():
        own = [affiliations["focal_point"].party]
        row = NoteFactory(process=process, parties=own, scan=file(), scan_name="page.txt")
        NoteFactory(process=process)
        return row.pk

    @cache
    def circular():
        return CircularFactory(process=process)

    def kept_template():
        owner = f"correspondence:{process.slug}"
        WordTemplate.objects.create(owner=owner, kind="circular", language="en", file=file())
        return "en"

    def enclosure():
        return circular().enclosures.create(file=file(), name="page.txt").pk

    return {
        "note": note,
        "direction": lambda: "in",
        "circular": lambda: circular().pk,
        "enclosure": enclosure,
        "kept_template": kept_template,
        "english": lambda: "en",
        "docx": lambda: "docx",
    }
