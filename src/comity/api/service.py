"""The API as a whole: who asks, how it refuses, where it stands."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.operation import Operation

from comity.accounts.services import user_of_token
from comity.api.asking import UnknownParametersError
from comity.api.routes import parties, processes, records

BEARER = "bearer"
Answer = Callable[..., HttpResponse]


class Service(NinjaAPI):
    """The API; each question goes by the name of its function."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name by which programs written from the description call a question."""
        return str(operation.view_func.__name__)


api = Service(
    title="Comity",
    version="1",
    description=(
        "What this installation publishes on regional consultative processes on migration."
        " Without a token you read what everybody may; with one, what you may. Texts come in all"
        " their languages; names of parties in the language of Accept-Language."
    ),
    urls_namespace="api",
    docs_url=None,
)


def reader(request: HttpRequest) -> bool:
    """Let everybody in: with a token as its person, else as who is signed in or a visitor."""
    given = request.headers.get("Authorization", "")
    if not given:
        return True
    scheme, _space, secret = given.partition(" ")
    # The name of a scheme may be written in capitals or not.
    user = user_of_token(secret.strip()) if scheme.lower() == BEARER else None
    if user is None:
        return False
    request.user = user
    return True


@api.exception_handler(ValidationError)
def refuse_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each parameter that cannot be, and why."""
    lines = [
        {"parameter": str(each["loc"][-1]), "reason": str(each["msg"])} for each in error.errors
    ]
    return api.create_response(request, {"detail": lines}, status=422)


@api.exception_handler(UnknownParametersError)
def refuse_names(request: HttpRequest, error: UnknownParametersError) -> HttpResponse:
    """Name each parameter that this question does not know, or that is given twice."""
    twice = {name for name, given in request.GET.lists() if len(given) > 1}
    lines = [
        {
            "parameter": name,
            "reason": _("Give this parameter once.")
            if name in twice
            else _("This question has no such parameter."),
        }
        for name in error.args
    ]
    return api.create_response(request, {"detail": lines}, status=422)


@api.exception_handler(Http404)
def refuse_address(request: HttpRequest, _error: Http404) -> HttpResponse:
    """Say that there is nothing here, whatever the reason."""
    line = {
        "parameter": "address",
        "reason": _("There is nothing at this address."),
    }
    return api.create_response(request, {"detail": [line]}, status=404)


@api.exception_handler(AuthenticationError)
def refuse_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Say that the token opens nothing, and how to leave it out."""
    reason = _("This token is not valid, or no more. Make a new one on the page of your account.")
    line = {"parameter": "Authorization", "reason": reason}
    response = api.create_response(request, {"detail": [line]}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


def kept_by_nobody(answer: Answer) -> Answer:
    """Have no cache keep what was answered to somebody in particular."""

    @wraps(answer)
    def answer_with_caching(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = answer(request, *args, **kwargs)
        if request.user.is_authenticated or "Authorization" in request.headers:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer_with_caching


api.add_decorator(conditional_page, mode="view")
api.add_decorator(kept_by_nobody, mode="view")
for each in (parties.router, processes.router, records.router):
    api.add_router("", each, auth=reader)
