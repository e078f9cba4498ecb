import pytest

from comity.processes.models import Agreement, LiaisonVisit, Partnership, Stage, StageKind
from tests.factories.parties import PartyFactory
from tests.factories.processes import (
    AgreementFactory,
    LiaisonVisitFactory,
    MeetingFactory,
    PartnershipFactory,
    ProcessFactory,
    StageFactory,
)
from tests.processes.conftest import sent


def test_partner_is_added_changed_and_removed(editor, page, process, arvenia):
    typed = {"party": "QMA", "name_in_source": "Arvenia", "role": "Host", "order": 1}

    added = editor.post(page("partner_add"), typed)
    row = Partnership.objects.get()
    changed = editor.post(page("partner", row.pk), typed | {"version": 1, "role": "Hosts it"})
    removed = editor.post(page("partner_remove", row.pk), {"version": 2})

    assert sent(added)[:2] == sent(changed)[:2] == (302, page("partners"))
    assert sent(removed)[1:] == (
        page("partners"),
        [*["This is saved."] * 2, "“Arvenia” is removed."],
    )
    assert (row.party, row.process, row.role) == (arvenia, process, "Host")
    assert not Partnership.objects.exists()


def test_agreement_names_its_parties_line_by_line(editor, page, process, arvenia):
    other = PartyFactory(code="QMB")
    typed = {"title_en": "Memorandum", "parties": "Arvenia\n\nqmb\nQMA", "signed": "2026-05"}

    added = editor.post(page("agreement_add"), typed)
    made = Agreement.objects.get()
    form = editor.get(page("agreement", made.pk)).context["form"]
    again = {"version": 1, "title_en": "Memorandum", "parties": "QMB"}
    changed = editor.post(page("agreement", made.pk), again)

    assert sent(added)[:2] == sent(changed)[:2] == (302, page("agreements"))
    assert (made.slug, made.process) == ("meridian-memorandum", process)
    assert form["parties"].value() == "Arvenia (QMA)\nQMB (QMB)"
    assert list(made.parties.all()) == [other]


def test_agreement_with_unknown_parties_names_each(editor, page):
    typed = {"title_en": "Memorandum", "parties": "Nowhere\nElsewhere"}

    response = editor.post(page("agreement_add"), typed)

    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {
            "parties": [
                "There is no party called “Nowhere”, nor one with that code.",
                "There is no party called “Elsewhere”, nor one with that code.",
            ]
        },
    )


def test_stage_is_entered_changed_and_names_where_it_is_merged(editor, page, process):
    stage, other = StageFactory(process=process), ProcessFactory()
    changed = editor.post(page("stage", stage.pk), {"version": 1, "begins": "2019", "ends": ""})
    typed = {"kind": "merged", "on": "2026-07-01", "note": "By decision"}

    alone = editor.post(page("stage_enter"), typed)
    entered = editor.post(page("stage_enter"), typed | {"merged_into": other.pk})

    assert sent(changed)[:2] == sent(entered)[:2] == (302, page("stages"))
    assert alone.context["form"].non_field_errors() == [
        "Say into which other process this one was merged, and only then."
    ]
    assert list(Stage.objects.values_list("kind", "begins", "ends")) == [
        (StageKind.ONGOING, "2019", "2026-06-30"),
        (StageKind.MERGED, "2026-07-01", ""),
    ]
    assert other.get_absolute_url() in editor.get(page("stages")).content.decode()


def test_visit_is_planned_reported_and_removed(editor, page, process):
    visited = ProcessFactory()
    meeting = MeetingFactory(process=visited)
    typed = {"visited": visited.pk, "days": "2026-12-01", "represented_by": "The head"}

    added = editor.post(page("visit_add"), typed)
    visit = LiaisonVisit.objects.get()
    report = typed | {"version": 1, "meeting": meeting.pk, "report": "They asked for our papers."}
    reported = editor.post(page("visit", visit.pk), report)
    visit.refresh_from_db()
    removed = editor.post(page("visit_remove", visit.pk), {"version": 2})

    assert sent(added)[:2] == sent(reported)[:2] == sent(removed)[:2] == (302, page("visits"))
    assert (visit.process, visit.visited, visit.meeting, visit.report) == (
        process,
        visited,
        meeting,
        "They asked for our papers.",
    )
    assert not LiaisonVisit.objects.exists()


def test_invented_process_visits_no_real_one(editor, page, process):
    real, made_up = ProcessFactory(), ProcessFactory(is_made_up=True)
    process.is_made_up = True
    process.save()

    offered = editor.get(page("visit_add")).context["form"].fields["visited"].queryset

    assert (list(offered), real in offered) == ([made_up], False)


def test_visits_say_what_is_planned_awaited_and_reported(editor, page, process):
    LiaisonVisitFactory(process=process, days="2999-05")
    LiaisonVisitFactory(process=process)
    LiaisonVisitFactory(process=process, report="They met.")
    had = LiaisonVisitFactory(visited=process, report="What they say at home")

    html = editor.get(page("visits")).content.decode()

    words = ["planned", "report awaited", "reported"]
    assert [html.count(f">{each}</span>") for each in words] == [1, 1, 1]
    assert (had.report in html, "Visits from others" in html) == (False, True)


def fill(process, count):
    """Give the process ``count`` rows of each kind that the lists show."""
    for _ in range(count):
        AgreementFactory(process=process).parties.set([PartyFactory(), PartyFactory()])
        PartnershipFactory(process=process)
        LiaisonVisitFactory(process=process, meeting=MeetingFactory())
        LiaisonVisitFactory(visited=process, meeting=MeetingFactory())
        StageFactory(process=process)


# Session, person, their name, process, right; then the rows, and what hangs on them.
QUERIES = {"agreements": 7, "partners": 6, "visits": 7, "stages": 6}


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", QUERIES)
def test_list_asks_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, name, count
):
    fill(process, count)

    with django_assert_num_queries(QUERIES[name]):
        response = editor.get(page(name))

    assert response.content.decode().count("<tr") > count


def test_partner_is_called_as_the_party_is_and_stands_last(editor, page, process, arvenia):
    PartnershipFactory(process=process, order=4)

    form = editor.get(page("partner_add")).context["form"]
    typed = {"party": "QMA", "role": "host", "order": form["order"].value()}
    editor.post(page("partner_add"), typed)
    nobody = editor.post(page("partner_add"), {"role": "host", "order": 6})

    added = process.partnerships.latest("pk")
    assert (added.name_in_source, added.order) == ("Arvenia", 5)
    assert dict(nobody.context["form"].errors) == {
        "name_in_source": ["Choose a party or a process, or write a name."]
    }


def test_partner_process_gives_its_name(editor, page, process):
    other = ProcessFactory(is_made_up=process.is_made_up)

    editor.post(page("partner_add"), {"partner_process": other.pk, "role": "host", "order": 1})

    assert process.partnerships.get().name_in_source == other.name["en"]
