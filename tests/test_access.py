import gzip
from contextlib import suppress
from functools import cache

import pytest
from django.conf import settings
from django.core.cache import cache as kept
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.accounts.models import TokenUse
from comity.accounts.services import create_token
from comity.api.services import release_data
from comity.directory.queries import Filter
from comity.directory.workbooks import people_workbook
from comity.office.models import Drawing
from comity.office.waiting import keep_waiting
from comity.office.workbook_writing import write_workbook
from comity.processes.approved_workbook import names_workbook
from comity.processes.workbooks import participants_workbook
from tests.access import ACCESS, ALLAUTH, APPS
from tests.factories.approved import (
    ApprovedListFactory,
    ApprovedMapFactory,
    ApprovedNameFactory,
    FootnoteFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.exchange import RemoteProcessFactory
from tests.factories.jobs import JobFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import MinistryFactory, PartyFactory, PartyNameFactory, PostFactory
from tests.factories.processes import (
    AgreementFactory,
    AliasFactory,
    AreaFactory,
    ContactFactory,
    GroupingFactory,
    LiaisonVisitFactory,
    MeetingFactory,
    NetworkFactory,
    OpenSetFactory,
    ParticipationFactory,
    PartnershipFactory,
    RequestFactory,
    SeriesFactory,
    StageFactory,
    TurnFactory,
)
from tests.factories.projects import ProjectFactory
from tests.factories.sources import SourceFactory


def names(resolver, namespace=""):
    """Yield the full name of every named address below ``resolver``."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names(entry, inner)
        elif entry.name:
            yield namespace + entry.name


def drawn_overview():
    """Keep an overview as the worker does, and return its key."""
    kept.set("overview:drawn", ("overview.pdf", b"%PDF"))
    return "drawn"


def is_opened(response):
    """Tell whether the answer is what the page is for, and not the way to the sign-in."""
    to_sign_in = response.get("Location", "").startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")
    return not to_sign_in and (response.status_code < 400 or response.status_code == 422)


def public_drawing():
    """Return a drawing that is ready, as the worker leaves it."""
    table = {"columns": ["year"], "rows": [["2003"]]}
    return Drawing.objects.create(
        key="a" * 64,
        access="public",
        status="ready",
        spec={},
        table=table,
        svg=gzip.compress(b"<svg/>"),
        png=b".",
    )


def listing(affiliation):
    """Return the key of what another process says of a party that ``affiliation`` speaks for."""
    affiliation.may_speak = True
    affiliation.save()
    return ParticipationFactory(party=affiliation.party).pk


def waiting_workbook(workbook, sender):
    """Return the token of a workbook that its sender has still to confirm."""
    upload = SimpleUploadedFile("filled.xlsx", write_workbook(workbook, "en"))
    return keep_waiting(upload=upload, subject=workbook.subject, by=sender).token


@pytest.fixture
def things(people, affiliations, process, body):
    """What the addresses name: rows of the process, and what belongs to the focal point."""
    owner = people["focal_point"]
    network = cache(lambda: NetworkFactory(process=process))
    remote_process = cache(RemoteProcessFactory)
    prepared = cache(lambda: ApprovedListFactory(process=process))
    in_force = {"process": process, "begins": "2026-01-01", "decision": "Plenary"}
    of_apps = [app.things(people, affiliations, process, body) for app in APPS]
    return {
        **{name: make for each in of_apps for name, make in each.items()},
        "prepared_list": lambda: prepared().pk,
        "approved_list": lambda: ApprovedListFactory(**in_force).pk,
        "approved_name": lambda: ApprovedNameFactory(listed_in=prepared()).pk,
        "footnote": lambda: FootnoteFactory(listed_in=prepared()).pk,
        "prepared_map": lambda: ApprovedMapFactory(process=process).pk,
        "approved_map": lambda: ApprovedMapFactory(**in_force).pk,
        "waiting_names": lambda: waiting_workbook(
            names_workbook(prepared()), people["secretariat"]
        ),
        "csv": lambda: "csv",
        "bib": lambda: "bib",
        "section": lambda: "processes",
        "cited": lambda: f"processes/{process.slug}/",
        "subscription": lambda: remote_process().subscription.slug,
        "remote_process": lambda: remote_process().slug,
        "pdf": lambda: "pdf",
        "drawn_overview": drawn_overview,
        "drawing": lambda: public_drawing().key,
        "release": lambda: release_data(by=SYSTEM, now=timezone.now()).name,
        "source": lambda: SourceFactory().slug,
        "token": lambda: create_token(user=owner, name="Script", by=owner).token.pk,
        "calendar_secret": lambda: (
            create_token(user=owner, name="Calendar", by=owner, use=TokenUse.CALENDAR).secret
        ),
        "process": lambda: process.slug,
        "draft": lambda: DocumentFactory(process=process).slug,
        "job": lambda: JobFactory(owner=owner).uuid,
        "meeting": lambda: MeetingFactory(process=process).slug,
        "organisation": lambda: PartyFactory(kind="organisation").code,
        "party": lambda: affiliations["chair"].party.code,
        "participants_workbook": lambda: waiting_workbook(
            participants_workbook(process, timezone.localdate()), people["secretariat"]
        ),
        "people_workbook": lambda: waiting_workbook(
            people_workbook(process, timezone.localdate(), Filter(), people["secretariat"]),
            people["secretariat"],
        ),
        "network": lambda: network().pk,
        "contact": lambda: ContactFactory(network=network()).pk,
        "person": lambda: affiliations["chair"].person.pk,
        "affiliation": lambda: affiliations["chair"].pk,
        "ministry": lambda: MinistryFactory(party=affiliations["chair"].party).pk,
        "post": lambda: PostFactory(party=affiliations["chair"].party).pk,
        "name": lambda: PartyNameFactory(party=affiliations["chair"].party).pk,
        "project": lambda: ProjectFactory(process=process).slug,
        "study": lambda: StudyFactory(process=process).slug,
        "participation": lambda: process.participations.first().pk,
        "listing": lambda: listing(affiliations["focal_point"]),
        "body": lambda: body.pk,
        "seat": lambda: body.seats.get().pk,
        "term": lambda: process.terms.first().pk,
        "open_set": lambda: OpenSetFactory(process=process).pk,
        "alias": lambda: AliasFactory(process=process).pk,
        "area": lambda: AreaFactory(process=process).pk,
        "turn": lambda: TurnFactory(process=process).pk,
        "stage": lambda: StageFactory(process=process).pk,
        "agreement": lambda: AgreementFactory(process=process).pk,
        "partner": lambda: PartnershipFactory(process=process).pk,
        "meeting_row": lambda: MeetingFactory(process=process).pk,
        "series": lambda: SeriesFactory(process=process).pk,
        "grouping": lambda: GroupingFactory(region=process.region).pk,
        "visit": lambda: LiaisonVisitFactory(process=process).pk,
        "request": lambda: (
            RequestFactory(process=process, party=affiliations["focal_point"].party).pk
        ),
    }


def test_every_page_says_who_may_open_it():
    pages = {name for name in names(get_resolver()) if not name.startswith("api-")}
    pages.remove("api:api-root")  # our own guide stands before it

    assert pages == {*ACCESS, *ALLAUTH}


@pytest.mark.parametrize("page", ACCESS)
def test_page_opens_for_exactly_these_people(client, people, things, page):
    row = ACCESS[page]
    address = reverse(page, args=[things[name]() for name in row.args])

    opened = set()
    for name, person in people.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        response = client.generic(row.method, address)
        if response.streaming:
            b"".join(response.streaming_content)  # read to its end, a file is closed
        if is_opened(response):
            opened.add(name)

    assert opened == row.opened_by


@pytest.mark.parametrize("page", ALLAUTH)
def test_page_of_allauth_opens_without_sign_in_only_where_it_must(client, db, page):
    addresses = []
    for args in ([], [1], ["1", "key"]):
        with suppress(NoReverseMatch):
            addresses.append(reverse(page, args=args))

    response = client.get(addresses[0])
    leads_to_sign_in = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    assert (len(addresses), response.status_code < 400 and not leads_to_sign_in) == (
        1,
        ALLAUTH[page],
    )
