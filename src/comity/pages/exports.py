"""Files that the pages hand out."""

from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.office.tables import write_csv
from comity.office.workbooks import Column, Sheet, SheetRow, Workbook
from comity.pages.queries.process_participants import Participant, read_participants
from comity.processes.models import Process

FORMS = {"csv": "CSV", "xlsx": "Excel"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def participants_file(process: Process, on: date, form: str, *, name: str) -> HttpResponseBase:
    """Return the participants of ``process`` on a day as a file ``name`` of one of ``FORMS``."""
    participants = read_participants(process, on)
    response: HttpResponseBase
    if form == "xlsx":
        workbook = _participants_workbook(process, participants)
        # It brings 20 MB into the process that needs it, and most never do.
        from comity.office.workbook_writing import write_workbook  # noqa: PLC0415

        content = write_workbook(workbook, get_language() or "en")
        response = HttpResponse(content, content_type=XLSX)
    else:
        rows = ([*_values(each).values()] for each in participants)
        lines = write_csv([column.label for column in _columns()], rows)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _participants_workbook(process: Process, participants: list[Participant]) -> Workbook:
    rows = [SheetRow(each.url, 1, _values(each)) for each in participants]
    sheet = Sheet("participants", _("Participants"), _columns(), rows)
    return Workbook("participants", f"process:{process.slug}", [sheet])


def _columns() -> list[Column]:
    return [
        Column("party", _("Party"), width=40, locked=True),
        Column("status", _("Status"), locked=True),
        Column("behalf", _("On behalf of"), width=24, locked=True),
        Column("since", _("Since"), locked=True),
        Column("others", _("Also takes part in"), width=48, locked=True),
    ]


def _values(participant: Participant) -> dict[str, str]:
    return {
        "party": participant.name,
        "status": participant.status,
        "behalf": participant.behalf,
        "since": participant.since,
        "others": "; ".join(label.label for label in participant.others),
    }
