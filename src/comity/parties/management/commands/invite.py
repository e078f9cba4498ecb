"""Invite somebody of a party to sign in."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.core.sorting import fold
from comity.parties.models import Party, Person, Post
from comity.parties.services import AffiliationFacts, PersonFacts, add_person, invite_person


class Command(BaseCommand):
    """Invite somebody of a party to sign in."""

    help = (
        "Invite somebody to sign in for a party: makes the person unless the party knows them "
        "already by that address, and an account, and mails them a link to choose a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who it is, for which party, and as what."""
        parser.add_argument("email", help="the e-mail address with which they sign in")
        parser.add_argument("--party", required=True, help="the code of the party")
        parser.add_argument("--name", required=True, help="what the person is called")
        parser.add_argument("--post", default="", help="the post that they hold, by its title")
        parser.add_argument("--speaks", action="store_true", help="they may speak for the party")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="the language of the mail and of the pages",
        )

    @transaction.atomic
    def handle(
        self,
        *,
        email: str,
        party: str,
        name: str,
        post: str,
        speaks: bool,
        language: str,
        **_options: object,
    ) -> None:
        """Invite them, or say why not."""
        invited_for = Party.objects.filter(code=party).first()
        if invited_for is None:
            raise CommandError(f"There is no party {party!r}.")
        facts = PersonFacts(name=name, email=email, language=language)
        affiliation = AffiliationFacts(
            begins=timezone.localdate().isoformat(),
            post=_post(invited_for, post) if post else None,
            may_speak=speaks,
        )
        known = Person.objects.filter(affiliations__party=invited_for, email__iexact=email)
        try:
            person = known.filter(erased_on=None).first() or add_person(
                party=invited_for, facts=facts, affiliation=affiliation, by=SYSTEM
            )
            invite_person(
                person=person, email=email, language=language, version=person.version, by=SYSTEM
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person.name} is invited for {party}: a mail to {email} is on its way.")


def _post(party: Party, title: str) -> Post:
    """Return the post of ``party`` that is called so in any language."""
    for post in party.posts.all():
        if fold(title) in {fold(each) for each in post.title.values()}:
            return post
    known = ", ".join(f"“{post}”" for post in party.posts.all()) or "none"
    raise CommandError(f"{party.code} has no post called {title!r}; it has {known}.")
