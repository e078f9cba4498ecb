"""What every page offers: a choice of languages, and how it is cited."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from comity.core.languages import language_name
from comity.ui.citing import DAY, citable, named_day
from comity.ui.pieces import Download
from comity.ui.references import FORMS, Reference, sentence
from comity.ui.requests import Request
from comity.ui.responses import render_page

COOKIE_AGE_SECONDS = 365 * 24 * 60 * 60


# Exempt: a page that carries a token cannot be kept by a cache, and the worst that a forged form
# could do is to show its victim's pages in another language.
@csrf_exempt
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Remember the reader's language in a cookie and lead back to the page they were on."""
    next_path = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_path, allowed_hosts={request.get_host()}):
        next_path = get_script_prefix()
    response = HttpResponseRedirect(next_path, status=303)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=COOKIE_AGE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def icon(request: Request) -> HttpResponse:
    """Lead to the mark of Comity: browsers and feed readers ask for it here without a page."""
    return HttpResponseRedirect(static("ui/mark.svg"))


@dataclass(frozen=True)
class Said:
    """A reference as people write it, in one language."""

    language: str
    name: str
    words: str


@require_safe
def cite(request: Request, page: str) -> HttpResponse:
    """Show how a page is cited: in each language, and as files for programs."""
    codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != get_language())
    references = {code: _reference(request, page, code) for code in codes}
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "reference": references[codes[0]],
        "page_url": f"/{page}{query}",
        "said": [
            Said(code, language_name(code), sentence(reference, code))
            for code, reference in references.items()
        ],
        "files": [
            Download(form.label, reverse("ui:cite_file", args=[name, page]) + query)
            for name, form in FORMS.items()
        ],
    }
    return render_page(request, "ui/cite.html", context)


@require_safe
def cite_file(request: Request, form: str, page: str) -> HttpResponse:
    """Hand out the reference to a page for programs that keep references."""
    if form not in FORMS:
        raise Http404(gettext("There is no such form of a reference."))
    reference = _reference(request, page, get_language() or settings.LANGUAGE_CODE)
    content = FORMS[form].write(reference)
    response = HttpResponse(content, content_type=f"{FORMS[form].media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{form}"'
    return response


def _reference(request: Request, page: str, language: str) -> Reference:
    """Return the reference to the page at that address, as the reader may see it."""
    path = f"/{page}"
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if match.view_name not in citable:
        raise Http404(gettext("This page is not one to cite."))
    entry, today = citable[match.view_name], timezone.localdate()
    shown = named_day(request.GET.get(DAY, "")) or today
    given = request.GET.dict() | {DAY: shown.isoformat()}
    with translation.override(language):
        cited = entry.read(request.user, match.kwargs, shown)
        site = settings.INSTALLATION_NAME or gettext("Regional processes on migration")
    return Reference(
        title=cited.title,
        site=f"Comity, {site}",
        address=entry.address(path, given),
        seen=today,
        of=shown if entry.is_dated else None,
        version=cited.version,
    )
