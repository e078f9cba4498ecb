"""The overview of all processes: shown, and handed out as a document."""

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.accounts.models import User
from comity.core.addresses import whole_address
from comity.core.languages import LANGUAGE_NAMES
from comity.pages.forms import MADE_UP, RecordForm
from comity.pages.overview import FILES
from comity.pages.overview_jobs import ask_for_overview, drawn_overview, file_name, is_long
from comity.pages.queries.overview import read_overview
from comity.pages.views.choices import choices_of, kept_beside
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import refuse, render_page

LANGUAGES = ("en", "es", "fr")


class OverviewForm(RecordForm):
    """Which processes, as of which day, and in which language; the reader's comes first."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the document"),
        required=False,
        choices=lambda: [
            (code, LANGUAGE_NAMES[code])
            for code in sorted(LANGUAGES, key=lambda code: code != get_language())
        ],
    )

    @property
    def in_language(self) -> str:
        """The language chosen; the reader's where none is, or one that cannot be."""
        self.is_valid()
        own = get_language() or ""
        return self.cleaned_data.get("language") or (own if own in LANGUAGES else LANGUAGES[0])

    @property
    def query(self) -> str:
        """What follows an address, so that it names all that was chosen, be it by default."""
        chosen = {"on": self.on_day.isoformat(), "language": self.in_language}
        if self.is_made_up:
            chosen["record"] = MADE_UP
        return f"?{urlencode(chosen)}"


@require_safe
def overview(request: Request) -> HttpResponse:
    """Show the overview of a day, in a language of its own, as its files have it."""
    return render_page(request, "pages/overview.html", _shown(request, OverviewForm(request.GET)))


def _shown(request: Request, form: OverviewForm) -> dict[str, object]:
    with override(form.in_language):
        found = read_overview(form.on_day, made_up=form.is_made_up)
    return {
        "form": form,
        "overview": found,
        "choices": [choices_of(request, form, "language"), choices_of(request, form, "record")],
        "kept": kept_beside(request, ["on"]),
        "files": [
            Download(each.label, reverse("pages:overview_file", args=[ending]) + form.query)
            for ending, each in FILES.items()
        ],
    }


@require_safe
def overview_file(request: Request, form: str) -> HttpResponse:
    """Hand out the overview as a Word file or as a PDF; a long one is drawn by the worker.

    What cannot be chosen is said on the page, as the page itself says it.
    """
    asked = OverviewForm(request.GET)
    if form not in FILES:
        raise Http404(_("There is no such form of this overview."))
    if not asked.is_valid():
        return refuse(request, "pages/overview.html", _shown(request, asked))
    address = whole_address(reverse("pages:overview") + asked.query)
    if is_long(made_up=asked.is_made_up):
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        job = ask_for_overview(
            by=request.user,
            form=form,
            on=asked.on_day.isoformat(),
            language=asked.in_language,
            record=MADE_UP if asked.is_made_up else "",
            address=address,
        )
        return redirect(job)
    with override(asked.in_language):
        found = read_overview(asked.on_day, made_up=asked.is_made_up)
    content = FILES[form].draw(found, address)
    return _as_file(file_name(found.on, found.language, form), content, form)


@require_safe
def overview_drawn(_request: Request, key: str, form: str) -> HttpResponse:
    """Hand out an overview that the worker has drawn; nobody guesses where it is."""
    drawn = drawn_overview(key)
    if form not in FILES or drawn is None:
        raise Http404(_("This overview is no longer kept. Ask for it again."))
    return _as_file(*drawn, form)


def _as_file(name: str, content: bytes, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FILES[form].content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
