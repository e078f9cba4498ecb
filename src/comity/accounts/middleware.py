"""Nobody goes on without a second factor where one is required."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

SESSION_KEY = "has_second_factor"
# What somebody needs in order to set one up, or to leave.
OPEN = {"account_logout", "account_reauthenticate", "ui:language"}


class SecondFactorMiddleware:
    """Sends who signed in without a second factor to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; ``process_view`` has the say."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: object,
        _args: object,
        _kwargs: object,
    ) -> HttpResponseBase | None:
        """Redirect where a second factor is required, missing, and not being set up."""
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in OPEN or page.startswith("mfa_"):
            return None
        # Once in a session: the last factor cannot be removed where one is required.
        if not request.session.get(SESSION_KEY):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
            request.session[SESSION_KEY] = True
        return None
