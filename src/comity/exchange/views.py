"""The pages on other installations: what is theirs, and whom this one asks."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.audit.queries import read_history
from comity.exchange.forms import RowForm, SubscriptionForm
from comity.exchange.models import RemoteProcess, Subscription
from comity.exchange.queries import (
    installations,
    meetings_of,
    region_words,
    subscription_events,
    subscriptions,
)
from comity.exchange.services import (
    ask_again,
    change_subscription,
    pause,
    resume,
    subscribe,
    unsubscribe,
)
from comity.ui.answering import answer_form
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@require_safe
def processes(request: Request) -> HttpResponse:
    """List the processes of other installations, as they say."""
    context = {
        "installations": installations(),
        "can_subscribe": may(request.user, "exchange.subscribe", None),
    }
    return render_page(request, "exchange/processes.html", context)


@require_safe
def process(request: Request, slug: str, process: str) -> HttpResponse:
    """Show a process of another installation with its meetings, as it says."""
    rows = RemoteProcess.objects.select_related("subscription")
    row = get_object_or_404(rows, subscription__slug=slug, slug=process)
    context = {
        "process": row,
        "region": region_words(row),
        "installation": row.subscription,
        "meetings": meetings_of(row),
    }
    return render_page(request, "exchange/process.html", context)


@require_safe
def subscription_list(request: Request) -> HttpResponse:
    """List whom this installation asks, and how it goes."""
    _require(request)
    return render_page(request, "exchange/subscriptions.html", {"subscriptions": subscriptions()})


@require_safe
def history(request: Request) -> HttpResponse:
    """Show who subscribed to what, changed and removed it, latest first."""
    _require(request)
    events = subscription_events().select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": read_history(page)}
    return render_page(request, "exchange/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Subscribe to another installation."""
    _require(request)
    form = SubscriptionForm(request.POST or None)
    context: dict[str, object] = {"heading": _("Subscribe to another installation")}

    def save() -> None:
        subscribe(address=form.cleaned_data["address"], facts=form.facts(), by=request.user)

    return _answer(request, form, context, save)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, slug: str) -> HttpResponse:
    """Change how an installation is called here, and what of it is wanted."""
    row = _get(request, slug)
    form = SubscriptionForm(request.POST or None, row=row)

    def save() -> None:
        version = form.cleaned_data["version"]
        change_subscription(subscription=row, facts=form.facts(), version=version, by=request.user)

    return _answer(request, form, {"heading": row.name, "subscription": row}, save)


@require_POST
def stop(request: Request, slug: str) -> HttpResponse:
    """Pause a subscription."""
    return _act(request, slug, pause)


@require_POST
def go_on(request: Request, slug: str) -> HttpResponse:
    """Resume a subscription."""
    return _act(request, slug, resume)


@require_POST
def remove(request: Request, slug: str) -> HttpResponse:
    """Remove a subscription with all that was fetched."""
    return _act(request, slug, unsubscribe)


def _act(request: Request, slug: str, service: Callable[..., object]) -> HttpResponse:
    """Do with a subscription what ``service`` does, unless somebody has changed it since."""
    row = _get(request, slug)
    form = RowForm(request.POST)

    def save() -> None:
        service(subscription=row, version=form.cleaned_data["version"], by=request.user)

    return _answer(request, form, {"heading": row.name}, save)


@require_POST
def ask(request: Request, slug: str) -> HttpResponse:
    """Have the worker ask the other side now."""
    row = _get(request, slug)
    try:
        ask_again(subscription=row, by=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("It is asked now. Look again in a minute."))
    return redirect("exchange:subscriptions")


def _answer(
    request: Request,
    form: SubscriptionForm | RowForm,
    context: dict[str, object],
    save: Callable[[], None],
) -> HttpResponse:
    to = reverse("exchange:subscriptions")
    return answer_form(request, "exchange/form.html", form, context, save=save, to=to)


def _require(request: Request) -> None:
    """Refuse as if there were no such page whoever does not run this installation."""
    if not may(request.user, "exchange.subscribe", None):
        raise Http404


def _get(request: Request, slug: str) -> Subscription:
    _require(request)
    return get_object_or_404(Subscription, slug=slug)
