"""The large installation around the demonstration: as large as its scale, and always the same."""

from comity.documents.models import Document
from comity.pages.made_up import Summary, made_up
from comity.pages.made_up.large import Large
from comity.parties.models import Person
from comity.processes.models import Body, Meeting, Participation, Process, Seat, Stage, Term


def large_rows(scale):
    prefix = f"large-{scale}-"
    documents = Document.objects.filter(slug__startswith=prefix).order_by("pk")
    people_made = Person.objects.filter(email__startswith=prefix).order_by("pk")
    return {
        "processes": list(
            Process.objects.filter(slug__startswith=prefix).values_list("slug", "region")
        ),
        "meetings": list(
            Meeting.objects.filter(slug__startswith=prefix).values_list("slug", "title", "days")
        ),
        "documents": list(
            documents.values_list("slug", "process__slug", "title", "audience", "published_at")
        ),
        "named": sorted(documents.values_list("slug", "named_parties__code")),
        "people": list(people_made.values_list("name", "affiliations__party__code")),
    }


def test_large_installation_has_what_its_scale_says(demonstration):
    made = made_up(40)

    assert made.large == Large(processes=1, meetings=40, documents=4_000, people=800)
    assert {name: len(rows) for name, rows in large_rows(40).items() if name != "named"} == {
        "processes": 1,
        "meetings": 40,
        "documents": 4_000,
        "people": 800,
    }
    assert Stage.objects.filter(process__slug="large-40-1").count() == 1
    assert Seat.objects.filter(body=Body.objects.get(slug="large-40-1-steering")).count() == 4
    assert set(Document.objects.values_list("audience", flat=True)) == {
        "public", "participants", "members", "body", "named", "chair", "secretariat"
    }  # fmt: skip


def test_large_installation_is_the_same_each_time(demonstration):
    made_up(3)
    first = large_rows(3)
    remove_large(3)

    made_up(3)

    assert large_rows(3) == first


def remove_large(scale):
    prefix = f"large-{scale}-"
    Document.objects.filter(slug__startswith=prefix).delete()
    Meeting.objects.filter(slug__startswith=prefix).delete()
    Person.objects.filter(email__startswith=prefix).delete()
    for model in (Seat, Body, Term, Participation, Stage):
        path = "body__slug" if model is Seat else "process__slug"
        model.objects.filter(**{f"{path}__startswith": prefix}).delete()
    Process.objects.filter(slug__startswith=prefix).delete()


def test_large_installation_is_made_once(demonstration):
    made_up(3)

    assert made_up(3) == Summary(rows=0, accounts=0, large=Large())


def test_each_document_that_names_a_body_names_one_of_its_process(demonstration):
    made_up(10)

    wrong = [
        document
        for document in Document.objects.exclude(body=None).select_related("body")
        if document.body.process_id != document.process_id
    ]
    assert wrong == []
