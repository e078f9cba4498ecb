"""Elements are cut from an adopted text, keep their number, and tell how they stand."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.audit.services import EditConflict
from comity.documents.services.papers import PaperFacts, change_paper
from comity.elements.models import AddresseeKind, Element, ElementStep
from comity.elements.services import (
    Cut,
    ElementFacts,
    To,
    change_element,
    change_status,
    cut_elements,
)
from comity.jobs.services import run_due_jobs
from comity.search.models import SearchEntry
from tests.elements.conftest import WORDS
from tests.factories.elements import ElementFactory, FinalFactory
from tests.factories.processes import ThemeFactory

TODAY = timezone.localdate()
TO_SECRETARIAT = To(AddresseeKind.SECRETARIAT)
TO_MEMBERS = To(AddresseeKind.STATUS, status="member")


@pytest.fixture
def cuts(paragraphs):
    first, second = paragraphs
    report = {"en": "Request the Secretariat to report by 30 June 2027;"}
    partners = {"en": "invite partners to contribute."}
    facts = ElementFacts("request", (TO_SECRETARIAT, TO_SECRETARIAT, TO_MEMBERS), "2027-06-30")
    return [
        Cut(first, "1", WORDS[0], ElementFacts("decide")),
        Cut(second, "2a", report, facts),
        Cut(second, "2b", partners, ElementFacts("invite")),
    ]


@pytest.fixture
def elements(final, cuts, secretariat):
    return cut_elements(revision=final, cuts=cuts, by=secretariat)


def test_text_is_cut_into_numbered_elements(elements, secretariat):
    rows = [
        (row.number, row.order, row.verb, row.status, row.get_absolute_url())
        for row in Element.objects.all()
    ]

    assert rows == [
        ("1", 1, "decide", "open", "/elements/declaration/1/"),
        ("2a", 2, "request", "open", "/elements/declaration/2a/"),
        ("2b", 3, "invite", "open", "/elements/declaration/2b/"),
    ]
    addressees = [(row.kind, row.status) for row in elements[1].addressees.all()]
    assert addressees == [("secretariat", ""), ("status", "member")]
    assert [step.on for step in ElementStep.objects.all()] == [TODAY] * 3


def test_cut_is_whole_or_not_at_all(final, revision, cuts, secretariat, people, paragraphs):
    wrong = Cut(paragraphs[0], "3", {"en": "Decide to build."})
    unknown = Cut(paragraphs[0], "3", WORDS[0], ElementFacts("shout"))
    twice = Cut(paragraphs[0], "1", WORDS[0])
    spaced = Cut(paragraphs[0], "1 a", WORDS[0])
    for last, words in (
        ([wrong], "Element 3: these words do not stand"),
        ([unknown], "Choose from the list"),
        ([twice], "has an element with this number already"),
        ([spaced], "Use digits"),
    ):
        with pytest.raises(ValidationError, match=words):
            cut_elements(revision=final, cuts=[*cuts, *last], by=secretariat)
    with pytest.raises(ValidationError, match="Choose at least one"):
        cut_elements(revision=final, cuts=[], by=secretariat)
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            cut_elements(revision=final, cuts=cuts, by=people[name])
    assert not Element.objects.exists()


def test_only_an_adopted_text_is_cut(revision, cuts, secretariat):
    with pytest.raises(ValidationError, match="Only an adopted text"):
        cut_elements(revision=revision, cuts=cuts, by=secretariat)


def test_element_that_continues_another_takes_it_up(elements, secretariat, process):
    older = ElementFactory(revision__text__document__process=process, number="7")
    closed = ElementFactory(revision__text__document__process=process, number="8", status="closed")
    facts = ElementFacts("decide", continues=older)

    changed = change_element(element=elements[0], facts=facts, version=1, by=secretariat)
    facts = ElementFacts("decide", continues=older, due="2028")
    again = change_element(element=changed, facts=facts, version=2, by=secretariat)
    change_element(
        element=elements[2],
        facts=ElementFacts(continues=closed),
        version=1,
        by=secretariat,
    )

    older.refresh_from_db()
    closed.refresh_from_db()
    assert (again.continues, older.status, closed.status) == (older, "taken-up", "closed")
    assert [step.reason for step in older.steps.all()] == ["Continued by Declaration, element 1."]


def test_element_is_changed_with_its_addressees_and_never_renumbered(elements, secretariat, people):
    theme = ThemeFactory()
    facts = ElementFacts("decide", (TO_MEMBERS,), "2027-06", theme)

    changed = change_element(element=elements[1], facts=facts, version=1, by=secretariat)

    assert (changed.number, changed.verb, changed.due, changed.theme) == (
        "2a", "decide", "2027-06", theme,
    )  # fmt: skip
    assert [row.kind for row in changed.addressees.all()] == ["status"]
    with pytest.raises(EditConflict):
        change_element(element=elements[1], facts=facts, version=1, by=secretariat)
    with pytest.raises(ValidationError, match="older text"):
        change_element(
            element=elements[0],
            facts=ElementFacts(continues=elements[1]),
            version=1,
            by=secretariat,
        )
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            change_element(element=elements[0], facts=facts, version=1, by=people[name])


def test_status_has_a_history_with_days_and_reasons(elements, secretariat, people):
    element = elements[0]
    values = {"element": element, "by": secretariat, "version": 1}
    for status, on, reason, field in (
        ("open", TODAY, "So", "status"),
        ("carried", TODAY, " ", "reason"),
        ("carried", TODAY + timedelta(1), "So", "on"),
        ("carried", TODAY - timedelta(1), "So", "on"),
    ):
        with pytest.raises(ValidationError) as refused:
            change_status(status=status, on=on, reason=reason, **values)
        assert list(refused.value.message_dict) == [field]
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            change_status(
                element=element, status="closed", on=TODAY, reason="x", version=1, by=people[name]
            )

    change_status(status="closed", on=TODAY, reason="The sixth meeting closed it.", **values)

    assert [(step.status, step.reason) for step in element.steps.all()] == [
        ("open", ""),
        ("closed", "The sixth meeting closed it."),
    ]


def test_element_is_seen_and_found_by_whoever_reads_its_text(elements, people):
    def readers():
        return {
            name
            for name, person in people.items()
            if Element.objects.visible_to(person, TODAY).exists()
        }

    members = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}
    assert readers() == members
    document = elements[0].text.document
    keys = set(SearchEntry.objects.filter(kind="element").values_list("keys__key", flat=True))
    assert keys == {
        f"process:{document.process_id}:members", f"process:{document.process_id}:secretariat",
    }  # fmt: skip
    document.audience = "public"
    document.save()
    assert readers() == set(people)
    document.published_at = None
    document.save()
    assert readers() == {"secretariat"}
    assert not Element.objects.visible_to(AnonymousUser(), TODAY).exists()


def test_paragraph_of_another_text_is_refused(final, cuts, secretariat):
    other = FinalFactory(text__document__process=final.text.document.process)

    with pytest.raises(ValidationError, match="do not stand in the paragraph"):
        cut_elements(revision=other, cuts=cuts, by=secretariat)
    with pytest.raises(ValidationError, match="another text"):
        ElementFactory.build(
            revision=other, text=other.text, paragraph=cuts[0].paragraph
        ).full_clean()


def test_elements_are_found_by_others_when_their_paper_is_for_others(elements, secretariat):
    document = elements[0].text.document
    facts = PaperFacts(title=document.title, kind="declaration", audience="secretariat")

    change_paper(document=document, facts=facts, version=document.version, by=secretariat)
    run_due_jobs(timezone.now())

    keys = set(SearchEntry.objects.filter(kind="element").values_list("keys__key", flat=True))
    assert keys == {f"process:{document.process_id}:secretariat"}
