"""The page of an adoption, its steps, and the rule of a process."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.elements.forms import RuleForm
from comity.elements.models import AdoptionRule
from comity.elements.queries.adopting import rule_of
from comity.elements.queries.adoption import latest_adoption, read_adoption
from comity.elements.services import set_rule
from comity.elements.views.acts import ACTS
from comity.elements.views.finding import find_text, process_of
from comity.processes.views.editing import get_editable
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def adoption(request: Request, slug: str) -> HttpResponse:
    """Show how a text is adopted: the rule, where it stands, and what is missing."""
    text = find_text(request, slug)
    latest, rule = latest_adoption(text), rule_of(text.document.process)
    context = {
        "acts": [
            (name, step.heading)
            for name, step in ACTS.items()
            if step.is_at_hand(latest, rule) and may(request.user, step.permission, text)
        ],
        "document": text.document,
        "process": process_of(text),
        "page": read_adoption(text, request.user, timezone.localdate()),
        "can_set_rule": may(request.user, "processes.run", process_of(text)),
    }
    return render_page(request, "elements/adoption.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, slug: str, name: str) -> HttpResponse:
    """Take one step of adopting a text."""
    text = find_text(request, slug)
    step = ACTS.get(name)
    latest = latest_adoption(text)
    if step is None or not may(request.user, step.permission, text):
        raise Http404
    if not step.is_at_hand(latest, rule_of(text.document.process)):
        raise Http404
    under_way = latest if latest and (not latest.is_over or name == "late") else None
    form = step.form(request.POST or None, text=text, adoption=under_way)
    return answer_form(
        request,
        "elements/form.html",
        form,
        {"heading": step.heading, "process": process_of(text), "document": text.document},
        save=lambda: step.do(form, request.user),
        to=reverse("elements:adoption", args=[slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: Request, slug: str) -> HttpResponse:
    """Say by which rule a process adopts its texts."""
    process = get_editable(request, slug, "processes.run")
    row = AdoptionRule.objects.filter(process=process).first()
    form = RuleForm(request.POST or None, process=process, row=row)
    return answer_form(
        request,
        "elements/form.html",
        form,
        {"heading": _("How texts are adopted"), "process": process},
        save=lambda: set_rule(
            process=process,
            facts=form.facts(),
            version=form.seen_version if row else None,
            by=request.user,
        ),
        to=process.get_absolute_url(),
    )
