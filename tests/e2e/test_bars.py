"""The bars that every page clears: for everybody, at two widths, in both themes, and light."""

import gzip

import pytest
from django.test import Client

from comity.accounts.models import User
from comity.calls.models import Call
from comity.pages.loading import load_paper
from comity.pages.made_up import made_up
from tests.e2e.conftest import TWO_OF_FOUR, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 150_000
MOST_REQUESTS = 15
NOWHERE = "/nowhere/"
PUBLIC = [
    "/",
    "/accounts/login/",
    "/parties/USA/",
    "/about/",
    "/about/functions/",
    "/processes/",
    "/processes/bali/",
    "/processes/rcm/?on=2003-03-01",
    "/processes/arab/",
    "/groupings/",
    "/secretariats/",
    "/participation/",
    "/participation/?record=made-up&on=2020-01-01",
    "/overlaps/",
    "/themes/",
    "/timeline/",
    "/overview/?on=2003-03-01&language=es",
    "/calendar/?month=2003-10",
    "/api/v1/",
    "/open-data/",
    "/cite/processes/rcm/?on=2003-03-01",
    "/parties/",
    "/parties/SCG/?on=never",
    "/organisations/",
    "/parties/AUS/brief/",
    "/organisations/iom/",
    "/meetings/",
    "/meetings/m-budapest-2003/",
    "/documents/",
    "/documents/d-cis-poa/",
    "/studies/",
    "/studies/s-rcm-2000b/",
    "/projects/",
    "/projects/p-cbmmp/",
    "/sources/",
    "/sources/mc-inf-266/",
    "/sources/differences/",
    "/search/?q=trafficking",
    "/search/?q=nothing+of+the+kind",
    NOWHERE,
]
SIGNED_IN = [
    "/desk/",
    "/asked/",
    "/asked/?past",
    "/processes/meridian/documents/",
    "/processes/meridian/documents/add/",
    "/processes/meridian/documents/plan/",
    "/processes/meridian/documents/plan/add/",
    "/processes/meridian/documents/symbols/",
    "/processes/meridian/",
    "/processes/meridian/participants/edit/",
    "/processes/meridian/participants/open/add/",
    "/processes/meridian/participants/workbook/",
    "/processes/meridian/people/workbook/",
    "/processes/meridian/networks/",
    "/processes/meridian/calls/",
    "/processes/meridian/calls/add/",
    "/processes/meridian/calls/board/",
    "/requests/",
    "/visits/",
    "/participations/",
    "/processes/meridian/bodies/edit/",
    "/processes/meridian/terms/edit/",
    "/processes/meridian/names/edit/",
    "/processes/meridian/areas/edit/",
    "/processes/meridian/meetings/series/add/",
    "/processes/meridian/history/",
    "/processes/meridian/consultations/",
    "/processes/meridian/consultations/rules/",
    "/processes/meridian/approved/",
    "/processes/meridian/approved/names/start/",
    "/processes/meridian/approved/maps/add/",
    "/processes/meridian/calls/reminders/",
    "/processes/meridian/correspondence/",
    "/processes/meridian/correspondence/add/in/",
    "/processes/meridian/correspondence/circulars/add/",
    "/processes/meridian/correspondence/circulars/templates/",
    "/processes/meridian/correspondence/numbers/",
    "/processes/meridian/adoption/",
    "/processes/meridian/elements/",
    "/processes/meridian/principles/add/",
    "/processes/meridian/thread/",
    "/accounts/2fa/",
    "/jobs/",
]

# What stands on these is made up.
MADE_UP = [
    "/desk/",
    "/desk/papers/",
    "/documents/md-logistics-2027/",
    "/meetings/meridian-ministerial-2027/papers/",
    "/documents/md-draft-declaration-2027/text/",
    "/documents/md-draft-declaration-2027/text/2/changes/",
    "/documents/md-vellmar-declaration/text/?language=es&language=en&language=fr",
    "/documents/md-vellmar-follow-up/adoption/",
    "/drafting/md-draft-declaration-2027/",
    "/drafting/md-draft-declaration-2027/wall/",
    "/elements/md-vellmar-declaration/",
    "/elements/md-vellmar-declaration/1/",
    "/processes/meridian/calls/",
    "/processes/meridian/calls/board/",
    "/processes/meridian/consultations/",
    "/processes/meridian/correspondence/",
    "/processes/meridian/thread/",
]


def look_at(page, url):
    """Return all that is wrong with the page at ``url``: nothing, if it is as it should be."""
    wrong = []
    responses = []

    def keep(response):
        responses.append(response)

    page.on("response", keep)
    page.route("**", lambda route: route.continue_())  # nothing comes from the browser's cache
    status = page.goto(url).status
    page.unroute("**")
    page.remove_listener("response", keep)
    if status != (404 if url == NOWHERE else 200):
        wrong.append(f"status {status}")
    read = [each.body() for each in responses if "image" not in each.headers["content-type"]]
    size = sum(len(gzip.compress(body)) for body in read)
    if len(responses) > MOST_REQUESTS:
        wrong.append(f"{len(responses)} requests")
    if size > MOST_BYTES:
        wrong.append(f"{size} bytes")
    return wrong + faults(page, views=TWO_OF_FOUR)


def test_public_pages_clear_the_bars(page):
    load_paper()

    found = {url: look_at(page, url) for url in PUBLIC}

    assert found == {url: [] for url in PUBLIC}


def test_pages_of_the_secretariat_clear_the_bars(page, live_server, people, affiliations):
    client = Client()
    client.force_login(people["secretariat"])
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    pages = [*SIGNED_IN, f"/parties/{affiliations['secretariat'].party.code}/people/"]

    found = {url: look_at(page, url) for url in pages}

    assert found == {url: [] for url in pages}


def test_made_up_pages_clear_the_bars(page, live_server):
    made_up()
    client = Client()
    client.force_login(User.objects.get(email="secretariat@meridian.example"))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    calls = Call.objects.filter(process__slug="meridian").values_list("pk", flat=True)
    pages = [*MADE_UP, *(f"/calls/{pk}/" for pk in calls)]

    found = {url: look_at(page, url) for url in pages}

    assert found == {url: [] for url in pages}
