import pytest
from django.urls import reverse

from comity.processes.models import Office
from comity.processes.parts import RECORD, WORK
from tests.factories.accounts import UserFactory
from tests.factories.parties import AffiliationFactory, PersonFactory
from tests.factories.processes import (
    AreaFactory,
    LiaisonVisitFactory,
    MeetingFactory,
    RequestFactory,
    TermFactory,
)


def counts(response):
    listed = [*response.context["record"], *response.context["work"]]
    return {part.name: count for part, count in listed}


@pytest.mark.parametrize("count", [1, 5])
def test_record_counts_what_each_page_holds(
    editor, page, process, django_assert_num_queries, count
):
    for _ in range(count):
        MeetingFactory(process=process)
        RequestFactory(process=process)
        LiaisonVisitFactory(process=process)
        AreaFactory(process=process)

    with django_assert_num_queries(7):  # session, person, name, process, two rights, counts
        response = editor.get(page("edit"))

    assert counts(response) == {
        "participants": 6,
        "bodies": 1,
        "terms": 2,
        "rotation": 0,
        "meetings": count,
        "names": 0,
        "areas": count,
        "stages": 0,
        "agreements": 0,
        "partners": 0,
        "history": None,
        "requests": count,
        "visits": count,
        "approved": 0,
    }


def test_every_page_of_editing_leads_to_all_others(editor, page):
    html = editor.get(page("participants")).content.decode()

    assert all(f'href="{page(part.name)}"' in html for part in RECORD)
    assert f'href="{page("edit")}"' in html


def test_who_only_keeps_the_record_sees_nothing_of_the_secretariat(client, page, process):
    user = UserFactory()
    keeper = AffiliationFactory(person=PersonFactory(user=user))
    TermFactory(process=process, party=keeper.party, office=Office.KEEPER)
    client.force_login(user)

    response = client.get(page("edit"))

    assert [part for part, _count in response.context["record"]] == list(RECORD)
    assert response.context["work"] == []
    assert [client.get(page(part.name)).status_code for part in WORK] == [404, 404, 404]


def test_address_of_a_part_is_its_name(process):
    found = {part.name: reverse(part.address, args=[process.slug]) for part in (*RECORD, *WORK)}

    assert found["visits"] == "/processes/meridian/visits/"
