from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.documents.models import Document, LanguageVersion, SymbolSeries
from comity.documents.services import change_paper, withdraw_paper
from tests.documents.conftest import facts
from tests.factories.documents import DocumentFactory, SymbolSeriesFactory, version_of
from tests.factories.processes import MeetingFactory
from tests.store.samples import DOCX, pdf

TYPED = {
    "title_en": "Draft declaration",
    "kind": "draft declaration",
    "audience": "members",
    "dated": "2026-11-20",
}


def rows_of(response):
    return [row.slug for row in response.context["page"]]


def test_secretariat_adds_a_paper_with_a_proposed_symbol_and_its_file(editor, page, process):
    series = SymbolSeriesFactory(process=process, pattern="MD/{number}")
    form = editor.get(page("paper_add")).context["form"]
    assert form["symbol"].value() == "MD/1"

    added = editor.post(page("paper_add"), TYPED | {"symbol": form["symbol"].value()})
    paper = Document.objects.get()
    assert (added.status_code, added["Location"]) == (302, page("paper", paper.pk))
    upload = SimpleUploadedFile("C:\\papers\\..\\draft.docx", DOCX)
    typed = {"language": "en", "status": "original", "file": upload}
    assert editor.post(page("version_add", paper.pk), typed).status_code == 302
    assert editor.post(page("paper_publish", paper.pk), {"version": "1"}).status_code == 302

    paper.refresh_from_db()
    assert (paper.symbol, paper.is_published, str(paper.versions.get())) == (
        "MD/1",
        True,
        "en.docx",
    )
    assert "Draft declaration" in editor.get(paper.get_absolute_url()).content.decode()
    assert editor.get(page("symbols")).context["series"] == [(series, "MD/2")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("lie.docx", pdf(), "“lie.docx” is not what its name says: its content is PDF."),
        ("photo\u202efdp.exe", b"MZ", "“photofdp.exe” is not of a type taken here"),
    ],
)
def test_bad_file_is_refused_at_its_field(editor, page, paper, name, content, sentence):
    typed = {"language": "en", "status": "original", "file": SimpleUploadedFile(name, content)}

    response = editor.post(page("version_add", paper.pk), typed)

    assert response.status_code == 422
    assert response.context["form"].errors["file"][0].startswith(sentence)
    assert not LanguageVersion.objects.exists()


def test_file_is_handed_out_to_be_saved_under_its_symbol(client, people, published):
    version = version_of(published, "fr")
    client.force_login(people["focal_point"])

    response = client.get(version.get_absolute_url())

    assert b"".join(response.streaming_content) == DOCX
    assert response["Content-Disposition"] == 'attachment; filename="MD-2026-4-fr.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(people["observer"])
    assert client.get(version.get_absolute_url()).status_code == 404


def test_symbol_leads_to_the_paper_for_good_and_to_nobody_who_may_not_see_it(
    client, people, secretariat, published
):
    change_paper(document=published, facts=facts(symbol="MD/9"), version=1, by=secretariat)
    published.refresh_from_db()

    for name, status in (("focal_point", 302), ("visitor", 404), ("observer", 404)):
        client.logout()
        if name != "visitor":
            client.force_login(people[name])
        for symbol in ("MD/9", "MD/2026/4"):
            response = client.get(reverse("documents:symbol", args=["meridian", symbol]))
            assert response.status_code == status
            if status == 302:
                assert response["Location"] == published.get_absolute_url()


def test_papers_are_found_by_meeting_kind_year_and_language(client, people, process, page):
    out, meeting = (
        {"process": process, "published_at": timezone.now()},
        MeetingFactory(process=process, slug="plenary"),
    )
    wanted = DocumentFactory(slug="a", kind="agenda", dated="2025-03", meeting=meeting, **out)
    version_of(wanted, "es")
    version_of(DocumentFactory(slug="draft", kind="rules", dated="2024", process=process), "ru")
    DocumentFactory(slug="b", dated="2026", **out)
    client.force_login(people["focal_point"])

    def found(**asked):
        return rows_of(client.get(page("papers"), asked))

    assert found() == ["b", "a"]
    for asked in ({"meeting": "plenary"}, {"kind": "agenda"}, {"year": "2025"}, {"language": "es"}):
        assert found(**asked) == ["a"]
    form = client.get(page("papers")).context["form"]
    offered = {name: [code for code, _ in form.fields[name].choices[1:]] for name in form.fields}
    assert offered == {
        "meeting": ["plenary"],
        "kind": ["agenda", "report"],
        "year": ["2026", "2025"],
        "language": ["es"],
    }


def test_list_and_page_cost_the_same_at_any_length(client, people, process, page):
    client.force_login(people["focal_point"])

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    def more(count, of=None):
        for _each in range(count):
            number = of.parts.count() + 1 if of else None
            paper = DocumentFactory(
                process=process,
                published_at=timezone.now(),
                part_of=of,
                part="addendum" if of else "",
                part_number=number,
            )
            version_of(paper)
            version_of(paper, "fr")
        return paper

    paper = more(1)
    more(1, paper)
    costs = [cost(page("papers")), cost(paper.get_absolute_url())]
    more(4)
    more(4, paper)

    assert [cost(page("papers")), cost(paper.get_absolute_url())] == costs


def test_page_says_what_became_of_a_paper(client, people, secretariat, published, process):
    version = version_of(published)
    secret = DocumentFactory(process=process, symbol="MD/SECRET")
    addendum = DocumentFactory(
        process=process,
        part_of=published,
        part="addendum",
        part_number=1,
        symbol="MD/2026/4/Add.1",
        published_at=timezone.now(),
    )
    Document.objects.filter(pk=published.pk).update(superseded_by=secret)
    client.force_login(people["focal_point"])

    before = client.get(published.get_absolute_url()).content.decode()
    withdraw_paper(document=published, reason="Wrong text", version=1, by=secretariat)
    after = client.get(published.get_absolute_url()).content.decode()

    assert "MD/SECRET" not in before
    assert addendum.get_absolute_url() in before
    assert version.get_absolute_url() in before
    assert "Wrong text" in after
    assert version.get_absolute_url() not in after
    assert client.get(version.get_absolute_url()).status_code == 404


def test_embargoed_paper_is_nowhere_for_its_audience(client, people, process, page):
    paper = DocumentFactory(
        process=process,
        audience="public",
        title={"en": "Embargoed words"},
        dated="2026-11-01",
        published_at=timezone.now(),
        embargo_until=timezone.now() + timedelta(hours=1),
    )
    version = version_of(paper)
    addresses = [
        "/documents/",
        page("papers"),
        "/api/v1/documents",
        "/news.atom",
        "/processes/meridian/news.atom",
        "/processes/meridian/",
        "/timeline/",
        "/sitemap-documents.xml",
        "/search/?q=embargoed",
    ]
    client.force_login(people["focal_point"])

    for address in addresses:
        assert "Embargoed words" not in client.get(address, follow=True).content.decode()
    for address in (paper.get_absolute_url(), version.get_absolute_url()):
        assert client.get(address).status_code == 404
    Document.objects.update(embargo_until=timezone.now())
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert b"".join(client.get(version.get_absolute_url()).streaming_content) == DOCX
    for address in (*addresses[:3], "/processes/meridian/news.atom", "/processes/meridian/"):
        assert "Embargoed words" in client.get(address).content.decode()


def test_secretariat_leads_a_paper_through_its_life(editor, page, paper, process):
    newer = DocumentFactory(process=process, slug="newer")
    typed = TYPED | {"symbol": "MD/2026/3/Add.1"}
    assert editor.post(page("part_add", paper.pk, "addendum"), typed).status_code == 302
    assert (paper.parts.get().part, paper.parts.get().part_number) == ("addendum", 1)
    assert editor.get(page("part_add", paper.pk, "annex")).status_code == 404
    changed = TYPED | {"symbol": "MD/2026/5", "version": "1"}
    assert editor.post(page("paper", paper.pk), changed).status_code == 302
    assert editor.post(page("paper", paper.pk), changed).status_code == 422
    superseding = {"superseded_by": "newer", "version": "2"}
    assert editor.post(page("paper_supersede", paper.pk), superseding).status_code == 302
    reason = {"reason": "Wrong", "version": "3"}
    assert editor.post(page("paper_withdraw", paper.pk), reason).status_code == 302
    paper.refresh_from_db()
    assert (paper.superseded_by, paper.withdrawn_because) == (newer, "Wrong")
    whats = [entry.what for entry in editor.get(page("paper_history", paper.pk)).context["entries"]]
    assert whats == [
        "withdrew a paper",
        "said what takes the place of a paper",
        "changed a paper",
    ]


def test_series_are_kept_on_their_page(editor, page, process):
    typed = {"name_en": "Papers", "pattern": "MD/{number}", "letters": ""}
    assert editor.post(page("series_add"), typed).status_code == 302
    row = SymbolSeries.objects.get()
    assert editor.post(page("series", row.pk), typed | {"pattern": "X", "version": "1"}).context[
        "form"
    ].errors == {"pattern": ["Write {number} once, and the others at most once."]}
    typed |= {"pattern": "MD/{year}/{number}", "version": "1"}
    assert editor.post(page("series", row.pk), typed).status_code == 302
    assert editor.post(page("series_remove", row.pk), {"version": "2"}).status_code == 302
    assert not SymbolSeries.objects.exists()


def test_file_is_removed_with_its_button(editor, page, paper):
    version = version_of(paper)

    gone = editor.post(page("version_remove", paper.pk, version.pk), {"version": "1"})

    assert gone.status_code == 302
    assert not paper.versions.exists()
