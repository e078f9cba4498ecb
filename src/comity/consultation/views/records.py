"""The page on which a sealed record is opened, for a reason that is kept."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.consultation.forms import ReasonForm
from comity.consultation.models import ClosedRecord
from comity.consultation.services.records import open_record
from comity.core.addresses import whole_address
from comity.core.languages import language_name
from comity.parties.models import Party
from comity.ui.requests import Request
from comity.ui.responses import render_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, slug: str) -> HttpResponse:
    """Say what became of the record of a text; open a sealed one, each time for a reason."""
    rows = ClosedRecord.objects.select_related("text__document__process")
    closed = get_object_or_404(rows, text__document__slug=slug)
    if not isinstance(request.user, User) or not may(
        request.user, "consultation.open_record", closed
    ):
        raise Http404
    form = ReasonForm(request.POST or None)
    openings = list(closed.openings.all())
    names = names_of({each.opened_by_id for each in openings if each.opened_by_id})
    context: dict[str, object] = {
        "process": closed.text.document.process,
        "heading": _("Negotiating record"),
        "closed": closed,
        "form": form,
        "openings": [(each, names.get(each.opened_by_id or 0, "")) for each in openings],
    }
    if request.method == "POST" and form.is_valid():
        try:
            content = open_record(
                closed=closed,
                reason=form.cleaned_data["reason"],
                by=request.user,
                site=whole_address(""),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            context["lines"] = _lines(content)
    return render_page(
        request, "consultation/record.html", context, status=422 if form.errors else 200
    )


def _lines(content: dict[str, object]) -> list[dict[str, object]]:
    """Return each proposal of an opened record, with the name of its author."""
    consultations = content["consultations"]
    assert isinstance(consultations, list)
    proposals = [each for one in consultations for each in one["proposals"]]
    codes = {each["party"] for each in proposals}
    named = Party.objects.with_name(timezone.localdate()).filter(code__in=codes)
    names = {party.code: str(party) for party in named}
    return [
        {
            **each,
            "who": names.get(each["party"], each["party"]),
            "in_language": language_name(each["language"]),
        }
        for each in proposals
    ]
