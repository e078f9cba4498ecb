"""Make the invented processes and States of a demonstration, once and whole."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from comity.accounts.authority import SYSTEM
from comity.audit.services import record
from comity.pages.described import PAPER
from comity.pages.indexing import index_everything
from comity.pages.loading import DATA
from comity.pages.made_up.approved import fill_approved
from comity.pages.made_up.calls import fill_calls
from comity.pages.made_up.consultation import fill_consultation
from comity.pages.made_up.documents import fill_documents
from comity.pages.made_up.elements import fill_elements
from comity.pages.made_up.large import Large, make_large
from comity.pages.made_up.notes import fill_notes
from comity.pages.made_up.people import make_accounts
from comity.pages.made_up.tables import fill_tables
from comity.pages.made_up.texts import fill_texts
from comity.parties.models import Party
from comity.processes.models import Office, Process, Term
from comity.sources.folders import Folder

MERIDIAN = "meridian"
ARCHIVE = "paper-archive"
PAPER_ISSUED = "2003-11-10"


@dataclass(frozen=True)
class Summary:
    """What was added; all noughts the second time."""

    rows: int
    accounts: int
    large: Large


@transaction.atomic
def made_up(scale: int = 1) -> Summary:
    """Make the demonstration, and above scale 1 a large installation around it, the same each time.

    What is there already stays as people have edited it. All of it is made, or nothing.

    Raises:
        ImproperlyConfigured: the installation is in production.
        BadFolderError: the tables of ``data/made-up`` hold problems.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured(
            "COMITY_MODE is production: what is made up is refused there. Use another data "
            "folder, in the mode demonstration."
        )
    rows = make_demonstration() + appoint_keeper()
    large = make_large(scale) if scale > 1 else Large()
    accounts = make_accounts()
    rows += fill_calls() + fill_consultation()
    rows += fill_documents()
    rows += fill_notes()
    rows += fill_elements()
    summary = Summary(rows, accounts, large)
    if summary != Summary(0, 0, Large()):
        index_everything()
        process = Process.objects.get(slug=MERIDIAN)
        record(SYSTEM, "demonstration.made", process, after={"rows": rows, "scale": scale})
    return summary


def make_demonstration() -> int:
    """Fill the tables unless the Meridian Dialogue is there; return how many rows were added."""
    if Process.objects.filter(slug=MERIDIAN).exists():
        return 0
    folder = Folder(DATA)
    fill_tables(folder)
    fill_approved(folder)
    fill_texts(folder)
    folder.finish()
    return folder.added


def appoint_keeper() -> int:
    """Entrust the record of each process of the paper to its archive; return how many are new."""
    archive = Party.objects.get(code=ARCHIVE)
    kept = Term.objects.filter(party=archive, office=Office.KEEPER).values("process")
    loaded = Process.objects.filter(citations__source__slug=PAPER).distinct()
    terms = [
        Term(process=process, party=archive, office=Office.KEEPER, begins=PAPER_ISSUED)
        for process in loaded.exclude(pk__in=kept)
    ]
    for term in terms:
        term.full_clean()
        term.save()
    return len(terms)
