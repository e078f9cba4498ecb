"""What a secretariat enters of a party is its own word, and opens no people of that party."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import may
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.parties.models import Affiliation, Person
from comity.processes.models import Office, Participation, Status, Term
from comity.processes.queries import participations_to_confirm
from comity.processes.services import (
    ParticipationFacts,
    add_participation,
    change_participation,
    confirm_participation,
    contest_participation,
    end_participation,
)
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory, PartyFactory, PersonFactory, PostFactory
from tests.factories.processes import ParticipationFactory, TermFactory

TODAY = timezone.localdate()


@pytest.fixture
def lagoon(affiliations):
    return Term.objects.get(party=affiliations["outsider"].party).process


@pytest.fixture
def arvenia(affiliations):
    """The party of the focal point, who speaks for it; it takes part in another process."""
    row = affiliations["focal_point"]
    row.may_speak = True
    row.post = PostFactory(party=row.party, is_focal_point=True)
    row.person.email = "rosa@arvenia.example"
    row.person.save()
    row.save()
    return row.party


@pytest.fixture
def attacker(client, people):
    client.force_login(people["outsider"])
    return client


def list_as_observer(attacker, lagoon, party, **typed):
    """Let the secretariat of the other process say that a party takes part, as its page does."""
    facts = {"party": party.code, "status": "observer", "begins": "2026-01-01", "order": "0"}
    page = reverse("processes:participant_add", args=[lagoon.slug])
    return attacker.post(page, facts | typed).status_code


def people_pages(attacker, lagoon, party):
    """Return how the pages answer that show or change people of ``party``."""
    row = party.affiliations.get()
    end = {"version": 1, "last_day": "2026-01-31"}
    on_party = [attacker.get(reverse("parties:people", args=[party.code])).status_code]
    on_party.append(attacker.get(reverse("parties:people_history", args=[party.code])).status_code)
    ended = attacker.post(reverse("parties:affiliation", args=[party.code, row.pk]), end)
    return [*on_party, ended.status_code]


def shown_pages(attacker, lagoon):
    """Return all that the pages of the process show of people, to its secretariat."""
    names = ["directory:directory", "directory:people_send", "directory:network_add"]
    pages = [attacker.get(reverse(name, args=[lagoon.slug])) for name in names]
    for form in ("csv", "vcf"):
        address = reverse("directory:directory_export", args=[lagoon.slug, form])
        pages.append(b"".join(attacker.get(address)))
    pages.append(attacker.get(reverse("directory:people_fetch", args=[lagoon.slug])).getvalue())
    return [unbroken(getattr(page, "content", page)) for page in pages]


def unbroken(page):
    """Return a page without the places at which an address may be broken."""
    return page.replace(b"<wbr>", b"")


@pytest.mark.parametrize("status", ["member", "observer", "partner"])
def test_secretariat_reaches_nobody_of_a_party_by_its_own_word(attacker, lagoon, arvenia, status):
    made = list_as_observer(attacker, lagoon, arvenia, status=status)

    pages = people_pages(attacker, lagoon, arvenia)
    shown = shown_pages(attacker, lagoon)

    assert (made, pages) == (302, [404, 404, 404])
    assert [b"rosa@arvenia.example" in page for page in shown] == [False] * len(shown)
    assert Affiliation.objects.get(party=arvenia).ends == ""


@pytest.mark.parametrize("office", ["coordinator", "joint-secretariat", "presidency"])
def test_office_that_a_secretariat_gives_shows_nobody_either(attacker, lagoon, arvenia, office):
    page = reverse("processes:term_add", args=[lagoon.slug])
    made = attacker.post(page, {"party": arvenia.code, "office": office, "begins": "2026-01-01"})

    workbook = attacker.get(reverse("directory:people_send", args=[lagoon.slug]))

    assert (made.status_code, people_pages(attacker, lagoon, arvenia)) == (302, [404] * 3)
    assert f'value="{arvenia.code}"' not in workbook.content.decode()


@pytest.mark.parametrize("kind", ["state", "organisation"])
def test_secretariat_renames_and_ends_no_party_that_it_lists(attacker, lagoon, arvenia, kind):
    arvenia.kind = kind
    arvenia.save()
    made = list_as_observer(attacker, lagoon, arvenia)
    pages = ["parties:names", "parties:rename"]
    pages += ["parties:details", "parties:office_add"] if kind == "organisation" else []

    found = [attacker.post(reverse(page, args=[arvenia.code]), {}).status_code for page in pages]

    assert (made, found) == (302, [405, *[404] * (len(pages) - 1)])
    assert attacker.get(reverse("parties:names", args=[arvenia.code])).status_code == 404


def test_members_reach_them_neither(client, people, lagoon, arvenia, affiliations):
    member = affiliations["other_focal_point"]
    ParticipationFactory(process=lagoon, party=member.party, confirmed_at=timezone.now())
    add_participation(
        process=lagoon,
        party=arvenia,
        facts=ParticipationFacts(status=Status.MEMBER, begins="2026-01-01"),
        by=people["outsider"],
    )
    client.force_login(member.person.user)

    html = client.get(reverse("directory:directory", args=[lagoon.slug])).content.decode()
    brief = unbroken(client.get(reverse("pages:party_brief", args=[arvenia.code])).content).decode()

    assert "The party has yet to confirm that it takes part." in html
    assert ["rosa@arvenia.example" in page for page in (html, brief)] == [False, True]


def test_members_of_that_process_alone_reach_them_nowhere(
    client, people, lagoon, arvenia, affiliations
):
    stranger = AffiliationFactory()
    ParticipationFactory(process=lagoon, party=stranger.party, confirmed_at=timezone.now())
    row = ParticipationFactory(process=lagoon, party=arvenia)
    client.force_login(stranger.person.user)
    page = reverse("pages:party_brief", args=[arvenia.code])

    before = b"rosa@arvenia.example" in unbroken(client.get(page).content)
    confirm_participation(participation=row, version=1, by=people["focal_point"])

    after = b"rosa@arvenia.example" in unbroken(client.get(page).content)
    assert [before, after] == [False, True]


def test_confirmed_party_is_shown_and_keeps_its_people_itself(attacker, people, lagoon, arvenia):
    list_as_observer(attacker, lagoon, arvenia)
    row = Participation.objects.get(process=lagoon)

    done = confirm_participation(participation=row, version=1, by=people["focal_point"])

    assert (done.confirmed_by, done.version) == (people["focal_point"], 2)
    assert people_pages(attacker, lagoon, arvenia) == [404, 404, 404]
    assert not may(people["outsider"], "parties.change_person", arvenia.affiliations.get().person)
    assert b"rosa@arvenia.example" in shown_pages(attacker, lagoon)[0]
    event = Event.objects.filter(action="participation.confirmed").get()
    assert (event.actor, event.target) == (people["focal_point"], row)


@pytest.mark.parametrize(
    ("facts", "is_kept"),
    [
        ({}, True),
        ({"status": Status.CONTESTED}, False),
        ({"status": Status.SUSPENDED}, False),
        ({"begins": "../2027"}, False),
        ({"begins": "2090"}, False),
        ({"ends": "2021/2090"}, False),
    ],
)
def test_only_what_certainly_holds_today_counts(people, lagoon, arvenia, facts, is_kept):
    Person.objects.update(user=None)
    ParticipationFactory(process=lagoon, party=arvenia, **{"begins": "2020"} | facts)
    keeper = AffiliationFactory(party=lagoon.terms.get().party).person.user

    assert may(keeper, "parties.keep_people", arvenia) is is_kept


def test_secretariat_keeps_the_people_of_a_party_that_only_uses_mail(attacker, people, lagoon):
    party = PartyFactory()
    AffiliationFactory(party=party, person=PersonFactory(user=None))

    list_as_observer(attacker, lagoon, party)
    by_mail = may(people["outsider"], "parties.keep_people", party)
    AffiliationFactory(party=party)

    assert [by_mail, may(people["outsider"], "parties.keep_people", party)] == [True, False]


def test_secretariat_keeps_never_the_people_of_another(people, process, lagoon, affiliations):
    other = affiliations["secretariat"].party
    ParticipationFactory(process=lagoon, party=other, confirmed_at=timezone.now())

    kept = may(people["outsider"], "parties.keep_people", other)
    Affiliation.objects.filter(party=other).update(person=PersonFactory(user=None))

    assert [kept, may(people["outsider"], "parties.keep_people", other)] == [False, True]


def test_office_of_an_organisation_is_not_kept_with_it(people, lagoon):
    whole = PartyFactory(kind="organisation")
    office = AffiliationFactory(party=PartyFactory(kind="office", part_of=whole)).party
    ParticipationFactory(process=lagoon, party=whole, confirmed_at=timezone.now())

    kept = [may(people["outsider"], "parties.keep_people", each) for each in (whole, office)]

    assert kept == [True, False]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_office_whose_organisation_signs_in_is_asked_through_it(
    attacker, people, lagoon, affiliations, depth
):
    row = affiliations["secretariat"]
    Affiliation.objects.filter(pk=row.pk).update(may_speak=True)
    office = row.party
    for _each in range(depth):
        office = PartyFactory(kind="office", part_of=office)
    post = PostFactory(party=office, is_listed=True)
    reached = PersonFactory(user=None, email="rosa@arvenia.example")
    AffiliationFactory(party=office, person=reached, post=post)

    made = list_as_observer(attacker, lagoon, office, status="partner")
    listed = Participation.objects.get(party=office)
    pages = people_pages(attacker, lagoon, office)
    before = [b"rosa@arvenia.example" in page for page in shown_pages(attacker, lagoon)]
    asked = list(participations_to_confirm(people["secretariat"], TODAY))
    confirm_participation(participation=listed, version=1, by=people["secretariat"])

    assert (made, pages, before) == (302, [404, 404, 404], [False] * 6)
    assert asked == [listed]
    assert b"rosa@arvenia.example" in shown_pages(attacker, lagoon)[0]
    assert people_pages(attacker, lagoon, office) == [404, 404, 404]


@pytest.mark.parametrize(
    ("changes", "is_asked_anew"),
    [
        ({"note": "As agreed"}, False),
        ({"ends": "2090-12-31"}, False),
        ({"status": Status.OBSERVER}, True),
        ({"begins": "2019"}, True),
    ],
)
def test_party_is_asked_anew_where_more_is_said_than_it_confirmed(
    people, process, arvenia, changes, is_asked_anew
):
    row = Participation.objects.get(process=process, party=arvenia)
    facts = ParticipationFacts(**{"status": Status.MEMBER, "begins": "2020"} | changes)

    changed = change_participation(
        participation=row, facts=facts, version=1, by=people["secretariat"]
    )

    assert (changed.confirmed_at is None) is is_asked_anew
    shown = Participation.objects.showing_people(TODAY).filter(party=arvenia)
    assert shown.exists() is not is_asked_anew


def test_ended_participation_that_goes_on_after_all_is_asked_anew(people, process, arvenia):
    row = Participation.objects.get(process=process, party=arvenia)
    showing = Participation.objects.filter(pk=row.pk).showing_people(TODAY)
    by, day = people["secretariat"], TODAY.replace(year=TODAY.year - 1)
    row = end_participation(participation=row, last_day=day, version=1, by=by)

    row = change_participation(
        participation=row, facts=ParticipationFacts(Status.MEMBER, "2020"), version=2, by=by
    )

    assert (row.confirmed_at, showing.exists()) == (None, False)


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"focal_point"}))
def test_only_who_speaks_for_the_party_answers(people, lagoon, arvenia, persona):
    row, by = ParticipationFactory(process=lagoon, party=arvenia), people[persona]

    with pytest.raises(PermissionDenied):
        confirm_participation(participation=row, version=1, by=by)
    with pytest.raises(PermissionDenied):
        contest_participation(participation=row, reason="No", version=1, by=by)
    assert not participations_to_confirm(by, TODAY).exists()


def test_contested_participation_says_so_with_its_reason(people, lagoon, arvenia):
    row, by = ParticipationFactory(process=lagoon, party=arvenia), people["focal_point"]

    done = contest_participation(participation=row, reason=" Never asked. ", version=1, by=by)

    event = Event.objects.get()
    assert (done.status, done.confirmed_at) == (Status.CONTESTED, None)
    assert (event.action, event.actor, event.reason) == (
        "participation.contested",
        by,
        "Never asked.",
    )
    assert not participations_to_confirm(by, TODAY).exists()


@pytest.mark.parametrize("facts", [{"confirmed_at": timezone.now()}, {"status": Status.SUSPENDED}])
def test_what_is_answered_or_does_not_take_part_is_not_asked(people, lagoon, arvenia, facts):
    row = ParticipationFactory(process=lagoon, party=arvenia, **facts)
    by = people["focal_point"]

    with pytest.raises(ValidationError, match="has answered this already"):
        confirm_participation(participation=row, version=1, by=by)
    with pytest.raises(ValidationError, match="has answered this already"):
        contest_participation(participation=row, reason="No", version=1, by=by)


def test_answer_to_what_has_changed_since_is_refused(people, lagoon, arvenia):
    row, by = ParticipationFactory(process=lagoon, party=arvenia, version=2), people["focal_point"]

    with pytest.raises(EditConflict):
        confirm_participation(participation=row, version=1, by=by)
    with pytest.raises(ValidationError, match="Say what is wrong"):
        contest_participation(participation=row, reason=" ", version=2, by=by)


def test_speaker_answers_on_the_page(client, people, lagoon, process, arvenia):
    first = ParticipationFactory(process=lagoon, party=arvenia, begins="2026-01-01")
    second = ParticipationFactory(party=arvenia)
    ParticipationFactory(party=arvenia, ends="2021")
    client.force_login(people["focal_point"])
    page = reverse("processes:confirmations")

    desk = client.get(reverse("pages:desk")).content.decode()
    listed = [row.pk for row in client.get(page).context["rows"]]
    confirm = reverse("processes:participation_confirm", args=[first.pk])
    contest = reverse("processes:participation_contest", args=[second.pk])
    stale = client.post(confirm, {"version": 7}).status_code
    client.post(confirm, {"version": 1})
    shown = client.get(contest).status_code
    client.post(contest, {"version": 1, "reason": "Never asked."})

    assert "2 processes say that your party takes part" in desk
    assert (sorted(listed), stale, shown) == (sorted([first.pk, second.pk]), 422, 200)
    assert [Participation.objects.get(pk=row.pk).status for row in (first, second)] == [
        Status.MEMBER,
        Status.CONTESTED,
    ]
    assert Participation.objects.get(pk=first.pk).confirmed_by == people["focal_point"]
    assert list(client.get(page).context["rows"]) == []


def test_term_does_not_keep_another_from_its_own_people(people, process, arvenia):
    TermFactory(process=process, party=arvenia, office=Office.JOINT_SECRETARIAT)

    assert may(people["focal_point"], "parties.keep_people", arvenia)
    assert not may(people["secretariat"], "parties.keep_people", arvenia)
