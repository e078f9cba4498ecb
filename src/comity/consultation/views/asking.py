"""The pages on which a secretariat says how its process negotiates, and asks for words."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.accounts.authority import may
from comity.consultation.forms import ConsultationForm, RulesForm
from comity.consultation.models import rules_of
from comity.consultation.permissions import process_of
from comity.consultation.services.consulting import prepare_consultation
from comity.consultation.services.rules import set_rules
from comity.core.facts import in_force
from comity.parties.models import Party
from comity.processes.models import Participation, Process, Status
from comity.processes.views.editing import get_editable
from comity.texts.models import Revision
from comity.ui.answering import answer_form
from comity.ui.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request, slug: str) -> HttpResponse:
    """Say who sees who proposed, who reads drafts, who drafts, and what becomes of the record."""
    process = get_editable(request, slug, "processes.run")
    form = RulesForm(request.POST or None, rules=rules_of(process))
    to = reverse("consultation:consultations", args=[slug])
    context = {"process": process, "heading": _("Rules of consultation")}
    return answer_form(
        request,
        "consultation/form.html",
        form,
        context,
        save=lambda: set_rules(
            process=process,
            facts=form.facts(),
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        to=to,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: Request, revision: int) -> HttpResponse:
    """Prepare a call for words on a revision that was circulated."""
    found = Revision.objects.select_related("text__document__process")
    row = get_object_or_404(found, pk=revision)
    process = process_of(row.text)
    if process is None or not may(request.user, "consultation.run_text", row.text):
        raise Http404
    form = ConsultationForm(
        request.POST or None,
        process=process,
        members=_members(process),
        initial={"subject": row.text.document.title},
    )
    context = {"process": process, "heading": _("Ask members for words"), "revision": row}
    return answer_form(
        request,
        "consultation/form.html",
        form,
        context,
        save=lambda: prepare_consultation(revision=row, facts=form.facts(), by=request.user),
        to=reverse("consultation:consultations", args=[process.slug]),
        address_of=lambda saved: reverse("calls:call", args=[saved.call_id]),
    )


def _members(process: Process) -> object:
    today = timezone.localdate()
    held = Participation.objects.filter(in_force(today), process=process, status=Status.MEMBER)
    members = held.unless_suspended(today).values("party")
    return Party.objects.with_name(today).filter(pk__in=members)
