from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.accounts.authority import SYSTEM
from comity.audit.services import EditConflict
from comity.documents.models import OwedPaper
from comity.documents.plan import owed_items, read_plan
from comity.documents.services import (
    OwedFacts,
    add_owed_paper,
    change_owed_paper,
    remove_owed_paper,
)
from tests.factories.documents import DocumentFactory, OwedPaperFactory, version_of
from tests.factories.parties import PartyFactory
from tests.factories.processes import BodyFactory, MeetingFactory, ProcessFactory

ON = date(2027, 5, 3)


@pytest.fixture
def meeting(process):
    return MeetingFactory(process=process, days="2027-05-11/2027-05-13", slug="plenary")


def owed(at, **changes):
    values = {
        "title": {"en": "Country report"},
        "meeting": at,
        "owner": "secretariat",
        "days_before": 10,
        "languages": ["en", "fr"],
    }
    return OwedFacts(**values | changes)


def test_plan_is_kept_by_the_secretariat(secretariat, people, process, meeting):
    row = add_owed_paper(process=process, facts=owed(meeting), by=secretariat)
    changed = change_owed_paper(
        row=row, facts=owed(meeting, days_before=20), version=1, by=secretariat
    )

    assert changed.days_before == 20
    with pytest.raises(EditConflict):
        change_owed_paper(row=row, facts=owed(meeting), version=1, by=secretariat)
    with pytest.raises(PermissionDenied):
        remove_owed_paper(row=row, version=2, by=people["chair"])
    remove_owed_paper(row=row, version=2, by=secretariat)
    assert not OwedPaper.objects.exists()


def test_what_does_not_belong_to_the_process_is_refused(secretariat, process, meeting, body):
    other = ProcessFactory()
    wrong = [
        ({"meeting": MeetingFactory(process=other)}, "meeting"),
        ({"document": DocumentFactory(process=other)}, "document"),
        ({"owner": "body", "body": BodyFactory(process=other)}, "body"),
        ({"owner": "party", "party": PartyFactory()}, "party"),
        ({"owner": "party"}, "__all__"),
        ({"body": body}, "__all__"),
        ({"languages": []}, "languages"),
        ({"languages": ["en", "xx"]}, "languages"),
    ]

    for changes, field in wrong:
        with pytest.raises(ValidationError) as refusal:
            add_owed_paper(process=process, facts=owed(meeting, **changes), by=secretariat)
        assert field in refusal.value.message_dict


@pytest.mark.parametrize(
    ("days", "due", "is_exact"),
    [
        ("2027-05-11/2027-05-13", "1 May 2027", True),
        ("2027-05", "between 21 April 2027 and 21 May 2027", False),
        ("2027/..", "between 22 December 2026 and 21 December 2027", False),
        ("../2027", "", False),
        ("", "", False),
    ],
)
def test_due_day_is_as_exact_as_the_meeting(secretariat, process, days, due, is_exact):
    OwedPaperFactory(process=process, meeting=MeetingFactory(process=process, days=days))

    (row,) = read_plan(process, secretariat, ON)

    assert (row.due, row.is_exact) == (due, is_exact)


def test_state_follows_the_files_of_the_paper_and_late_is_certain(secretariat, process, meeting):
    paper = DocumentFactory(process=process)
    version_of(paper, "fr")
    whole = DocumentFactory(process=process)
    version_of(whole, "fr")
    version_of(whole, "en")
    vague = MeetingFactory(process=process, days="2027-05")
    OwedPaperFactory(process=process, meeting=meeting, title={"en": "late"}, document=paper)
    OwedPaperFactory(process=process, meeting=meeting, title={"en": "whole"}, document=whole)
    OwedPaperFactory(
        process=process, meeting=meeting, title={"en": "part"}, document=paper, days_before=1
    )
    OwedPaperFactory(process=process, meeting=vague, title={"en": "vague"})

    rows = read_plan(process, secretariat, ON)

    assert {str(each.row): (each.state, each.received, each.missing) for each in rows} == {
        "late": (("late", "late"), ["fr"], ["en"]),
        "whole": (("done", "received"), ["en", "fr"], []),
        "part": (("submitted", "received in part"), ["fr"], ["en"]),
        "vague": (("awaited", "owed"), [], ["en", "fr"]),
    }


def test_plan_is_known_by_members_and_own_papers_by_who_owes_them(
    people, affiliations, process, meeting, body
):
    draft = DocumentFactory(process=process)
    OwedPaperFactory(process=process, meeting=meeting, document=draft)
    OwedPaperFactory(
        process=process,
        meeting=meeting,
        owner="party",
        party=affiliations["observer"].party,
        title={"en": "Own"},
    )

    known = {
        name: [(str(each.row), each.paper) for each in read_plan(process, person, ON)]
        for name, person in people.items()
    }

    for name in ("focal_point", "other_focal_point", "body_member", "chair"):
        assert [paper for _title, paper in known[name]] == [None, None]
    assert known["secretariat"][0][1] == draft
    assert known["observer"] == [("Own", None)]
    for name in ("visitor", "outsider", "partner", "administrator"):
        assert known[name] == []
    assert OwedPaper.objects.visible_to(SYSTEM, ON).count() == 2


def test_desk_says_what_one_owes_until_it_has_come(people, affiliations, process, meeting, body):
    observer = affiliations["observer"].party
    OwedPaperFactory(process=process, meeting=meeting, title={"en": "Of secretariat"})
    OwedPaperFactory(
        process=process, meeting=meeting, title={"en": "Of body"}, owner="body", body=body
    )
    OwedPaperFactory(
        process=process, meeting=meeting, title={"en": "Own"}, owner="party", party=observer
    )
    past = MeetingFactory(process=process, days="2020-01-01")
    OwedPaperFactory(process=process, meeting=past, owner="party", party=observer)
    come = DocumentFactory(process=process)
    version_of(come, "en")
    OwedPaperFactory(
        process=process,
        meeting=meeting,
        owner="party",
        party=observer,
        document=come,
        languages=["en"],
    )
    undated = MeetingFactory(process=process, days="")
    OwedPaperFactory(
        process=process, meeting=undated, title={"en": "Some day"}, owner="party", party=observer
    )

    signed_in = {name: person for name, person in people.items() if name != "visitor"}
    found = {
        name: [item.words for item in owed_items(person, ON)] for name, person in signed_in.items()
    }

    assert {name: set(words) for name, words in found.items() if words} == {
        "secretariat": {"Of secretariat"},
        "body_member": {"Of body"},
        "observer": {"Own", "Some day"},
    }
    item = next(each for each in owed_items(people["observer"], ON) if each.words == "Own")
    assert item.due_at.date() == date(2027, 5, 1)
    assert item.state == ("late", "late")
    assert item.remark.startswith("Missing in: English, Français.")


def test_plan_is_edited_and_handed_out_on_its_pages(editor, page, process, meeting):
    paper = DocumentFactory(process=process, slug="came")
    typed = {
        "title_en": "Country report",
        "meeting": meeting.pk,
        "days_before": "10",
        "languages": ["en", "fr"],
        "owner": "secretariat",
        "body": "",
    }
    assert editor.post(page("owed_add"), typed).status_code == 302
    row = OwedPaper.objects.get()
    typed |= {"version": "1", "document": "came"}
    assert editor.post(page("owed", row.pk), typed).status_code == 302
    assert OwedPaper.objects.get().document == paper
    shown = editor.get(page("plan")).content.decode()
    assert "Country report" in shown
    assert paper.get_absolute_url() in shown
    lines = b"".join(editor.get(page("plan_file", "csv")).streaming_content).decode("utf-8-sig")
    assert lines.splitlines()[0] == "Meeting,Paper,Owed by,Due,Received in,Missing in,Status,Symbol"
    assert "1 May 2027" in lines
    assert editor.get(page("plan_file", "doc")).status_code == 404
    assert editor.post(page("owed_remove", row.pk), {"version": "2"}).status_code == 302
    assert not OwedPaper.objects.exists()


def test_plan_and_desk_cost_the_same_at_any_length(people, process, meeting):
    person = people["secretariat"]

    def cost():
        with CaptureQueriesContext(connection) as queries:
            read_plan(process, person, ON)
            owed_items(person, ON)
        return len(queries)

    def more(count):
        for _each in range(count):
            document = DocumentFactory(process=process)
            version_of(document)
            OwedPaperFactory(process=process, meeting=meeting, document=document)

    more(1)
    first = cost()
    more(4)

    assert cost() == first
