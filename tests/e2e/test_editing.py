"""The pages of editing, signed in as the secretariat."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.e2e.conftest import TWO_OF_FOUR, faults
from tests.e2e.test_patterns import pictures
from tests.factories.processes import AliasFactory, AreaFactory, OpenSetFactory, ThemeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(process, body):
    """The pages, with something on each."""
    area, alias = AreaFactory(process=process), AliasFactory(process=process)
    area.themes.add(ThemeFactory())
    rows = {
        "body": body,
        "area": area,
        "alias": alias,
        "open_set": OpenSetFactory(process=process),
        "term": process.terms.first(),
    }
    lists = (
        *(
            "participants",
            "participant_add",
            "open_set_add",
            "bodies",
            "terms",
            "hand_over",
            "names",
            "areas",
        ),
        *("edit", "rotation", "rotation_edit", "stages", "stage_enter", "meetings", "meeting_add"),
        *("agreements", "agreement_add", "partners", "partner_add", "visits", "visit_add"),
        *("requests", "request_add"),
    )
    return {
        **{name: reverse(f"processes:{name}", args=[process.slug]) for name in (*lists, "history")},
        **{
            name: reverse(f"processes:{name}", args=[process.slug, row.pk])
            for name, row in rows.items()
        },
    }


def test_record_can_be_edited_by_everybody(page, live_server, people, addresses):
    client = Client()
    client.force_login(people["secretariat"])
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    found = {}
    for name, path in addresses.items():
        page.goto(path)
        found[name] = faults(page, pictures(page, f"edit-{name}"), TWO_OF_FOUR)

    assert found == {key: [] for key in addresses}
    assert page.complaints == []


def test_lists_of_people_print_without_the_source_of_the_paper(page, live_server, people, process):
    client = Client()
    client.force_login(people["secretariat"])
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    shown = {}
    for address in (
        "/",
        reverse("directory:networks", args=[process.slug]),
        reverse("processes:requests", args=[process.slug]),
    ):
        page.goto(address)
        page.emulate_media(media="print")
        shown[address] = page.is_visible(".colophon")
        page.emulate_media(media="screen")
        assert page.is_visible(".colophon")

    assert [*shown.values()] == [True, False, False]
