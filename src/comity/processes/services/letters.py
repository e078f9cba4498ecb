"""The mails about requests: short, in the reader's language, and never to who acts."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.audit.queries import history_of
from comity.core.facts import in_force
from comity.outbox.services import post_message
from comity.parties.models import Affiliation, Party
from comity.processes.models import SECRETARIATS, Request, RequestState, Term

# What a mail shows of what was asked: enough to know it by.
SHOWN_CHARACTERS = 300


def tell_secretariat(request: Request, *, by: Actor, site: str) -> None:
    """Tell the people of the secretariat what was asked of it, or that it was withdrawn."""
    today = timezone.localdate()
    running = Term.objects.filter(
        in_force(today), process=request.process_id, office__in=SECRETARIATS
    )
    there = Affiliation.objects.filter(in_force(today), party__in=running.values("party"))
    _post(_users_of(there), request, by, site, _to_secretariat)


def tell_asking_party(request: Request, *, by: Actor, site: str) -> None:
    """Tell who speaks for the party that asked, and whoever asked for it, what became of it."""
    today = timezone.localdate()
    asked = history_of(request).filter(action="request.made").values("actor")
    wanted = Q(may_speak=True) | Q(person__user__in=asked)
    there = Affiliation.objects.filter(wanted, in_force(today), party=request.party_id)
    _post(_users_of(there), request, by, site, _to_party)


def _users_of(affiliations: QuerySet[Affiliation]) -> QuerySet[User]:
    users = User.objects.filter(is_active=True, pk__in=affiliations.values("person__user"))
    return users.order_by("pk")


def _post(
    users: QuerySet[User],
    request: Request,
    by: Actor,
    site: str,
    write: Callable[[dict[str, str], str], tuple[str, str]],
) -> None:
    cause = {
        RequestState.RECEIVED: "request.made",
        RequestState.WITHDRAWN: "request.withdrawn",
    }.get(RequestState(request.state), "request.answered")
    for user in users:
        if user == by:
            continue
        with override(user.language or settings.LANGUAGE_CODE):
            subject, text = write(_words(request, site), request.state)
            post_message(to=user.email, subject=subject, text=text, cause=cause, about=request)


def _words(request: Request, site: str) -> dict[str, str]:
    """Return the words of the letter, in the language that is set."""
    named = Party.objects.with_name(timezone.localdate()).filter(requests=request).first()
    address = reverse("processes:request", args=[request.process.slug, request.pk])
    asked = request.words
    if len(asked) > SHOWN_CHARACTERS:
        asked = f"{asked[:SHOWN_CHARACTERS].rstrip()} …"
    return {
        "process": str(request.process),
        "party": str(named or _("Somebody")),
        "asked": asked,
        "answer": request.answer or "–",
        "state": str(RequestState(request.state).label),
        "url": f"{site.rstrip('/')}{address}",
    }


def _to_secretariat(words: dict[str, str], state: str) -> tuple[str, str]:
    if state == RequestState.WITHDRAWN:
        return (
            _("%(process)s: %(party)s has withdrawn a request") % words,
            _(
                "%(party)s has withdrawn this request:\n\n%(asked)s\n\n"
                "Nothing more needs to be done. It stays in the register:\n%(url)s"
            )
            % words,
        )
    return (
        _("%(process)s: %(party)s asks the secretariat") % words,
        _("%(party)s asks:\n\n%(asked)s\n\nPlease answer here:\n%(url)s") % words,
    )


def _to_party(words: dict[str, str], _state: str) -> tuple[str, str]:
    return (
        _("%(process)s: the secretariat has answered your request") % words,
        _(
            "You asked:\n\n%(asked)s\n\nThe request is now: %(state)s.\n\n"
            "The answer of the secretariat:\n\n%(answer)s\n\nYou find both here:\n%(url)s"
        )
        % words,
    )
