"""The documents of the processes of a party that a reader may read."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Window

from comity.accounts.models import User
from comity.core.prepared import Prepared, Rows
from comity.documents.models import Document, DocumentQuerySet
from comity.pages.queries.party_rows import SHOWN, processes_of
from comity.pages.queries.process_rows import VISITOR, Question


def _documents(visible: DocumentQuerySet, party: int, on: date, until: date) -> Any:  # noqa: ANN401 -- named tuples of a cut list
    come_out = Q(dated_earliest=None) | Q(dated_earliest__lte=until)
    return (
        visible.filter(come_out, process__in=processes_of(party, on))
        .annotate(total=Window(Count("pk")))
        .order_by(F("dated_latest").desc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "kind", "dated", "process__short_name", "total")[:SHOWN]
    )


PUBLIC_DOCUMENTS = Prepared(
    lambda party, on, until: _documents(Document.objects.visible_to(VISITOR), party, on, until)
)
# The form of the policy is the same for all who are signed in: only their key differs.
DOCUMENTS = Prepared(
    lambda party, on, until, reader, today: _documents(
        Document.objects.visible_to(User(pk=reader), today), party, on, until
    )
)


def read_documents(party: int, asked: Question) -> Rows:
    """Return the newest documents of the party's processes that the actor may read."""
    if isinstance(asked.actor, User):
        return DOCUMENTS(
            party=party,
            on=asked.on,
            until=asked.until,
            reader=asked.actor.pk,
            today=asked.today,
        )
    if asked.actor == VISITOR:
        return PUBLIC_DOCUMENTS(party=party, on=asked.on, until=asked.until)
    visible = Document.objects.visible_to(asked.actor)
    return list(_documents(visible, party, asked.on, asked.until))
