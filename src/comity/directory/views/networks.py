"""The pages on which the networks of contacts of a process are read and edited."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.authority import may
from comity.directory.exports import FORMS
from comity.directory.forms import ContactForm, ContactRowForm, NetworkForm
from comity.directory.queries import networks_of, places_in, reachable
from comity.directory.views.people import get_process
from comity.parties.views.editing import day_of
from comity.processes.services.relations import (
    add_contact,
    add_network,
    confirm_contact,
    remove_contact,
    remove_network,
    rename_network,
)
from comity.ui.answering import answer_form
from comity.ui.pieces import Download
from comity.ui.requests import Request
from comity.ui.responses import render_page


@require_safe
def networks(request: Request, slug: str) -> HttpResponse:
    """List the networks of a process."""
    process = get_process(request, slug, "directory.read")
    context = {
        "process": process,
        "part": "networks",
        "networks": networks_of(process, request.user),
        "can_edit": may(request.user, "processes.run", process),
    }
    return render_page(request, "directory/networks.html", context)


@require_safe
def network(request: Request, slug: str, pk: int) -> HttpResponse:
    """Show who is in a network, with post and address, and when each was last confirmed."""
    process = get_process(request, slug, "directory.read")
    row = get_object_or_404(process.networks, pk=pk)
    on, day_form = day_of(request)
    today = timezone.localdate()
    asked = f"?network={pk}&on={on.isoformat()}" if on != today else f"?network={pk}"
    files = [
        Download(label, f"{reverse('directory:directory_export', args=[slug, name])}{asked}")
        for name, label in FORMS.items()
    ]
    places = places_in(row, on, request.user)
    context = {
        "process": process,
        "part": "networks",
        "network": row,
        "on": on,
        "places": places,
        "stale": sum(place.is_stale and not place.has_ended for place in places),
        "day_form": day_form,
        "files": files,
        "can_edit": on == today and may(request.user, "processes.run", process),
    }
    return render_page(request, "directory/network.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def network_add(request: Request, slug: str) -> HttpResponse:
    """Add a network to a process."""
    process = get_process(request, slug, "processes.run")
    form = NetworkForm(request.POST or None)
    context = {"process": process, "part": "networks", "heading": _("Add a network")}

    def save() -> None:
        add_network(process=process, name=form.cleaned_data["name"], by=request.user)

    to = reverse("directory:networks", args=[slug])
    return answer_form(request, "directory/form.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def network_rename(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change what a network is called."""
    process = get_process(request, slug, "processes.run")
    row = get_object_or_404(process.networks, pk=pk)
    form = NetworkForm(request.POST or None, row=row)
    context = {"process": process, "part": "networks", "heading": str(row)}

    def save() -> None:
        typed = form.cleaned_data
        rename_network(network=row, name=typed["name"], version=typed["version"], by=request.user)

    to = reverse("directory:network", args=[slug, pk])
    return answer_form(request, "directory/form.html", form, context, save=save, to=to)


@require_POST
def network_remove(request: Request, slug: str, pk: int) -> HttpResponse:
    """Remove a network in which nobody is."""
    process = get_process(request, slug, "processes.run")
    row = get_object_or_404(process.networks, pk=pk)
    form = ContactRowForm(request.POST)
    context = {
        "process": process,
        "part": "networks",
        "heading": str(row),
        "back": reverse("directory:network", args=[slug, pk]),
    }

    def save() -> None:
        remove_network(network=row, version=form.cleaned_data["version"], by=request.user)

    to = reverse("directory:networks", args=[slug])
    return answer_form(request, "directory/refused.html", form, context, save=save, to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """Put a person into a network."""
    process = get_process(request, slug, "processes.run")
    row = get_object_or_404(process.networks, pk=pk)
    form = ContactForm(
        request.POST or None, people=reachable(process, timezone.localdate(), request.user)
    )
    context = {"process": process, "part": "networks", "heading": str(row)}

    def save() -> None:
        add_contact(network=row, affiliation=form.chosen(), by=request.user)

    to = reverse("directory:network", args=[slug, pk])
    return answer_form(request, "directory/form.html", form, context, save=save, to=to)


@require_POST
def contact_confirm(request: Request, slug: str, pk: int, contact: int) -> HttpResponse:
    """Say that a contact still holds today."""
    process = get_process(request, slug, "processes.run")
    row = get_object_or_404(process.networks, pk=pk)
    held = get_object_or_404(row.contacts.select_related("network__process"), pk=contact)
    form = ContactRowForm(request.POST)
    context = {"process": process, "part": "networks", "heading": str(row)}

    def save() -> None:
        confirm_contact(contact=held, version=form.cleaned_data["version"], by=request.user)

    to = reverse("directory:network", args=[slug, pk])
    return answer_form(request, "directory/refused.html", form, context, save=save, to=to)


@require_POST
def contact_remove(request: Request, slug: str, pk: int, contact: int) -> HttpResponse:
    """Take a person out of a network."""
    process = get_process(request, slug, "processes.run")
    row = get_object_or_404(process.networks, pk=pk)
    held = get_object_or_404(row.contacts.select_related("network__process"), pk=contact)
    form = ContactRowForm(request.POST)
    context = {"process": process, "part": "networks", "heading": str(row)}

    def save() -> None:
        remove_contact(contact=held, version=form.cleaned_data["version"], by=request.user)

    to = reverse("directory:network", args=[slug, pk])
    return answer_form(request, "directory/refused.html", form, context, save=save, to=to)
