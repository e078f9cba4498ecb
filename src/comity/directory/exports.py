"""The directory of a process as a file: for a table, or for an address book."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.directory.queries import Entry, Filter, networks_by_affiliation, read_directory
from comity.office.tables import write_csv
from comity.office.workbooks import Column, Sheet, SheetRow, Workbook
from comity.parties.directory import Held, PostLine
from comity.parties.vcards import Card, write_cards
from comity.processes.models import Process

FORMS = {"csv": "CSV", "xlsx": "Excel", "vcf": "vCard"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def directory_file(process: Process, on: date, wanted: Filter, form: str) -> HttpResponseBase:
    """Return the directory of a day as a file of one of ``FORMS``."""
    entries = read_directory(process, on, wanted)
    networks = networks_by_affiliation(process)
    response: HttpResponseBase
    if form == "vcf":
        cards = write_cards(_cards(process, entries, networks))
        response = StreamingHttpResponse(cards, content_type="text/vcard; charset=utf-8")
    elif form == "xlsx":
        rows = [
            SheetRow(str(number), 1, values)
            for number, values in enumerate(_values(entries, networks), 1)
        ]
        sheet = Sheet("people", _("People"), _columns(), rows)
        # It brings 20 MB into the process that needs it, and most never do.
        from comity.office.workbook_writing import write_workbook  # noqa: PLC0415

        workbook = Workbook("people", f"process:{process.slug}", [sheet])
        content = write_workbook(workbook, get_language() or "en")
        response = HttpResponse(content, content_type=XLSX)
    else:
        lines = write_csv(
            [column.label for column in _columns()],
            ([*values.values()] for values in _values(entries, networks)),
        )
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{process.slug}-people-{on.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _columns() -> list[Column]:
    return [
        Column("party", _("Party"), width=28, locked=True),
        Column("code", _("Code"), locked=True),
        Column("status", _("Status"), locked=True),
        Column("ministry", _("Ministry"), width=32, locked=True),
        Column("post", _("Post"), width=36, locked=True),
        Column("place", _("As"), locked=True),
        Column("name", _("Name"), width=28, locked=True),
        Column("email", _("E-mail address"), width=32, locked=True),
        Column("telephone", _("Telephone"), locked=True),
        Column("language", _("Language"), locked=True),
        Column("since", _("Since"), locked=True),
        Column("seconded_by", _("Seconded by"), width=24, locked=True),
        Column("networks", _("Networks"), width=32, locked=True),
    ]


def _values(entries: list[Entry], networks: dict[int, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    for entry in entries:
        for post in entry.posts:
            if post.is_vacant:
                yield _row(entry, post, None, ())
            for one in post.people:
                yield _row(entry, post, one, networks.get(one.affiliation, ()))


def _row(
    entry: Entry, post: PostLine, one: Held | None, networks: tuple[str, ...]
) -> dict[str, str]:
    since = one.begins if one else post.since
    return {
        "party": entry.name,
        "code": entry.code,
        "status": entry.status,
        "ministry": post.ministry,
        "post": post.title,
        "place": one.place_words if one else _("vacant"),
        "name": one.name if one else "",
        "email": one.email if one else "",
        "telephone": one.telephone if one else "",
        "language": one.language if one else "",
        "since": in_words(parse_date(since)) if since else "",
        "seconded_by": one.seconded_by if one else "",
        "networks": "; ".join(networks),
    }


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
