"""How people are given an account: from the page of their party and from the command line."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from comity.accounts.authority import SYSTEM, may
from comity.accounts.models import User
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.outbox.models import Message
from comity.parties.models import Party, Person
from comity.parties.services import PersonFacts, change_person, invite_person
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory, PartyFactory, PersonFactory, PostFactory

EMAIL = "new@meridian.example"


@pytest.fixture
def arvenia(affiliations):
    """The party of the focal point, who may speak for it."""
    row = affiliations["focal_point"]
    row.may_speak = True
    row.save()
    Party.objects.filter(pk=row.party.pk).update(code="QMA")
    return Party.objects.get(pk=row.party.pk)


@pytest.fixture
def newcomer(arvenia):
    """Somebody of the party who has no account."""
    person = PersonFactory(name="Ana Ruiz", email=EMAIL, user=None)
    AffiliationFactory(person=person, party=arvenia)
    return person


def invite(person, by, **other):
    known = {"email": EMAIL, "language": "en", "version": person.version}
    return invite_person(person=person, by=by, **(known | other))


def choose_password(client):
    """Follow the link of the latest invitation; return where it led."""
    mail = Message.objects.filter(cause="account.invitation").latest("pk")
    link = re.search(r"http\S+/password/\S+", mail.text)[0]
    form = client.get(urlsplit(link).path, follow=True)
    if not form.redirect_chain:
        return form
    typed = {"password1": "a long enough word", "password2": "a long enough word"}
    return client.post(form.redirect_chain[-1][0], typed)


def test_who_gives_rights_in_every_party_of_a_person_invites_them(people, newcomer, arvenia):
    allowed = {name for name in PERSONAS if may(people[name], "parties.invite", newcomer)}
    left = PersonFactory(user=None)
    AffiliationFactory(person=left, party=arvenia, ends="2021")
    AffiliationFactory(person=newcomer, party=PartyFactory(), begins="2999")
    of_both = {name for name in PERSONAS if may(people[name], "parties.invite", newcomer)}
    Person.objects.filter(pk=newcomer.pk).update(erased_on="2026-01-01")
    newcomer.refresh_from_db()

    assert allowed == {"focal_point", "administrator"}
    assert of_both == {"administrator"}
    assert not may(people["administrator"], "parties.invite", left)
    assert not may(people["administrator"], "parties.invite", newcomer)


def test_invited_person_chooses_a_password_by_a_link_that_works_once(
    people, newcomer, client, settings
):
    person = invite(newcomer, people["focal_point"], language="es")

    message = Message.objects.get()
    first = choose_password(client)
    client.logout()
    again = choose_password(client)

    user = person.user
    assert (user.email, user.language, user.is_superuser) == (EMAIL, "es", False)
    assert (message.to, message.cause, message.language) == (EMAIL, "account.invitation", "es")
    assert settings.SITE_ADDRESS in message.text
    assert first.url == "/desk/"
    assert "_auth_user_id" not in client.session
    assert again.context["token_fail"] is True
    told = Event.objects.order_by("pk").values_list("action", "actor")
    speaker = people["focal_point"].pk
    assert list(told)[:3] == [
        ("account.made", speaker),
        ("account.invited", speaker),
        ("person.invited", speaker),
    ]
    assert EMAIL not in repr(list(Event.objects.filter(action__startswith="account.").values()))


def test_invitation_is_refused_to_who_may_not_and_where_it_cannot_be(people, newcomer):
    with pytest.raises(PermissionDenied):
        invite(newcomer, people["secretariat"])
    with pytest.raises(EditConflict):
        invite(newcomer, people["focal_point"], version=7)
    with pytest.raises(ValidationError) as taken:
        invite(newcomer, people["focal_point"], email=people["chair"].email.upper())
    with pytest.raises(ValidationError) as none:
        invite(newcomer, people["focal_point"], email="no address")

    assert list(taken.value.message_dict) == ["email"]
    assert list(none.value.message_dict) == ["email"]
    assert not Message.objects.exists()


def test_person_is_invited_again_until_they_have_a_password(people, newcomer, client):
    Person.objects.filter(pk=newcomer.pk).update(email="")
    newcomer.refresh_from_db()
    first = invite(newcomer, people["focal_point"])
    second = invite(first, people["focal_point"], email="other@meridian.example")
    choose_password(client)
    with pytest.raises(ValidationError) as refused:
        invite(second, people["focal_point"])

    assert second.email == EMAIL
    assert list(Message.objects.filter(cause="account.invitation").values_list("to")) == [
        (EMAIL,),
        (EMAIL,),
    ]
    assert refused.value.messages == ["This person has an account already."]
    assert User.objects.filter(email__contains="meridian.example", person=second).count() == 1


def test_page_of_a_party_leads_its_speaker_to_the_invitation(people, newcomer, client, arvenia):
    elsewhere = PersonFactory(name="Of two", user=None)
    for party in (arvenia, PartyFactory()):
        AffiliationFactory(person=elsewhere, party=party)
    page, form = (
        reverse("parties:people", args=["QMA"]),
        reverse("parties:person_invite", args=["QMA", newcomer.pk]),
    )
    offered = {}
    for name in ("focal_point", "administrator"):
        client.force_login(people[name])
        offered[name] = [person.name for person in client.get(page).context["to_invite"]]

    client.force_login(people["focal_point"])
    shown = client.get(form)
    blank = client.post(form, {"version": 1, "email": "", "language": "xx"})
    sent = client.post(form, {"version": 1, "email": EMAIL, "language": "fr"})
    after = client.get(page).text
    again = client.get(form)
    once_more = client.post(form, {"version": 2})

    assert offered == {
        "focal_point": ["Ana Ruiz"],
        "administrator": ["Ana Ruiz", "Of two"],
    }
    assert shown.context["form"].initial["email"] == EMAIL
    assert (blank.status_code, sorted(blank.context["form"].errors)) == (422, ["email", "language"])
    assert (sent.status_code, sent.url) == (302, page)
    assert "invited, has chosen no password yet" in after
    assert list(again.context["form"].fields) == ["version"]
    assert (once_more.status_code, Message.objects.count()) == (302, 2)


def test_who_signs_in_is_not_offered_an_invitation(people, newcomer, client, arvenia):
    person = invite(newcomer, people["focal_point"])
    choose_password(client)
    client.force_login(people["administrator"])

    page = client.get(reverse("parties:person", args=["QMA", person.pk]))
    listed = client.get(reverse("parties:people", args=["QMA"])).context["to_invite"]

    assert (page.context["can_invite"], newcomer in listed) == (False, False)
    assert b"/invite/" not in page.content


def test_command_invites_somebody_new_and_somebody_known(arvenia, newcomer, capsys):
    PostFactory(party=arvenia, title={"en": "Focal point", "es": "Punto focal"})
    told = {"party": "QMA", "name": "Luz Vega", "language": "es"}

    call_command("invite", "luz@meridian.example", post="punto focal", speaks=True, **told)
    call_command("invite", EMAIL, **told)

    luz = Person.objects.get(user__email="luz@meridian.example")
    held = luz.affiliations.get()
    assert (luz.name, luz.user.language, str(held.post), held.may_speak) == (
        "Luz Vega",
        "es",
        "Focal point",
        True,
    )
    assert Person.objects.get(user__email=EMAIL) == newcomer
    assert list(Message.objects.order_by("pk").values_list("to", "language")) == [
        ("luz@meridian.example", "es"),
        (EMAIL, "es"),
    ]
    assert capsys.readouterr().out.splitlines() == [
        "Luz Vega is invited for QMA: a mail to luz@meridian.example is on its way.",
        f"Ana Ruiz is invited for QMA: a mail to {EMAIL} is on its way.",
    ]


@pytest.mark.parametrize(
    ("email", "options", "sentence"),
    [
        (EMAIL, {"party": "NIL"}, "There is no party 'NIL'."),
        (EMAIL, {"post": "King"}, "QMA has no post called 'King'; it has “Focal point”."),
        ("none", {}, "Enter a valid email address."),
    ],
)
def test_command_says_why_it_cannot_invite(arvenia, email, options, sentence):
    PostFactory(party=arvenia)
    before = Person.objects.count()

    with pytest.raises(CommandError) as refused:
        call_command("invite", email, **({"party": "QMA", "name": "Luz Vega"} | options))

    assert str(refused.value) == sentence
    assert (Person.objects.count(), Message.objects.count()) == (before, 0)


def test_command_makes_the_first_administrator(db, client, capsys):
    call_command("create_administrator", "Root@Comity.example", language="fr")
    with pytest.raises(CommandError, match="Account with this E-mail address already exists"):
        call_command("create_administrator", "root@comity.example")

    assert Message.objects.get().cause == "account.invitation"
    said, link = capsys.readouterr().out.splitlines()
    user = User.objects.get()
    assert (user.email, user.is_superuser, user.language) == ("root@comity.example", True, "fr")
    assert said == "root@comity.example runs the installation. They choose a password at"
    assert urlsplit(link).path.startswith("/accounts/password/reset/key/")
    assert choose_password(client).url == "/desk/"


def test_nobody_takes_the_address_with_which_somebody_else_signs_in(people, newcomer):
    other = people["chair"]
    facts = PersonFacts(name="Ana Ruiz", email=other.email.upper())

    with pytest.raises(ValidationError) as refused:
        change_person(person=newcomer, facts=facts, version=1, by=people["focal_point"])
    own = change_person(
        person=other.person, facts=PersonFacts(other.person.name, other.email), version=1, by=other
    )

    assert refused.value.message_dict == {"email": ["With this address somebody else signs in."]}
    assert own.email == other.email
    assert may(SYSTEM, "parties.invite", newcomer)
