"""The files of elements: a table, and what a feed program reads."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.addresses import whole_address
from comity.core.dates import in_words, parse_date
from comity.core.translated import text_in
from comity.elements.queries.elements import ElementRow
from comity.processes.models import Process
from comity.ui.table_files import TableFile

MOST_IN_FEED = 50


def elements_table(name: str, title: str, rows: list[ElementRow]) -> TableFile:
    """Return ``rows`` as a table to hand out; each row leads back to its page."""
    columns = [
        _("Text"),
        _("Symbol"),
        _("Number"),
        _("Words"),
        _("Verb"),
        _("To"),
        _("Due"),
        _("Theme"),
        _("Status"),
        _("Continues"),
        _("Address"),
    ]
    return TableFile(name, title, columns, [_cells(row) for row in rows])


def elements_feed(process: Process, rows: list[ElementRow], address: str) -> str:
    """Return the elements of a process as an Atom feed, those of the latest text first."""
    feed = Atom1Feed(
        title=_("Elements of adopted texts: %(process)s") % {"process": process},
        link=whole_address(process.get_absolute_url()),
        description=_("What the texts of the process ask, and how it stands."),
        language=get_language(),
        author_name=settings.INSTALLATION_NAME or "Comity",
        feed_url=whole_address(address),
    )
    for row in rows[:MOST_IN_FEED]:
        document = row.element.text.document
        link = whole_address(row.url)
        feed.add_item(
            title=f"{document}, {row.element.number}",
            link=link,
            description=text_in(row.words),
            unique_id=link,
            pubdate=document.published_at,
            updateddate=document.published_at,
            categories=[row.status],
        )
    return str(feed.writeString("utf-8"))


def _cells(row: ElementRow) -> list[str]:
    element = row.element
    older = element.continues
    return [
        str(element.text.document),
        element.text.document.symbol,
        element.number,
        text_in(row.words),
        row.verb,
        row.to,
        in_words(parse_date(row.due)) if row.due else "",
        row.theme,
        row.status,
        f"{older.text.document}, {older.number}" if older else "",
        whole_address(row.url),
    ]
