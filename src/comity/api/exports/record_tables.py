"""The tables of parties and their names, of records, and of the sources of all."""

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.api.exports.columns import ADDRESS, IDENTIFIER, PROCESS, VERSION, Column, column, dated
from comity.api.exports.tables import (
    LAST,
    NOTE,
    OF_PARTY,
    TITLE,
    TO_PROCESS,
    Rows,
    Say,
    Table,
    numbered,
    on_record,
    one,
)
from comity.api.facts.parties import name_facts, party_facts
from comity.api.facts.records import (
    document_facts,
    each_of,
    meeting_facts,
    project_facts,
    source_facts,
    study_facts,
)
from comity.core.addresses import whole_address
from comity.documents.models import Document
from comity.library.models import Study
from comity.parties.models import Party, PartyName
from comity.processes.models import Meeting
from comity.projects.models import Project
from comity.sources.models import Source


def party_tables() -> list[Table]:
    """Return the tables of parties."""
    return [
        Table(
            "parties",
            _("States, territories, organisations and their offices"),
            "code",
            "code",
            [
                *column("code", "ISO 3166-1 alpha-3 for States and territories."),
                *column("name", "Its latest name, in English; all names stand in “names”."),
                *column("kind", "state, territory, supranational, organisation, office …"),
                *column("acronym", "How it is called for short."),
                *column("m49", "Its code among those of the United Nations."),
                *column("region", "The region by which it is listed."),
                *column("part_of", "The code of the party to which it belongs."),
                *dated("ends", "Until when it existed."),
                *ADDRESS,
                *VERSION,
            ],
            {"part_of": "parties"},
            lambda: (
                Party.objects.filter(is_made_up=False)
                .with_name(LAST)
                .select_related("part_of")
                .order_by("code")
            ),
            one(lambda row: party_facts(row, whole_address)),
        ),
        Table(
            "names",
            _("What parties are and were called, in all languages"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *column("party", "The code of a party."),
                *column("language", "The language of the name, such as en or zh."),
                *column("name", "The name."),
                *column("kind", "official, or in-source for the spelling of one source."),
                *dated("begins", "Since when."),
                *dated("ends", "Until when."),
                *column("source", "Where the name is from."),
            ],
            OF_PARTY,
            lambda: (
                PartyName.objects.filter(party__is_made_up=False)
                .select_related("party")
                .order_by("party__code", "pk")
            ),
            numbered(name_facts),
        ),
    ]


def _record(name: str, title: Promise | str, rows: Rows, say: Say, own: list[Column]) -> Table:
    """Return a table of records, whose columns are those of all records and its ``own``."""
    columns = [*column("slug", "The last part of its address."), *TITLE, *PROCESS]
    refers = TO_PROCESS | {"meetings": {}, "documents": {"meeting": "meetings"}}.get(name, {})
    return Table(
        name, title, "slug", "slug", [*columns, *own, *NOTE, *ADDRESS, *VERSION], refers, rows, say
    )


def record_tables() -> list[Table]:
    """Return the tables of records and sources."""
    return [
        _record(
            "meetings",
            _("Meetings"),
            lambda: (
                Meeting.objects.filter(on_record())
                .select_related("process", "country")
                .order_by("slug")
            ),
            each_of(whole_address, meeting_facts),
            [
                *column("kind", "What kind of meeting it is."),
                *column("status", "proposed, planned, listed, confirmed, held, cancelled …"),
                *dated("days", "When."),
                *column("place", "The town."),
                *column("country", "The code of the party where it is."),
                *column("organisers", "Who organised it."),
            ],
        ),
        _record(
            "documents",
            _("Texts and papers that everybody may read"),
            lambda: (
                Document.objects.visible_to(AnonymousUser())
                .filter(on_record())
                .select_related("process", "meeting")
                .order_by("slug")
            ),
            each_of(whole_address, document_facts),
            [
                *column("symbol", "The reference printed on the paper."),
                *column("kind", "What kind of text it is."),
                *dated("dated", "Its date."),
                *column("meeting", "The slug of the meeting that it belongs to."),
                *column("adopted_by", "Who adopted it."),
                *column("audience", "Whom it is for."),
                *column("published_at", "When it was published here.", "datetime"),
            ],
        ),
        _record(
            "studies",
            _("Studies"),
            lambda: Study.objects.filter(on_record()).select_related("process").order_by("slug"),
            each_of(whole_address, study_facts),
            [
                *column("kind", "What kind of study it is."),
                *dated("year", "Its year."),
                *column("producer", "Its author or producer."),
                *column("coverage", "What it covers."),
            ],
        ),
        _record(
            "projects",
            _("Projects"),
            lambda: (
                Project.objects.filter(on_record())
                .select_related("process")
                .prefetch_related("countries__party")
                .order_by("slug")
            ),
            each_of(whole_address, project_facts),
            [
                *dated("begins", "Since when."),
                *dated("ends", "Until when."),
                *column("status", "How far it is."),
                *column("implementer", "Who carries it out."),
                *column("countries", "The codes of its countries, parted by semicolons."),
            ],
        ),
        Table(
            "sources",
            _("Where the facts come from, each with its licence"),
            "slug",
            "slug",
            [
                *column("slug", "The last part of its address."),
                *TITLE,
                *column("symbol", "Its reference."),
                *dated("issued", "When it was issued."),
                *column("publisher", "Who published it."),
                *column("link", "Where it stands elsewhere."),
                *column("licence", "Its licence."),
                *ADDRESS,
            ],
            {},
            lambda: Source.objects.order_by("slug"),
            one(lambda row: source_facts(row, whole_address)),
        ),
    ]
