"""What every page with a form on one row does: show it, save, or say why that is refused."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comity.audit.services import EditConflict
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request
from comity.ui.responses import render_page

Saved = TypeVar("Saved")


def answer_form(
    request: Request,
    template: str,
    form: VersionedForm,
    context: Mapping[str, object],
    *,
    save: Callable[[], Saved],
    to: str,
    address_of: Callable[[Saved], str] | None = None,
) -> HttpResponse:
    """Show ``form``; when it is sent, ``save`` and lead ``to`` the list.

    With ``address_of``, saving leads to the address of what was saved. A refusal is shown at the
    field it is about, and a conflict with what differs.
    """
    shown = {"back": to, **context, "form": form}
    if request.method != "POST":
        return render_page(request, template, shown)
    if form.is_valid():
        try:
            saved = save()
        except EditConflict as conflict:
            form.accept_conflict(conflict)
            shown["conflict"] = conflict
        except ValidationError as error:
            _show_refusal(form, error)
        else:
            messages.success(request, _("This is saved."))
            return redirect(address_of(saved) if address_of else to)
    return render_page(request, template, shown, status=422)


def _show_refusal(form: VersionedForm, error: ValidationError) -> None:
    """Show the sentences of ``error``, each at its field if the form has that."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, sentences in by_field.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        for sentence in sentences:
            form.add_error(field, sentence)
