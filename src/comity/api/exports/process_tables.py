"""The tables of processes: what they are, who takes part, bodies, seats and terms of office."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comity.api.exports.columns import (
    ADDRESS,
    IDENTIFIER,
    PROCESS,
    VERSION,
    column,
    dated,
    party,
    texts,
)
from comity.api.exports.tables import (
    HELD,
    LAST,
    NOTE,
    OF_PARTY,
    TO_PROCESS,
    Table,
    in_process,
    numbered,
)
from comity.api.facts.kinds import Facts, rests_on
from comity.api.facts.processes import (
    area_facts,
    body_facts,
    called,
    participation_facts,
    participations_called,
    process_facts,
    seat_facts,
    stage_facts,
    term_facts,
    terms_called,
)
from comity.core.addresses import whole_address
from comity.processes.models import (
    Alias,
    Area,
    Body,
    Office,
    Participation,
    Process,
    Seat,
    Stage,
    Term,
    Website,
)


def process_tables() -> list[Table]:
    """Return the tables of processes, in the order in which they are described."""
    return [
        Table(
            "processes",
            _("Regional consultative processes, and forums beside them"),
            "slug",
            "slug",
            [
                *column("slug", "The last part of its address."),
                *column("kind", "process or forum."),
                *texts("name", "The name."),
                *texts("short_name", "The short name."),
                *column("region", "The region by which it is listed."),
                *dated("begins", "Since when."),
                *texts("note", "A remark."),
                *ADDRESS,
                *VERSION,
            ],
            {},
            lambda: Process.objects.filter(is_made_up=False).order_by("order", "pk"),
            _processes,
        ),
        Table(
            "aliases",
            _("Other names and spellings of processes"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *PROCESS,
                *column("name", "The name."),
                *column("language", "The language of the name."),
                *column("kind", "The kind of name."),
            ],
            TO_PROCESS,
            in_process(Alias),
            numbered(_alias),
        ),
        Table(
            "stages",
            _("Where processes stood, and when"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *PROCESS,
                *column("kind", "proposed, one-off, ongoing, dormant, concluded or merged."),
                *dated("begins", "Since when."),
                *dated("ends", "Until when."),
                *NOTE,
            ],
            TO_PROCESS,
            in_process(Stage),
            numbered(_stage),
        ),
        Table(
            "areas",
            _("Areas of interest in the words of each process, with the themes they share"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *PROCESS,
                *column("number", "Where it stands in the list of its process.", "integer"),
                *column("words", "The words of the process."),
                *column("language", "The language of the words."),
                *column("themes", "The slugs of its themes, parted by semicolons."),
            ],
            TO_PROCESS,
            lambda: in_process(Area)().prefetch_related("themes"),
            numbered(_area),
        ),
        Table(
            "websites",
            _("Web sites of processes"),
            "id",
            "pk",
            [*IDENTIFIER, *PROCESS, *column("address", "Where it is."), *NOTE],
            TO_PROCESS,
            in_process(Website),
            numbered(_website),
        ),
        Table(
            "participation",
            _("Who takes and took part in which process, and how"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *PROCESS,
                *HELD,
                *column("status", "member, participant, observer, invited, partner, suspended …"),
                *party("on_behalf_of", "The territory for which it takes part."),
                *column("is_origin", "A country of origin, says the source.", "boolean"),
                *column("is_transit", "A country of transit, says the source.", "boolean"),
                *column("is_destination", "A country of destination, says the source.", "boolean"),
                *column("name_in_source", "How the source writes the party."),
                *VERSION,
            ],
            TO_PROCESS | OF_PARTY | {"on_behalf_of": "parties"},
            lambda: participations_called(
                Participation.objects.filter(process__is_made_up=False), LAST
            ),
            numbered(participation_facts, is_cited=True),
        ),
        Table(
            "bodies",
            _("Parts of processes that meet or work by themselves"),
            "slug",
            "slug",
            [
                *column("slug", "Tells bodies apart."),
                *PROCESS,
                *texts("name", "The name."),
                *column("kind", "What kind of body it is."),
                *dated("begins", "Since when."),
                *dated("ends", "Until when."),
                *texts("terms_of_reference", "What it is for."),
                *VERSION,
            ],
            TO_PROCESS,
            in_process(Body),
            _bodies,
        ),
        Table(
            "seats",
            _("Who sits and sat in which body"),
            "id",
            "pk",
            [*IDENTIFIER, *column("body", "The slug of a body."), *HELD],
            OF_PARTY | {"body": "bodies"},
            lambda: (
                called(Seat.objects.filter(body__process__is_made_up=False), LAST)
                .annotate(body_slug=F("body__slug"))
                .order_by("body__process__order", "pk")
            ),
            numbered(_seat),
        ),
        Table(
            "terms",
            _("Who holds and held which office"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *PROCESS,
                *HELD,
                *column("office", "presidency, co-chair, secretariat, body-chair …"),
                *texts("body", "The body that is chaired."),
                *VERSION,
            ],
            TO_PROCESS | OF_PARTY,
            lambda: terms_called(
                Term.objects.filter(process__is_made_up=False).exclude(office=Office.KEEPER), LAST
            ),
            numbered(term_facts, is_cited=True),
        ),
    ]


def _processes(rows: list[Process]) -> list[Facts]:
    rests = rests_on(rows)
    return [{**process_facts(row, whole_address, rests[row.pk]), "note": row.note} for row in rows]


def _bodies(rows: list[Body]) -> list[Facts]:
    rests = rests_on(rows)
    return [body_facts(row, rests[row.pk]) for row in rows]


def _area(row: Area) -> Facts:
    return {"process": row.process.slug, "number": row.order, **area_facts(row)}


def _stage(row: Stage) -> Facts:
    return {"process": row.process.slug, **stage_facts(row)}


def _alias(row: Alias) -> Facts:
    return {
        "process": row.process.slug,
        "name": row.name,
        "language": row.language,
        "kind": row.kind,
    }


def _website(row: Website) -> Facts:
    return {"process": row.process.slug, "address": row.url, "note": row.note}


def _seat(row: Any) -> Facts:  # noqa: ANN401 -- annotated
    return {"body": row.body_slug, **seat_facts(row)}
