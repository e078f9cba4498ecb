"""Furnish the installation: a process, its secretariat, four States and what they are asked."""

import json
import sys

import django

django.setup()

from datetime import UTC, datetime  # noqa: E402 -- Django first

from comity.parties.models import Affiliation  # noqa: E402 -- as above
from comity.processes.models import Office  # noqa: E402 -- as above
from tests.factories.accounts import UserFactory  # noqa: E402 -- as above
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory  # noqa: E402 -- as above
from tests.factories.parties import (  # noqa: E402 -- as above
    AffiliationFactory,
    PartyFactory,
    PartyNameFactory,
)
from tests.factories.processes import ParticipationFactory, ProcessFactory, TermFactory  # noqa: E402 -- as above

PASSWORD = "killed-again-and-again"
MOMENT = datetime(2020, 1, 2, tzinfo=UTC)


def account(party, email, **rights) -> Affiliation:
    """Make somebody who signs in for ``party``."""
    user = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    return AffiliationFactory(party=party, person__user=user, **rights)


def furnish() -> dict:
    """Make everything, and return how to act."""
    process = ProcessFactory(slug="meridian")
    secretariat = PartyFactory(code="office")
    PartyNameFactory(party=secretariat, name="The office")
    TermFactory(process=process, party=secretariat, office=Office.SECRETARIAT)
    people = []
    for number in range(2):
        email = f"office{number}@meridian.example"
        account(secretariat, email)
        people.append({"email": email, "role": "secretariat"})
    call = CallFactory(process=process)
    QuestionFactory(call=call, is_required=True)
    QuestionFactory(call=call)
    for number in range(4):
        party = PartyFactory(code=f"state-{number}")
        PartyNameFactory(party=party, name=f"State {number}")
        ParticipationFactory(process=process, party=party, status="member", confirmed_at=MOMENT)
        ReplyFactory(call=call, party=party)
        email = f"state{number}@meridian.example"
        account(party, email, may_speak=True)
        people.append({"email": email, "role": "state", "party": party.code})
    return {"password": PASSWORD, "people": people}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(furnish()))
