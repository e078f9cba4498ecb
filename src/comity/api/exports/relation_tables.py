"""The tables of who is named for which meeting, of partners, and of regional groupings."""

from django.utils.translation import gettext_lazy as _

from comity.api.exports.columns import IDENTIFIER, PROCESS, VERSION, column, party
from comity.api.exports.tables import LAST, NOTE, OF_PARTY, TO_PROCESS, Table, numbered, on_record
from comity.api.facts.processes import called
from comity.api.facts.relations import attendance_facts, grouping_facts, partnership_facts
from comity.processes.models import Attendance, Grouping, Partnership


def relation_tables() -> list[Table]:
    """Return the tables of relations, in the order in which they are described."""
    return [
        Table(
            "attendances",
            _("Who was there"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *column("meeting", "The slug of a meeting."),
                *column("number", "Where it stands in the list of its meeting.", "integer"),
                *party("party", "Whom the source names; empty for a group of several."),
                *column("name_in_source", "How the source writes it."),
                *column("role", "As what."),
                *NOTE,
            ],
            OF_PARTY | {"meeting": "meetings"},
            lambda: (
                called(
                    Attendance.objects.filter(on_record("meeting__process"), on_record("party")),
                    LAST,
                )
                .select_related("meeting")
                .order_by("meeting__slug", "order", "pk")
            ),
            numbered(attendance_facts, is_cited=True),
        ),
        Table(
            "partnerships",
            _("Partners"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *column("process", "The slug of a process; empty for one of none in particular."),
                *party("party", "Who is the partner, where it is a party."),
                *column("partner_process", "The slug of a process that is the partner."),
                *column("name_in_source", "How the source writes the partner."),
                *column("role", "What it does, in the words of the source."),
                *VERSION,
            ],
            TO_PROCESS | OF_PARTY | {"partner_process": "processes"},
            lambda: (
                called(
                    Partnership.objects.filter(
                        on_record(), on_record("party"), on_record("partner_process")
                    ),
                    LAST,
                )
                .select_related("process", "partner_process")
                .order_by("process__order", "process", "order", "pk")
            ),
            numbered(partnership_facts, is_cited=True),
        ),
        Table(
            "groupings",
            _("Regional groupings and migration"),
            "id",
            "pk",
            [
                *IDENTIFIER,
                *column("region", "The region by which it is listed."),
                *column("focus", "focus or interest: what migration is to it."),
                *column("number", "Where it stands in its list.", "integer"),
                *column("name", "The name."),
                *column("acronym", "How it is called for short."),
                *PROCESS,
                *party("party", "The party that it is, where it is one."),
                *NOTE,
                *VERSION,
            ],
            TO_PROCESS | OF_PARTY,
            lambda: (
                called(Grouping.objects.filter(on_record(), on_record("party")), LAST)
                .select_related("process")
                .order_by("region", "focus", "order")
            ),
            numbered(grouping_facts, is_cited=True),
        ),
    ]
