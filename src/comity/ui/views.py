"""The choice of a language, which every page offers."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comity.ui.requests import Request

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
