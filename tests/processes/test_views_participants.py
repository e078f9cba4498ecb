import re

from comity.parties.models import Party
from comity.processes.models import Status
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import MeetingFactory, OpenSetFactory, ParticipationFactory
from tests.processes.conftest import sent

NO_DATE = "“%s” is no date: write 2003, 2003-05, 2003-05-28, 2000/2001, 2003/.. or ../2003."


def test_participant_is_added_by_code(editor, page, process, arvenia):
    meeting = MeetingFactory(process=process)
    typed = {
        "party": "qma",
        "status": "invited",
        "begins": "2003-05",
        "since_meeting": meeting.pk,
        "is_transit": "on",
        "order": 3,
    }

    response = editor.post(page("participant_add"), typed)

    assert sent(response) == (302, page("participants"), ["This is saved."])
    made = process.participations.get(party=arvenia)
    assert (made.status, made.begins, made.since_meeting, made.is_transit, made.order) == (
        Status.INVITED,
        "2003-05",
        meeting,
        True,
        3,
    )


def test_refusals_are_sentences_at_their_fields(editor, page, process):
    typed = {"party": "ZZZ", "status": "guest", "begins": "2003-02-30", "order": 0}

    response = editor.post(page("participant_add"), typed)

    errors = response.context["form"].errors
    assert (response.status_code, dict(errors)) == (
        422,
        {
            "party": ["There is no party called “ZZZ”, nor one with that code."],
            "status": ["Select a valid choice. guest is not one of the available choices."],
            "begins": [
                NO_DATE % "2003-02-30",
            ],
        },
    )


def test_second_participation_is_refused_above_the_form(editor, page, process, affiliations):
    party = affiliations["chair"].party
    typed = {"party": party.code, "status": "member", "begins": "2022", "order": 0}

    response = editor.post(page("participant_add"), typed)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        (
            "This party takes part already: member, since 2020. "
            "End that participation before these days, or correct it."
        )
    ]
    assert process.participations.filter(party=party).count() == 1


def test_form_offers_participants_first_then_the_region_and_nobody_invented(
    editor, page, process, affiliations, arvenia
):
    PartyNameFactory(party=PartyFactory(code="QZX", is_made_up=True), name="Nowhere")
    PartyNameFactory(party=PartyFactory(code="ALB", region="europe"), name="Albania")
    process.region = "africa"
    process.save()
    row = ParticipationFactory(process=process, for_territory=arvenia)

    html = editor.get(page("participant", row.pk)).content.decode()

    offered = re.findall(r'<option value="[^"]+\(([^"]+)\)">', html)
    taking_part = {row.party.code, *process.participations.values_list("party__code", flat=True)}
    others = Party.objects.exclude(code__in=[*taking_part, "QMA", "ALB", "QZX"])
    assert 'value="Arvenia (QMA)" autocomplete' in html
    expected = [*sorted(taking_part), "QMA", "ALB", *sorted(other.code for other in others)]
    assert offered == expected


def test_participation_is_ended_on_its_page(editor, page, process):
    row = ParticipationFactory(process=process, note="As host")
    typed = {"version": 1, "status": "member", "begins": "2020", "ends": "2019", "order": 0}

    refused = editor.post(page("participant", row.pk), typed)
    saved = editor.post(page("participant", row.pk), typed | {"ends": "2025"})

    assert (refused.status_code, dict(refused.context["form"].errors)) == (
        422,
        {"ends": ["This lies before the beginning."]},
    )
    assert sent(saved)[:2] == (302, page("participants"))
    row.refresh_from_db()
    assert (row.ends, row.note, row.version) == ("2025", "", 2)


def test_open_set_is_added_changed_and_removed(editor, page, process):
    added = editor.post(page("open_set_add"), {"words": "other States", "note": "¶5"})
    row = process.open_sets.get()
    listed = editor.get(page("participants")).content.decode()
    typed = {"version": 1, "words": "other relevant States"}
    changed = editor.post(page("open_set", row.pk), typed)
    stale = editor.post(page("open_set_remove", row.pk), {"version": 1})
    stands = list(process.open_sets.values_list("words", "note"))
    removed = editor.post(page("open_set_remove", row.pk), {"version": 2})

    assert added["Location"] == f"{page('participants')}#open-set-{row.pk}"
    assert (
        f'<li id="open-set-{row.pk}"><a href="{page("open_set", row.pk)}">“other States”' in listed
    )
    assert sent(changed) == (302, page("participants"), ["This is saved."])
    assert (stale.status_code, stands) == (422, [("other relevant States", "")])
    assert sent(removed) == (302, page("participants"), ["“other relevant States” is removed."])
    assert not process.open_sets.exists()


def test_open_sets_stand_below_the_participants_only_where_there_are_any(editor, page, process):
    heading = "<h2>Participants not enumerated</h2>"

    before = editor.get(page("participants")).content.decode()
    OpenSetFactory(process=process)
    after = editor.get(page("participants")).content.decode()

    assert (heading in before, heading in after) == (False, True)


def test_words_that_stand_already_are_refused_above_the_form(editor, page, process):
    OpenSetFactory(process=process, words="other relevant States")

    response = editor.post(page("open_set_add"), {"words": "Other relevant states"})

    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422,
        ["These words stand in the list already."],
    )
    assert process.open_sets.count() == 1
