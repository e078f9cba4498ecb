"""The pages that say what went wrong, and what the reader can do."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.ui.navigation import ways_on

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the server could not read what was sent."""
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request,
            413,
            _("This is more than the platform takes at once"),
            _("Send the text in parts, or the file in a smaller size. Nothing was saved."),
        )
    return _page(
        request,
        400,
        _("The platform could not read this"),
        _("Go back, load the page again and repeat your last step. Nothing was saved."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the reader may see the thing but not do this with it."""
    return _page(
        request,
        403,
        _("You may see this, but you may not do it"),
        _("Rights follow from the office that you hold on this day. Nothing was changed."),
        _("If you should hold one, write to the secretariat of the process."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here for this reader, and never whether anything is."""
    return _page(
        request,
        404,
        _("There is nothing at this address, or nothing that you may see"),
        _(
            "Texts under consultation, lists of names and answers that a State has not cleared"
            " are shown only to those entitled to them."
        ),
    )


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Say that the address takes no request of this kind."""
    return _page(
        request,
        405,
        _("This address does not answer requests of this kind"),
        _("You may have opened a step of a form by itself. Start again from its page."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token: from an old page, or from elsewhere."""
    return _page(
        request,
        403,
        _("This form is no longer valid"),
        _(
            "It was opened before you signed in or out, too long ago, or in a browser that keeps"
            " no cookies. Nothing was saved."
        ),
        _("Go back, load the page again and send the form once more."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the platform failed. The page asks no database: that may be what failed."""
    try:
        return _page(
            None,
            500,
            _("Something went wrong here, not on your side"),
            _("The failure has been noted. What was not confirmed to you was not saved."),
            _("Try again in a few minutes; if it goes on, write to those who run the platform."),
        )
    except Exception:  # the last page there is: it must not fail too
        logger.exception("The page on the failure failed.")
        return HttpResponse("Something went wrong here, not on your side.", status=500)


def _page(
    request: HttpRequest | None, status: int, heading: str, words: str, advice: str = ""
) -> HttpResponse:
    # A host that is refused is refused before anybody could ask who is reading.
    signed_in = isinstance(getattr(request, "user", None), User)
    context = {
        "status": status,
        "heading": heading,
        "words": words,
        "advice": advice,
        "offer_sign_in": status in {403, 404} and not signed_in,
        "ways_on": ways_on(signed_in=signed_in),
    }
    return HttpResponse(render_to_string("ui/error.html", context, request), status=status)
