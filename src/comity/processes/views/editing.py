"""What every page of editing does: find the process, answer a form, show a refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import may
from comity.audit.services import EditConflict
from comity.parties.models import Party
from comity.processes.forms import HandOverForm
from comity.processes.models import Process
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request
from comity.ui.responses import render_page

EditingForm = VersionedForm | HandOverForm


def get_editable(request: Request, slug: str) -> Process:
    """Return the process of that address; whoever may not edit it finds no such page."""
    process = get_object_or_404(Process, slug=slug)
    if not may(request.user, "processes.edit", process):
        raise Http404
    return process


def name_today(party: int) -> str:
    """Return what the party of that primary key is called today."""
    return str(Party.objects.with_name(timezone.localdate()).get(pk=party))


def answer_form(
    request: Request,
    template: str,
    form: EditingForm,
    context: dict[str, object],
    *,
    save: Callable[[], object],
    to: str,
) -> HttpResponse:
    """Show ``form``; when it is sent, ``save`` and lead ``to`` the list.

    A refusal is shown at the field it is about, and a conflict with what differs.
    """
    context = {**context, "form": form, "back": context.get("back", to)}
    if request.method != "POST":
        return render_page(request, template, context)
    if form.is_valid():
        try:
            save()
        except EditConflict as conflict:
            form.accept_conflict(conflict)
            context = context | {"conflict": conflict}
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("This is saved."))
            return redirect(to)
    return render_page(request, template, context, status=422)


def show_refusal(form: EditingForm, error: ValidationError) -> None:
    """Show the sentences of ``error``, each at its field if the form has that."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, sentences in by_field.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        for sentence in sentences:
            form.add_error(field, sentence)
