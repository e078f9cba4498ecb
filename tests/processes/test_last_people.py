"""Nobody is sent away without whom a process could not be run, and no post is filled twice."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from comity.accounts.authority import SYSTEM, may
from comity.parties.models import Affiliation
from comity.parties.services import (
    AffiliationFacts,
    affiliate,
    change_affiliation,
    end_affiliation,
)
from comity.processes.models import Office, Term
from comity.processes.services.secretariats import refuse_last_person
from tests.factories.parties import AffiliationFactory, PersonFactory, PostFactory
from tests.factories.processes import TermFactory

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def head(affiliations):
    """The only person of the secretariat who signs in."""
    return affiliations["secretariat"]


@pytest.mark.parametrize("last_day", [TODAY - timedelta(days=900), YESTERDAY, TODAY])
def test_last_person_of_a_secretariat_stays(people, head, last_day):
    with pytest.raises(ValidationError, match="Nobody could run a process afterwards"):
        end_affiliation(affiliation=head, last_day=last_day, version=1, by=people["administrator"])

    assert may(head.person.user, "processes.run", Term.objects.get(party=head.party).process)


@pytest.mark.parametrize(
    "facts",
    [
        AffiliationFacts(begins="2020", ends="2026-01-31"),
        AffiliationFacts(begins="2020", ends="../2026"),
        AffiliationFacts(begins="2090"),
        AffiliationFacts(begins="../2090"),
    ],
)
def test_last_person_is_not_sent_away_by_a_change_either(people, head, facts):
    with pytest.raises(ValidationError, match="Nobody could run a process afterwards"):
        change_affiliation(affiliation=head, facts=facts, version=1, by=people["administrator"])


def test_last_person_is_changed_otherwise(people, head):
    facts = AffiliationFacts(begins="2019", post=PostFactory(party=head.party), may_speak=True)

    changed = change_affiliation(
        affiliation=head, facts=facts, version=1, by=people["administrator"]
    )

    assert (changed.begins, changed.may_speak) == ("2019", True)


def colleague(head, process):
    AffiliationFactory(party=head.party)


def joint(head, process):
    row = AffiliationFactory()
    TermFactory(process=process, party=row.party, office=Office.JOINT_SECRETARIAT)


def without_account(head, process):
    head.person.user.is_active = False
    head.person.user.save()


def no_secretariat(head, process):
    Term.objects.filter(party=head.party).update(ends="2025", ends_earliest="2025-12-31")


@pytest.mark.parametrize("reason", [colleague, joint, without_account, no_secretariat])
def test_who_is_not_needed_may_leave(people, head, process, reason):
    reason(head, process)

    ended = end_affiliation(affiliation=head, last_day=TODAY, version=1, by=people["administrator"])

    assert ended.ends == TODAY.isoformat()


def test_end_of_all_days_that_an_older_record_holds_takes_nobody_away(head):
    refuse_last_person(head, date.max)
    with pytest.raises(ValidationError):
        refuse_last_person(head, TODAY)


def test_colleague_without_a_sign_in_does_not_stand_in(people, head):
    AffiliationFactory(party=head.party, person=PersonFactory(user=None))

    with pytest.raises(ValidationError, match="Let a successor sign in first"):
        end_affiliation(affiliation=head, last_day=TODAY, version=1, by=people["administrator"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_fill_one_post_at_once_do_so_one_after_the_other():
    post = PostFactory()
    people, told = [PersonFactory(user=None), PersonFactory(user=None)], []
    facts = AffiliationFacts(begins="2026", post=post)

    def second():
        try:
            affiliate(person=people[1], party=post.party, facts=facts, by=SYSTEM)
        except ValidationError as error:
            told.extend(error.messages)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        affiliate(person=people[0], party=post.party, facts=facts, by=SYSTEM)
        thread.start()
        thread.join(1)
    thread.join()

    assert told == ["Another holds this post at that time. End that affiliation first."]
    assert [row.person for row in Affiliation.objects.filter(post=post)] == [people[0]]
