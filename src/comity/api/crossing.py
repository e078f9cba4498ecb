"""Let pages of other hosts ask the API from a browser, and programs ask for heads alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import patch_cache_control, patch_vary_headers

View = Callable[..., HttpResponseBase]

METHODS: Final = "GET, HEAD, OPTIONS"
DAY_SECONDS: Final = 24 * 60 * 60
# What an answer depends on beside its address.
DEPENDS_ON: Final = ("Accept-Language", "Authorization", "Cookie")


def open_to_all(patterns: list[Any]) -> list[Any]:
    """Return the addresses of the API, open to programs of every host."""
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        pattern.callback = _opened(pattern.callback)
    return patterns


def _opened(view: View) -> View:
    """Return ``view`` with the ways of asking that ninja leaves out."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- what the address gives
        if request.method == "OPTIONS":
            return _may_ask()
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response["Allow"] = METHODS
        _say_to_whom(request, response)
        return _head_of(response) if is_head else response

    return opened


def _may_ask() -> HttpResponse:
    """Tell a browser what a page of another host may ask; it keeps that for a day."""
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = str(DAY_SECONDS)
    return response


def _say_to_whom(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let every host read what everybody may read; what a person reads is theirs alone.

    No other host gets an answer that a token or a session opened.
    """
    patch_vary_headers(response, DEPENDS_ON)
    if "Authorization" in request.headers or request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
        return
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"


def _head_of(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer without its content, which says how long that would be."""
    if isinstance(response, HttpResponse) and response.status_code != 304:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
