"""What every page of editing of a party does: find the party, answer a form, show a refusal."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import may
from comity.audit.services import EditConflict
from comity.parties.forms import DayForm
from comity.parties.models import Party
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request
from comity.ui.responses import render_page


def get_party(request: Request, code: str, permission: str) -> Party:
    """Return the party of that code, called by its name of today.

    Whoever does not hold ``permission`` on it finds no such page.
    """
    party = get_object_or_404(Party.objects.with_name(timezone.localdate()), code=code)
    if not may(request.user, permission, party):
        raise Http404
    return party


def day_of(request: Request) -> tuple[date, DayForm]:
    """Return the day that the address names, else today, and the form in which it is chosen."""
    form = DayForm(request.GET if request.GET.get("on") else None)
    today = timezone.localdate()
    chosen = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    return chosen or today, form


def answer_form(
    request: Request,
    template: str,
    form: VersionedForm,
    context: dict[str, object],
    *,
    save: Callable[[], object],
    to: str,
) -> HttpResponse:
    """Show ``form``; when it is sent, ``save`` and lead ``to`` the list.

    A refusal is shown at the field it is about, and a conflict with what differs.
    """
    context = {"back": to, **context, "form": form}
    if request.method != "POST":
        return render_page(request, template, context)
    if form.is_valid():
        try:
            save()
        except EditConflict as conflict:
            form.accept_conflict(conflict)
            context = context | {"conflict": conflict}
        except ValidationError as error:
            _show_refusal(form, error)
        else:
            messages.success(request, _("This is saved."))
            return redirect(to)
    return render_page(request, template, context, status=422)


def _show_refusal(form: VersionedForm, error: ValidationError) -> None:
    """Show the sentences of ``error``, each at its field if the form has that."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, sentences in by_field.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        for sentence in sentences:
            form.add_error(field, sentence)
