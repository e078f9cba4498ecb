"""Files that the pages hand out."""

from datetime import date

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.office.tables import write_csv
from comity.pages.queries.process import ProcessPage
from comity.processes.models import Process

FORMS = {"csv": "CSV"}


def participants_file(process: Process, actor: Actor, on: date, form: str) -> StreamingHttpResponse:
    """Return the participants of ``process`` on a day as a file of the given form."""
    page = ProcessPage(process, actor, on)
    columns = [_("Party"), _("Status"), _("On behalf of"), _("Since"), _("Also takes part in")]
    rows = [
        [
            each.name,
            each.status,
            each.behalf,
            each.since,
            "; ".join(label.label for label in each.others),
        ]
        for each in page.participants
    ]
    response = StreamingHttpResponse(write_csv(columns, rows), content_type="text/csv")
    name = f"{process.slug}-participants.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
