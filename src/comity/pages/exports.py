"""The tables that the pages hand out."""

from collections.abc import Sequence
from datetime import date
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.office.workbooks import Value
from comity.pages.queries.overlaps import read_overlaps
from comity.pages.queries.participation import TableChoice, choose, words_of_place
from comity.pages.queries.party_file import read_record
from comity.pages.queries.process_participants import read_participants
from comity.pages.queries.taking_part import read_taking_part
from comity.pages.queries.themes import read_convergence
from comity.pages.queries.timeline import read_timeline
from comity.parties.models import Party
from comity.processes.models import Process
from comity.ui.table_files import TableFile

Rows = list[Sequence[Value]]


def participants_of(process: Process, on: date, name: str) -> TableFile:
    """Return the participants of ``process`` on a day, as the file ``name``.

    Names and order are those that the process has approved; where a name has a footnote, a last
    column says it.
    """
    participants = read_participants(process, on)
    has_footnotes = any(each.footnote for each in participants)
    rows: Rows = [
        (
            each.name,
            each.status,
            each.behalf,
            each.since,
            "; ".join(label.label for label in each.others),
            *([each.footnote] if has_footnotes else []),
        )
        for each in participants
    ]
    heads = [_("Party"), _("Status"), _("On behalf of"), _("Since"), _("Also takes part in")]
    if has_footnotes:
        heads.append(_("Footnote"))
    return TableFile(name, _("Participants"), heads, rows)


def participation_of(choice: TableChoice) -> TableFile:
    """Return the participation table: a row a party, a column a process."""
    found = read_taking_part(choice.on, made_up=choice.made_up)
    columns, participants = found.columns, choose(found, choice)
    rows: Rows = [
        [
            each.code,
            each.name,
            *(
                "; ".join(words_of_place(place) for place in each.places.get(column.pk, ()))
                for column in columns
            ),
            each.number,
        ]
        for each in participants
    ]
    heads = [_("Code"), _("Party"), *(column.name for column in columns), _("In all")]
    name = f"participation-{choice.on.isoformat()}"
    return TableFile(name, _("Participation"), heads, rows)


def overlaps_of(on: date, *, made_up: bool = False, region: str = "") -> TableFile:
    """Return the pairs of processes that share participants: a row a pair."""
    overlaps = read_overlaps(on, made_up=made_up, region=region)
    rows: Rows = [
        [pair.one.name, pair.other.name, pair.count, pair.of_smaller, names]
        for pair, names in zip(overlaps.pairs, overlaps.members.names(overlaps.pairs), strict=True)
    ]
    heads = [
        _("Process"),
        _("Other process"),
        _("Shared"),
        _("Of the smaller, in %"),
        _("Shared participants"),
    ]
    return TableFile(f"overlaps-{on.isoformat()}", _("Participants in common"), heads, rows)


def themes_of(*, made_up: bool = False) -> TableFile:
    """Return the themes with the words of each process: a row an area of interest."""
    rows: Rows = [
        [theme.name, column.name, words.text, words.language]
        for theme in read_convergence(made_up=made_up).themes
        for column, areas in theme.processes
        for words in areas
    ]
    heads = [_("Theme"), _("Process"), _("Words of the process"), _("Language")]
    return TableFile("themes", _("Themes by process"), heads, rows)


def timeline_of(actor: Actor, today: date, *, made_up: bool = False) -> TableFile:
    """Return what ``actor`` may read of all processes by date: a row an event."""
    events = read_timeline(actor, today, made_up=made_up).events
    rows: Rows = [
        [e.sorted_as.year, e.when, e.process, e.kind, e.title, e.language] for e in events
    ]
    heads = [_("Year"), _("When"), _("Process"), _("Kind"), _("Title"), _("Language")]
    return TableFile("timeline", _("Timeline"), heads, rows)


def record_of(party: Party, on: date) -> TableFile:
    """Return what everybody may read of ``party`` on a day: a row a fact."""
    heads = [_("What"), _("Name"), _("Details"), _("When"), _("Source")]
    rows: Rows = [[_plain(cell) for cell in row] for row in read_record(party, on)]
    return TableFile(f"{party.code}-record-{on.isoformat()}", _("On record"), heads, rows)


def _plain(words: str) -> str:
    """Return words of a page without their marks of language and their links."""
    return unescape(strip_tags(words)) if isinstance(words, SafeString) else words
