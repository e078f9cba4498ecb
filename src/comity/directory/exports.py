"""The directory of a process as a file: for a table, or for an address book."""

from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import in_words, parse_date
from comity.directory.queries import Entry, Filter, networks_by_affiliation, read_directory
from comity.parties.directory import Held, PostLine
from comity.parties.vcards import Card, write_cards
from comity.processes.models import Process
from comity.ui.table_files import FORMS as TABLE_FORMS
from comity.ui.table_files import TableFile, table_file

FORMS = {**TABLE_FORMS, "vcf": "vCard"}


def directory_file(
    process: Process, on: date, wanted: Filter, form: str, reader: Actor
) -> HttpResponseBase:
    """Return the directory of a day as a file of one of ``FORMS``, as ``reader`` sees it."""
    entries = read_directory(process, on, wanted, reader)
    networks = networks_by_affiliation(process)
    name = f"{process.slug}-people-{on.isoformat()}"
    if form == "vcf":
        cards = write_cards(_cards(process, entries, networks))
        response = StreamingHttpResponse(cards, content_type="text/vcard; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
        return response
    heads = [
        _("Party"),
        _("Code"),
        _("Status"),
        _("Ministry"),
        _("Post"),
        _("As"),
        _("Name"),
        _("E-mail address"),
        _("Telephone"),
        _("Language"),
        _("Since"),
        _("Seconded by"),
        _("Networks"),
    ]
    return table_file(TableFile(name, _("People"), heads, list(_rows(entries, networks))), form)


def _rows(entries: list[Entry], networks: dict[int, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        for post in entry.posts:
            if post.is_vacant:
                yield _row(entry, post, None, ())
            for one in post.people:
                yield _row(entry, post, one, networks.get(one.affiliation, ()))


def _row(
    entry: Entry, post: PostLine, one: Held | None, networks: tuple[str, ...]
) -> tuple[str, ...]:
    since = one.begins if one else post.since
    return (
        entry.name,
        entry.code,
        entry.status,
        post.ministry,
        post.title,
        one.place_words if one else _("vacant"),
        one.name if one else "",
        one.email if one else "",
        one.telephone if one else "",
        one.language if one else "",
        in_words(parse_date(since)) if since else "",
        one.seconded_by if one else "",
        "; ".join(networks),
    )


def _cards(
    process: Process, entries: list[Entry], networks: dict[int, tuple[str, ...]]
) -> Iterator[Card]:
    for entry in entries:
        for post in entry.posts:
            for one in post.people:
                yield Card(
                    uid=f"urn:comity:affiliation:{one.affiliation}",
                    name=one.name,
                    organisation=tuple(filter(None, (entry.name, post.ministry))),
                    title=post.title,
                    email=one.email,
                    telephone=one.telephone,
                    language=one.language,
                    categories=(str(process), *networks.get(one.affiliation, ())),
                )
