import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from comity.accounts.authority import may
from comity.accounts.demonstration import PASSWORD
from comity.accounts.models import User
from comity.audit.models import Event
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.made_up import SIGN_INS, Summary, made_up
from comity.pages.made_up.large import Large
from comity.parties.models import Affiliation, Party, PartyKind, PartyName, Person, Post
from comity.processes.models import (
    Contact,
    Meeting,
    Office,
    Participation,
    Process,
    Seat,
    Term,
    Turn,
)
from comity.projects.models import Project
from comity.search.models import SearchEntry
from comity.sources.models import Citation, Source
from tests.factories.parties import PartyFactory
from tests.factories.processes import ProcessFactory

MERIDIAN_STATES = [f"QM{letter}" for letter in "ABCDEFGHIJK"]
STATES = [*MERIDIAN_STATES, *(f"QM{letter}" for letter in "MNOPQ")]
ORGANISATIONS = [
    "almery-institute",
    "harbour-cities",
    "lagoon-bureau",
    "lagoon-mission",
    "meridian-galdora",
    "meridian-liaison",
    "meridian-secretariat",
    "paper-archive",
]
PUBLIC = {
    "lp-osmere-understanding",
    "md-havenor-declaration",
    "md-operating-rules",
    "md-plan-of-action",
    "md-report-2026",
    "md-vellmar-declaration",
    "md-vellmar-declaration-adoption",
    "md-vellmar-follow-up",
    "md-vellmar-follow-up-adoption",
}
PARTICIPANTS = PUBLIC | {
    "md-agenda-2026",
    "md-draft-declaration-2027",
    "md-logistics-2027",
    "md-workshop-papers-2024",
    "meridian-note-for-participants-rooms-and-translation-booths",
}
MEMBERS = PARTICIPANTS | {"md-budget-2026", "md-matrix-note", "md-outcome-draft-2027"}
STATISTICS = {"md-statistics-definitions", "md-statistics-mirror"}
DRAFTING = {"md-drafting-brackets"}
STEERING = {"md-steering-minutes"}
CHAIR = {"md-chair-soundings", "md-handover"}
ARVENIA = MEMBERS | STATISTICS | {"md-border-pilot"}
READ_BY = {
    "": PUBLIC,
    "secretariat@meridian.example": MEMBERS
    | STATISTICS
    | DRAFTING
    | STEERING
    | CHAIR
    | {
        "md-agenda-2027-draft",
        "md-almery-terms",
        "md-border-pilot",
        "md-lagoon-letter",
        "md-press-draft",
        "md-secretariat-staffing",
    },
    "chair@meridian.example": MEMBERS | DRAFTING | STEERING | CHAIR,
    "focal.qma@meridian.example": ARVENIA,
    "focal.qmb@meridian.example": MEMBERS | DRAFTING | {"md-border-pilot"},
    "delegate.qma@meridian.example": ARVENIA,
    "statistician.qma@meridian.example": ARVENIA,
    "observer@meridian.example": PARTICIPANTS,
    "partner@meridian.example": PARTICIPANTS | {"md-almery-terms"},
    "secretariat@lagoon.example": PUBLIC
    | {
        "lp-bureau-note",
        "lp-conclusions-2026",
        "lp-rescue-note",
        "lp-session-2027-draft",
        "md-lagoon-letter",
    },
    "editor@paper.example": PUBLIC,
    "admin@comity.example": PUBLIC,
}
SPEAKS_FOR = {
    "secretariat@meridian.example": [
        "meridian-galdora",
        "meridian-liaison",
        "meridian-secretariat",
    ],
    "chair@meridian.example": ["QMD"],
    "focal.qma@meridian.example": ["QMA"],
    "focal.qmb@meridian.example": ["QMB"],
    "delegate.qma@meridian.example": [],
    "statistician.qma@meridian.example": [],
    "observer@meridian.example": ["harbour-cities"],
    "partner@meridian.example": ["almery-institute"],
    "secretariat@lagoon.example": ["lagoon-bureau", "lagoon-mission"],
    "editor@paper.example": ["paper-archive"],
    "admin@comity.example": [],
}
MODELS = (Party, Person, Process, Meeting, Document, Study, Project, Participation, Seat, Term)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def people():
    users = {user.email: user for user in User.objects.all()}
    return {"": AnonymousUser(), **{sign_in.email: users[sign_in.email] for sign_in in SIGN_INS}}


def read_by_each():
    return {
        email: set(Document.objects.visible_to(person).values_list("slug", flat=True))
        for email, person in people().items()
    }


def test_made_up_makes_the_demonstration(demonstration):
    made = {model.__name__: count for model, count in zip(MODELS, counts().values(), strict=True)}

    assert demonstration == Summary(rows=demonstration.rows, accounts=11, large=Large())
    assert made == {
        "Party": 24,
        "Person": 45,
        "Process": 4,
        "Meeting": 19,
        "Document": 33,
        "Study": 4,
        "Project": 4,
        "Participation": 22,
        "Seat": 17,
        "Term": 14,
    }


def test_made_up_adds_nothing_the_second_time(demonstration):
    before = counts(), Event.objects.count(), SearchEntry.objects.count()

    again = made_up()

    assert again == Summary(rows=0, accounts=0, large=Large())
    assert (counts(), Event.objects.count(), SearchEntry.objects.count()) == before


def test_made_up_leaves_what_people_edited(demonstration):
    Turn.objects.filter(process__slug="meridian").delete()
    Party.objects.filter(code="QMA").update(place="Elsewhere", version=2)

    made_up()

    assert not Turn.objects.filter(process__slug="meridian").exists()
    assert Party.objects.get(code="QMA").place == "Elsewhere"


def test_made_up_is_recorded_once(demonstration):
    events = Event.objects.filter(action="demonstration.made")

    assert [(str(event.target), event.after) for event in events] == [
        ("Meridian Dialogue", {"rows": demonstration.rows, "scale": 1})
    ]


def test_all_that_is_made_up_says_so(demonstration):
    parties = Party.objects.filter(is_made_up=True).values_list("code", flat=True)
    processes = Process.objects.filter(is_made_up=True).values_list("slug", flat=True)

    assert sorted(parties) == [*STATES, *ORGANISATIONS]
    assert set(processes) == {"meridian", "lagoon"}


@pytest.mark.parametrize("url", ["/processes/meridian/", "/processes/lagoon/", "/parties/QMA/"])
def test_words_of_another_language_are_marked_and_the_mark_is_not_shown(demonstration, client, url):
    page = client.get(url, headers={"accept-language": "es"}).content.decode()

    assert '<span lang="en">' in page
    assert "&lt;" not in page


def test_no_real_party_is_in_a_made_up_process(demonstration):
    PartyFactory(code="MEX")

    made_up(20)

    held = {
        party
        for model in (Participation, Term, Turn)
        for party in model.objects.filter(process__is_made_up=True).values_list("party", flat=True)
    } | set(Seat.objects.values_list("party", flat=True))
    assert not Party.objects.filter(pk__in=held, is_made_up=False).exists()


def test_meridian_has_eleven_member_states(demonstration):
    participations = Participation.objects.filter(process__slug="meridian").on(timezone.localdate())
    by_status = {}
    for participation in participations.select_related("party"):
        by_status.setdefault(participation.status, []).append(participation.party.code)

    assert by_status == {
        "member": MERIDIAN_STATES,
        "invited": ["QMM"],
        "observer": ["harbour-cities"],
        "partner": ["almery-institute"],
    }


def test_renamed_state_has_both_names(demonstration):
    names = PartyName.objects.filter(party__code="QMD", language="fr")

    assert [(name.name, name.begins, name.ends) for name in names.order_by("-ends")] == [
        ("Royaume de Dorvane", "", "2018-04-18"),
        ("République de Dorvane", "2018-04-19", ""),
    ]


def test_every_party_has_a_name_in_each_language(demonstration):
    names = PartyName.objects.filter(party__is_made_up=True, ends="")

    for language in ("en", "es", "fr"):
        assert names.filter(language=language).count() == len(STATES) + len(ORGANISATIONS)


def test_everybody_signs_in_with_a_verified_address(demonstration):
    users = list(User.objects.order_by("pk"))
    verified = EmailAddress.objects.filter(verified=True, primary=True)

    assert [user.email for user in users] == [sign_in.email for sign_in in SIGN_INS]
    assert all(user.check_password(PASSWORD) for user in users)
    assert [user.email for user in users if user.is_superuser] == ["admin@comity.example"]
    assert {address.email: address.user_id for address in verified} == {
        user.email: user.pk for user in users
    }


def test_everybody_reads_exactly_what_is_meant_for_them(demonstration):
    assert read_by_each() == READ_BY


def test_focal_points_speak_and_delegates_do_not(demonstration):
    today = timezone.localdate()

    spoken_for = {
        email: list(Party.objects.spoken_for_by(user, today).values_list("code", flat=True))
        for email, user in people().items()
        if email
    }

    assert spoken_for == SPEAKS_FOR


def test_everybody_edits_only_what_is_theirs(demonstration):
    processes = list(Process.objects.all())

    edited = {
        email: {process.slug for process in processes if may(user, "processes.edit", process)}
        for email, user in people().items()
    }

    assert {email: slugs for email, slugs in edited.items() if slugs} == {
        "secretariat@meridian.example": {"meridian"},
        "secretariat@lagoon.example": {"lagoon"},
        "editor@paper.example": {"rcm"},
    }


def test_archive_keeps_what_is_loaded_later(demonstration):
    later = ProcessFactory(slug="bali")
    Citation.objects.create(source=Source.objects.get(), target=later)

    made_up()

    kept = Term.objects.filter(office=Office.KEEPER).values_list("process__slug", flat=True)
    assert set(kept) == {"rcm", "bali"}


def test_three_focal_points_are_missing_and_two_people_are_seconded(demonstration):
    vacant = Post.objects.vacant(timezone.localdate()).filter(is_focal_point=True)
    seconded = Affiliation.objects.exclude(seconded_by=None)

    assert [post.party.code for post in vacant] == ["QMC", "QMG", "QMO"]
    assert [(one.party.code, one.seconded_by.code) for one in seconded] == [
        ("QMH", "almery-institute"),
        ("meridian-secretariat", "QME"),
    ]


def test_contacts_of_the_network_stand_by_their_affiliation(demonstration):
    contacts = Contact.objects.filter(network__process__slug="meridian")
    by_network = {}
    for contact in contacts:
        by_network.setdefault(str(contact.network), []).append(contact.affiliation.party.code)

    assert by_network == {
        "Network of liaison officers": [
            "meridian-liaison",
            "QMA",
            "QMB",
            "QME",
            "QMF",
            "QMG",
            "QMD",
        ],
        "Network of consulates": ["QMA", "QMF", "QMJ", "QME"],
    }


def test_everything_made_up_can_be_found(demonstration):
    found = set(SearchEntry.objects.values_list("url", flat=True))
    wanted = {
        row.get_absolute_url()
        for model in (Process, Meeting, Document, Study, Project, Party)
        for row in model.objects.all()
        if not isinstance(row, Party) or row.kind == PartyKind.STATE
    }

    assert wanted - found == set()


def test_made_up_is_refused_in_production(demonstration, settings):
    settings.PRODUCTION = True
    before = counts()

    with pytest.raises(ImproperlyConfigured, match="COMITY_MODE is production"):
        made_up(2)
    with pytest.raises(CommandError, match="Nothing was made"):
        call_command("made_up", "--scale", "2")
    assert counts() == before


def test_command_says_what_it_made(demonstration, capsys):
    call_command("made_up", "--scale", "2")

    assert capsys.readouterr().out == (
        "The demonstration is made: 0 rows and 0 accounts added; "
        "around it 1 processes, 2 meetings, 200 documents and 40 people.\n"
    )


def test_command_refuses_a_scale_below_one():
    with pytest.raises(CommandError, match="whole number from 1"):
        call_command("made_up", "--scale", "0")
