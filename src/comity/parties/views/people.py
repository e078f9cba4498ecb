"""The pages on which a party keeps its people, and somebody else keeps them for it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.audit.queries import read_history
from comity.parties.directory import read_posts
from comity.parties.forms import (
    AffiliationForm,
    EndForm,
    ErasureForm,
    InvitationForm,
    NewPersonForm,
    PersonForm,
)
from comity.parties.models import Affiliation, Party, Person
from comity.parties.people import past_people, people_events, signs_in, to_invite
from comity.parties.services import (
    add_person,
    affiliate,
    change_affiliation,
    change_person,
    end_affiliation,
    erase_person,
    invite_person,
)
from comity.parties.views.editing import PartyPage, day_of, get_party
from comity.ui.requests import Request
from comity.ui.responses import render_page

PAGE_SIZE = 50


@require_safe
def people(request: Request, code: str) -> HttpResponse:
    """Show who works for a party on a day, in which post and ministry, and what is vacant."""
    party = get_party(request, code, "parties.see_people")
    on, day_form = day_of(request)
    keeps = may(request.user, "parties.keep_people", party)
    lines = read_posts([party.pk], on, listed_only=False, to_keepers=keeps)[party.pk]
    context = {
        "party": party,
        "part": "people",
        "on": on,
        "day_form": day_form,
        "lines": lines,
        "ministries": party.ministries.all(),
        "past": past_people(party, on),
        "can_edit": keeps,
        "is_by_mail": not signs_in(party, on),
        "to_invite": _to_invite(request, party),
    }
    return render_page(request, "parties/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: Request, code: str) -> HttpResponse:
    """Add a person to a party."""
    party = get_party(request, code, "parties.keep_people")
    form = NewPersonForm(
        request.POST or None,
        party=party,
        initial={"post": request.GET.get("post")},
        gives_rights=may(request.user, "parties.give_rights", party),
    )
    page = PartyPage(party, "people", _("Add a person"))

    def save() -> None:
        facts, affiliation = form.person_facts(), form.facts()
        add_person(party=party, facts=facts, affiliation=affiliation, by=request.user)

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, code: str, pk: int) -> HttpResponse:
    """Change how a person is called and reached; lead to what they hold in the party."""
    party, row = _get_person(request, code, pk)
    form = PersonForm(request.POST or None, party=party, row=row)
    affiliations = row.affiliations.filter(party=party).select_related("post")
    more = {
        "affiliations": affiliations,
        "can_keep": may(request.user, "parties.keep_people", party),
        "can_invite": may(request.user, "parties.invite", row) and not _signs_in(row),
        "can_erase": may(request.user, "parties.erase_person", row),
    }
    page = PartyPage(party, "people", str(row), row, template="parties/person.html", more=more)

    def save() -> None:
        change_person(
            person=row, facts=form.person_facts(), version=form.seen_version, by=request.user
        )

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: Request, code: str, pk: int) -> HttpResponse:
    """Invite a person of a party to sign in."""
    party, row = _get_person(request, code, pk)
    if not may(request.user, "parties.invite", row):
        raise Http404
    form = InvitationForm(request.POST or None, party=party, row=row)
    page = PartyPage(
        party,
        "people",
        str(row),
        back=_url(party, row),
        template="parties/invite.html",
        more={"is_invited": row.user is not None, "button": _("Send the invitation")},
    )

    def save() -> None:
        invite_person(person=row, **form.invitation(), version=form.seen_version, by=request.user)

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def person_erase(request: Request, code: str, pk: int) -> HttpResponse:
    """Take a person out of the record and of the log."""
    party, row = _get_person(request, code, pk)
    if not may(request.user, "parties.erase_person", row):
        raise Http404
    form = ErasureForm(request.POST or None, party=party, row=row)
    page = PartyPage(
        party,
        "people",
        str(row),
        back=_url(party, row),
        template="parties/erase.html",
        more={"button": _("Erase this person")},
    )

    def save() -> None:
        erase_person(
            person=row,
            reason=form.cleaned_data["reason"],
            version=form.seen_version,
            by=request.user,
        )

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_add(request: Request, code: str, pk: int) -> HttpResponse:
    """Give a person of a party another post in it."""
    party, row = _get_person(request, code, pk)
    held = Affiliation(person=row, party=party)
    if not may(request.user, "parties.affiliate", held):
        raise Http404
    form = AffiliationForm(
        request.POST or None,
        party=party,
        gives_rights=may(request.user, "parties.give_rights", party),
    )
    page = PartyPage(party, "people", str(row), back=_url(party, row))

    def save() -> None:
        affiliate(person=row, party=party, facts=form.facts(), by=request.user)

    return page.answer(request, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation(request: Request, code: str, pk: int) -> HttpResponse:
    """Change what a person holds in a party, or only end it for who gives no rights."""
    party = get_party(request, code, "parties.keep_people")
    row = get_object_or_404(party.affiliations.select_related("person", "seconded_by"), pk=pk)
    gives_rights = may(request.user, "parties.give_rights", party)
    may_change = may(request.user, "parties.affiliate", row)
    form: AffiliationForm | EndForm
    if may_change:
        form = AffiliationForm(
            request.POST or None, party=party, row=row, gives_rights=gives_rights
        )
    else:
        form = EndForm(request.POST or None, party=party, row=row)
    ends_only = _("This person can sign in or speaks for the party: here you only end it.")
    note = "" if may_change else ends_only
    page = PartyPage(party, "people", str(row.person), more={"note": note})

    def save() -> None:
        version = form.seen_version
        if isinstance(form, AffiliationForm):
            change_affiliation(
                affiliation=row, facts=form.facts(), version=version, by=request.user
            )
        else:
            last_day = form.cleaned_data["last_day"]
            end_affiliation(affiliation=row, last_day=last_day, version=version, by=request.user)

    return page.answer(request, form, save)


@require_safe
def history(request: Request, code: str) -> HttpResponse:
    """Show who changed what of the people of a party, latest first."""
    party = get_party(request, code, "parties.keep_people")
    events = people_events(party).select_related("content_type")
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"party": party, "part": "history", "page": page, "entries": read_history(page)}
    return render_page(request, "parties/history.html", context)


def _get_person(request: Request, code: str, pk: int) -> tuple[Party, Person]:
    """Return the party and one of its people; who may not change them finds no such page."""
    party = get_party(request, code, "parties.see_people")
    people = Person.objects.filter(affiliations__party=party).distinct()
    row = get_object_or_404(people, pk=pk)
    if not may(request.user, "parties.change_person", row):
        raise Http404
    return party, row


def _to_invite(request: Request, party: Party) -> list[Person]:
    """Return whom of the party the reader may invite."""
    if not (isinstance(request.user, User) and may(request.user, "parties.give_rights", party)):
        return []
    return list(to_invite(party, request.user, timezone.localdate()))


def _signs_in(row: Person) -> bool:
    return row.user is not None and row.user.has_usable_password()


def _url(party: Party, row: Person) -> str:
    return reverse("parties:person", args=[party.code, row.pk])
