"""What reaches across processes: the register of requests, and the visits they pay each other."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from comity.accounts.models import User
from comity.parties.models.parties import name_of
from comity.processes.models import CLOSED, LiaisonVisit, Process, RequestState
from comity.processes.models import Request as Asked
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50
OPEN = "open"


class RegisterForm(forms.Form):
    """Which requests are wanted: of one process, in one state, or those still open."""

    process = forms.ModelChoiceField(
        Process.objects.none(),
        label=_("Process"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), (OPEN, _("not closed yet")), *RequestState.choices],
    )

    def __init__(self, *args: Any, processes: QuerySet[Process], **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        field = self.fields["process"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = processes

    def of(self, rows: QuerySet[Asked]) -> QuerySet[Asked]:
        """Keep what is wanted; what cannot be is left out, and the form says so."""
        typed = self.cleaned_data
        if process := typed.get("process"):
            rows = rows.filter(process=process)
        state = typed.get("state")
        if state == OPEN:
            return rows.exclude(state__in=CLOSED)
        return rows.filter(state=state) if state else rows


@login_required
@require_safe
def requests(request: Request) -> HttpResponse:
    """List the requests that the reader may read, of all processes, the latest first."""
    today = timezone.localdate()
    visible = Asked.objects.visible_to(request.user, today)
    processes = Process.objects.filter(pk__in=visible.values("process"))
    form = RegisterForm(request.GET, processes=processes)
    form.is_valid()
    rows = form.of(visible).annotate(party_name=name_of("party", today))
    page = Paginator(rows.select_related("process", "meeting"), PAGE_SIZE)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    return render_page(request, "processes/requests_across.html", context)


@login_required
@require_safe
def visits(request: Request) -> HttpResponse:
    """List the visits that the reader's processes pay and have, the latest first."""
    today = timezone.localdate()
    run = Process.objects.run_by(request.user, today)
    if not isinstance(request.user, User) or not run.exists():
        raise Http404
    own = set(run.values_list("pk", flat=True))
    rows = LiaisonVisit.objects.visible_to(request.user, today)
    page = Paginator(rows.select_related("process", "visited", "meeting"), PAGE_SIZE)
    context = {"page": page.get_page(request.GET.get("page")), "own": own, "today": today}
    return render_page(request, "processes/visits_across.html", context)
