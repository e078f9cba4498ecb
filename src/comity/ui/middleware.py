"""What happens around each page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from comity.ui.errors import not_allowed
from comity.ui.requests import Request

Answer = Callable[[Request], HttpResponse]


def reader_language(answer: Answer) -> Answer:
    """Show pages in the language that the signed-in reader keeps, unless this browser has one."""

    def middleware(request: Request) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            language = request.user.language
            if language in dict(settings.LANGUAGES):
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return answer(request)

    return middleware


def refusals_as_pages(answer: Answer) -> Answer:
    """Put a page in the place of an empty refusal to answer a kind of request."""

    def middleware(request: Request) -> HttpResponse:
        response = answer(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = not_allowed(request)
            page["Allow"] = response["Allow"]
            return page
        return response

    return middleware


def files_kept_private(answer: Answer) -> Answer:
    """Let nobody keep a file that somebody signed in was handed: it may hold what is not public."""

    def middleware(request: Request) -> HttpResponse:
        response = answer(request)
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        if is_file and "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
