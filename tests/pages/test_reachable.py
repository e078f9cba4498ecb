"""Every row of every table of the paper can be read on a page, by anybody."""

import csv
from functools import partial

import pytest
from django.urls import reverse
from django.utils.html import escape

from comity.pages.loading import DATA
from comity.pages.queries.lines import words_of
from comity.parties.models import Party
from comity.sources.locators import anchor_of, split_locators
from comity.sources.our_notes import NOTES

SOURCE = "/sources/mc-inf-266/"


def table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def owner_of(row):
    return row["process_id"] or row["forum_id"]


def process(slug):
    return f"/processes/{slug}/"


def processes(row):
    yield process(row["process_id"]), [row["name_in_paper"], row["short_name"], row["year"]]
    yield "/processes/", [f'href="{process(row["process_id"])}"']


def aliases(row):
    yield process(row["process_id"]), [row["alias"]]


def areas(row):
    yield process(row["process_id"]), [row["area_of_interest"]]


def participants(row):
    page, code = process(row["process_id"]), row["party_id"]
    if not code:
        yield page, [row["name_in_paper"].strip("“”"), row["note"]]
        return
    yield page, [f'href="/parties/{code}/"', row["note"]]
    yield f"/parties/{code}/", [row["name_in_paper"], f'href="{page}"']


def parties(row):
    names = [name.strip() for name in row["names_in_paper"].split("|")]
    if row["successor_iso3"]:
        found = [f'href="/parties/{code}/"' for code in row["successor_iso3"].split(";")]
        yield f"/parties/{row['party_id']}/", [*names, *found]
        return
    yield f"/parties/{row['party_id']}/", [*names, row["current_name"].replace("'", "’")]


def groupings(row):
    yield "/groupings/", [row["name_in_paper"], row["note"]]


def forums(row):
    page = process(row["forum_id"])
    yield page, [*row["name_in_paper"].split(" / "), row["what_the_paper_says"]]


def meetings(row):
    page = f"/meetings/{row['meeting_id']}/"
    texts = ("title", "kind", "place", "place_basis", "organisers", "note")
    yield page, [row[column] for column in texts]
    if owner_of(row):
        yield process(owner_of(row)), [row["title"], f'href="{page}"']


def series(row):
    yield process(row["process_id"]), [row["series"], row["count_stated"], row["note"]]


def attendances(row):
    page, code = f"/meetings/{row['meeting_id']}/", row["party_id"]
    yield page, [row["role"], row["note"]]
    if code:
        yield page, [f'href="/parties/{code}/"']
        yield f"/parties/{code}/", [row["name_in_paper"], f'href="{page}"']
    else:
        yield page, [row["name_in_paper"]]


def documents(row):
    page = f"/documents/{row['document_id']}/"
    yield page, [row[column] for column in ("title_in_paper", "kind", "adopted_by", "note")]
    if owner_of(row):
        yield process(owner_of(row)), [row["title_in_paper"], f'href="{page}"']


def studies(row):
    page = f"/studies/{row['study_id']}/"
    texts = ("title_in_paper", "kind", "author_or_producer", "coverage")
    yield page, [*(row[column] for column in texts), note(row)]
    if row["process_id"]:
        yield process(row["process_id"]), [row["title_in_paper"], f'href="{page}"']


def note(row):
    """Return our note of a row as readers are shown it, which may be in other words."""
    return str(NOTES.get(row["note"], row["note"]))


def projects(row):
    page = f"/projects/{row['project_id']}/"
    texts = ("title_in_paper", "status_in_paper", "implementer", "in_plan_of_action")
    yield page, [*(row[column] for column in texts), note(row)]
    yield process(owner_of(row)), [row["title_in_paper"], f'href="{page}"']


def project_countries(row):
    page, party = f"/projects/{row['project_id']}/", f"/parties/{row['iso3']}/"
    yield page, [f'href="{party}"']
    yield party, [row["name_in_paper"], f'href="{page}"']


def iom_roles(row):
    page = process(owner_of(row)) if owner_of(row) else "/organisations/iom/"
    yield page, [row["role"]]


def partners(row):
    if owner_of(row):
        yield process(owner_of(row)), [row["organisation"], row["role_in_paper"]]
    else:
        yield "/processes/", [row["organisation"], row["role_in_paper"]]


def agreements(row):
    said = "not dated" if row["note"] == "undated" else row["note"]
    yield process(row["forum_id"]), [row["title_in_paper"], said]
    yield "/organisations/iom/", [row["title_in_paper"]]


def bodies(row):
    yield process(owner_of(row)), [row["name_in_paper"], row["kind"], row["seat_or_members"]]


def themes(row):
    owner = row["owner_id"]
    pages = {"d-": "documents", "m-": "meetings", "p-": "projects"}
    yield f"/{pages.get(owner[:2], 'processes')}/{owner}/", [row["theme_in_paper"], row["kind"]]


def functions(row):
    yield "/about/functions/", [f'id="{row["function_id"]}"']


def websites(row):
    yield process(row["process_id"]), [row["url"], row["note"]]


def terms(row):
    page, party = process(row["process_id"]), Party.objects.get(code=row["party"])
    yield page, [f'href="{party.get_absolute_url()}"']
    yield party.get_absolute_url(), [f'href="{page}"', row["note"]]


def seats(row, body_of):
    body, party = body_of[row["body_id"]], Party.objects.get(code=row["party"])
    yield process(owner_of(body)), [body["name_in_paper"], f'href="{party.get_absolute_url()}"']


def stages(row):
    yield "/processes/", [f'href="{process(row["process_id"])}"', row["note"]]


def differences(row):
    yield process(row["slug"]), [row["en"]]
    yield "/sources/differences/", [row["en"]]


WANTED = {
    "paper/agreements.csv": agreements,
    "paper/bodies.csv": bodies,
    "paper/documents.csv": documents,
    "paper/functions.csv": functions,
    "paper/groupings.csv": groupings,
    "paper/iom_roles.csv": iom_roles,
    "paper/meeting_participants.csv": attendances,
    "paper/meeting_series.csv": series,
    "paper/meetings.csv": meetings,
    "paper/participants.csv": participants,
    "paper/parties.csv": parties,
    "paper/partners.csv": partners,
    "paper/process_aliases.csv": aliases,
    "paper/process_areas.csv": areas,
    "paper/processes.csv": processes,
    "paper/project_countries.csv": project_countries,
    "paper/projects.csv": projects,
    "paper/related_forums.csv": forums,
    "paper/studies.csv": studies,
    "paper/themes.csv": themes,
    "paper/websites.csv": websites,
    "reading/differences.csv": differences,
    "reading/seats.csv": partial(
        seats, body_of={row["body_id"]: row for row in table("paper/bodies.csv")}
    ),
    "reading/stages.csv": stages,
    "reading/terms.csv": terms,
}
PAGES = {}


def read(client, url):
    """Return the words of the page at ``url``, fetched once by a visitor."""
    if url not in PAGES:
        response = client.get(url)
        assert (url, response.status_code) == (url, 200)
        PAGES[url] = response.content.decode()
    return PAGES[url]


def stands_on(page, text):
    """Tell whether ``text`` stands on the page: a link, or words with or without a capital."""
    if text.startswith(("href=", "id=")):
        return text in page
    return escape(text) in page or escape(words_of(text)) in page


def test_no_table_is_left_out():
    found = {f"{path.parent.name}/{path.name}" for path in DATA.glob("paper/*.csv")}

    assert found == {name for name in WANTED if name.startswith("paper/")}


@pytest.mark.parametrize("file", WANTED)
def test_every_row_stands_on_its_page(paper, client, file):
    missing = [
        (number, url, text)
        for number, row in enumerate(table(file), start=2)
        for url, texts in WANTED[file](row)
        for text in texts
        if text and not stands_on(read(client, url), text)
    ]

    assert missing == []


def test_every_function_stands_in_our_words(paper, client):
    page = read(client, reverse("pages:functions"))
    rows = table("functions/functions.csv")

    assert [row["function_id"] for row in rows if escape(row["en"]) not in page] == []
    assert len(rows) == 151


@pytest.mark.parametrize("file", WANTED)
def test_every_place_of_the_paper_has_its_anchor(paper, client, file):
    pages = client.get(SOURCE).context["page"].paginator.num_pages
    page = "".join(read(client, f"{SOURCE}?page={number + 1}") for number in range(pages))
    rows = [row for row in table(file) if row.get("source") and file != "paper/functions.csv"]
    missing = [
        (number, locator)
        for number, row in enumerate(rows, start=2)
        for locator in split_locators(row["source"])
        if f'id="{anchor_of(locator)}"' not in page
    ]

    assert missing == []
