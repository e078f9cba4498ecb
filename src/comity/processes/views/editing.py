"""What every page of editing does: find the process, answer a form, remove a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.accounts.authority import may
from comity.audit.models import Versioned
from comity.processes.forms import RemovalForm
from comity.processes.models import Process
from comity.ui.answering import answer_form
from comity.ui.forms import VersionedForm
from comity.ui.requests import Request
from comity.ui.responses import render_page


def get_editable(request: Request, slug: str, permission: str = "processes.edit") -> Process:
    """Return the process of that address; whoever may not edit it finds no such page."""
    process = get_object_or_404(Process, slug=slug)
    if not may(request.user, permission, process):
        raise Http404
    return process


@dataclass(frozen=True)
class FormPage:
    """A page with one form: on a row of a process that exists, or on a new one.

    ``part`` names the list to which it belongs and to which saving leads back, unless ``to``
    says where else; there, ``mark`` and its key mark the row. A row that can be removed has a
    ``remove_url``.
    """

    process: Process
    part: str
    heading: str
    row: Versioned | None = None
    to: str = ""
    back: str = ""
    mark: str = "row"
    remove_url: str = ""
    template: str = "processes/form.html"
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def list_url(self) -> str:
        """The address to which saving leads."""
        return self.to or reverse(f"processes:{self.part}", args=[self.process.slug])

    def context(self, form: VersionedForm | None = None) -> dict[str, object]:
        """Return what the template needs."""
        return {
            "process": self.process,
            "part": self.part,
            "heading": self.heading,
            "row": self.row,
            "remove_url": self.remove_url,
            "form": form,
            "back": self.back or self.list_url,
            **self.more,
        }

    def answer(
        self, request: Request, form: VersionedForm, save: Callable[[], Model]
    ) -> HttpResponse:
        """Show ``form``; when it is sent, ``save`` and lead to the row in its list."""
        return answer_form(
            request,
            self.template,
            form,
            self.context(),
            save=save,
            to=self.list_url,
            address_of=self._address_of,
        )

    def _address_of(self, saved: Model) -> str:
        at = "" if saved == self.process else f"#{self.mark}-{saved.pk}"
        return f"{self.list_url}{at}"

    def answer_removal(self, request: Request, remove: Callable[[int], object]) -> HttpResponse:
        """Remove the row as the editor saw it, or say why not."""
        words = _("“%(name)s” is removed.") % {"name": self.heading}
        return self.answer_change(request, remove, words)

    def answer_change(
        self, request: Request, change: Callable[[int], object], words: str = ""
    ) -> HttpResponse:
        """Do what a button does to what the editor saw, say ``words``, or say why not."""
        form = RemovalForm(request.POST)
        try:
            change(form.seen_version)
        except ValidationError as error:
            context = self.context() | {"problems": error.messages}
            return render_page(request, "processes/refused.html", context, status=422)
        messages.success(request, words or _("This is saved."))
        return redirect(self.list_url)
