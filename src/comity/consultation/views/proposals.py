"""The pages on which proposals are read, and the secretariat decides on them."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.audit.services import EditConflict
from comity.consultation.forms import DecisionForm
from comity.consultation.models import Consultation, Outcome, Proposal, rules_of
from comity.consultation.queries import ParagraphRecord, latest_of, read_record, worded
from comity.consultation.services.deciding import (
    bracket_proposals,
    merge_proposals,
    note_comment,
    reconsider_proposal,
    refuse_proposal,
    take_proposal,
)
from comity.consultation.views.finding import get_consultation, get_run
from comity.core.languages import language_name
from comity.processes.models import Process
from comity.ui.requests import Request
from comity.ui.responses import render_page

Step = Callable[[Sequence[Proposal], DecisionForm], object]


@login_required
@require_safe
def consultations(request: Request, slug: str) -> HttpResponse:
    """List the consultations of a process that the reader may see, the latest first."""
    process = get_object_or_404(Process, slug=slug)
    found = Consultation.objects.visible_to(request.user, timezone.localdate())
    rows = found.filter(call__process=process).select_related("call", "revision__text__document")
    runs = may(request.user, "processes.run", process)
    if runs:
        waiting = Count("proposals", filter=Q(proposals__outcome=Outcome.OPEN))
        rows = rows.annotate(waiting=waiting)
    elif not rows.exists():
        raise Http404
    context = {
        "process": process,
        "heading": _("Consultations on texts"),
        "rows": rows.order_by("-call__due_at", "-pk"),
        "runs": runs,
    }
    return render_page(request, "consultation/consultations.html", context)


@login_required
@require_safe
def consultation(request: Request, pk: int) -> HttpResponse:
    """Show the text with what was proposed on each paragraph, and what became of it."""
    found = get_consultation(request, pk)
    record = read_record(found, request.user, timezone.localdate())
    process = found.call.process
    assert process is not None  # -- a call belongs to a process
    context = {
        **_about(found),
        "record": record,
        "rules": rules_of(process),
        "runs": may(request.user, "consultation.run", found),
        "drafts": may(request.user, "consultation.draft", found.revision.text),
    }
    return render_page(request, "consultation/consultation.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paragraph(request: Request, pk: int, paragraph: int) -> HttpResponse:
    """Decide on what was proposed on one paragraph, side by side; 0 is the whole text."""
    found = get_run(request, pk)
    if request.method != "POST":
        return _show(request, found, paragraph)
    ours = Proposal.objects.filter(consultation=found, paragraph=paragraph or None)
    proposals = {row.pk: row for row in ours}
    for row in proposals.values():
        row.consultation = found
    form = DecisionForm(request.POST, proposals=list(proposals))
    step = _steps(request).get(request.POST.get("step", ""))
    if not form.is_valid() or step is None:
        return _show(request, found, paragraph, [_("Choose a proposal first.")], form)
    chosen = [proposals[each] for each in form.cleaned_data["proposals"]]
    try:
        step(chosen, form)
    except EditConflict:
        words = _("Somebody else decided on this since you opened the page. Look at it again.")
        return _show(request, found, paragraph, [words], form)
    except ValidationError as error:
        return _show(request, found, paragraph, error.messages, form)
    messages.success(request, _("This is decided, and the record says so."))
    return redirect(reverse("consultation:paragraph", args=[pk, paragraph]))


def _steps(request: Request) -> dict[str, Step]:
    """Return what each button does with the proposals that were chosen."""
    by = request.user

    def take(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        one, version = _one(chosen, form)
        return take_proposal(proposal=one, version=version, by=by)

    def refuse(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        one, version = _one(chosen, form)
        reason = form.cleaned_data["reason"]
        return refuse_proposal(proposal=one, reason=reason, version=version, by=by)

    def note(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        one, version = _one(chosen, form)
        reason = form.cleaned_data["reason"]
        return note_comment(proposal=one, reason=reason, version=version, by=by)

    def reopen(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        one, version = _one(chosen, form)
        return reconsider_proposal(proposal=one, version=version, by=by)

    def merge(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        given = {name: form.cleaned_data[name] for name in ("language", "words")}
        return merge_proposals(proposals=chosen, seen=form.seen(), **given, by=by)

    def bracket(chosen: Sequence[Proposal], form: DecisionForm) -> object:
        return bracket_proposals(proposals=chosen, seen=form.seen(), by=by)

    steps = (take, refuse, note, reopen, merge, bracket)
    return {step.__name__: step for step in steps}


def _one(chosen: Sequence[Proposal], form: DecisionForm) -> tuple[Proposal, int]:
    """Return the one proposal that was chosen, with its version as it was shown."""
    if len(chosen) != 1:
        raise ValidationError(_("Choose one proposal for this."), code="one")
    return chosen[0], form.seen().get(chosen[0].pk, 0)


def _show(
    request: Request,
    found: Consultation,
    paragraph: int,
    problems: Sequence[str] = (),
    form: DecisionForm | None = None,
) -> HttpResponse:
    record = read_record(found, request.user, timezone.localdate(), paragraph=paragraph or None)
    place: ParagraphRecord | None = None
    if paragraph:
        place = next(iter(record.paragraphs), None)
        if place is None:
            raise Http404
    proposals = place.proposals if place else record.general
    latest = latest_of(found)
    passage = latest.passages.filter(paragraph=paragraph).prefetch_related("wordings").first()
    languages = found.revision.text.in_order
    context = {
        **_about(found),
        "place": place,
        "paragraph": paragraph,
        "proposals": proposals,
        "now": worded(passage, languages) if passage else [],
        "latest": latest,
        "languages": [(code, language_name(code)) for code in languages],
        "problems": list(problems),
        "typed": form.data if form else {},
        "chosen": form.cleaned_data.get("proposals", []) if form else [],
    }
    template = "consultation/paragraph.html"
    return render_page(request, template, context, status=422 if problems else 200)


def _about(found: Consultation) -> dict[str, object]:
    return {
        "consultation": found,
        "call": found.call,
        "process": found.call.process,
        "revision": found.revision,
        "text": found.revision.text,
        "heading": str(found.call),
    }
