import pytest
from django import forms

from comity.parties.forms import Offer, PartyField
from comity.parties.models import Party, PartyKind
from tests.factories.parties import PartyFactory, PartyNameFactory

PARTIES = (
    ("ESP", "Spain", "europe", False),
    ("MAR", "Morocco", "africa", False),
    ("DZA", "Algeria", "africa", False),
    ("FSM", "Micronesia (Federated States of)", "asia-pacific", False),
    ("QMA", "Arvenia", "americas", True),
)


@pytest.fixture
def parties(db):
    for code, name, region, made_up in PARTIES:
        party = PartyFactory(code=code, region=region, is_made_up=made_up)
        PartyNameFactory(party=party, name=name)
    PartyNameFactory(party=Party.objects.get(code="MAR"), language="es", name="Marruecos")


def form_with(offer, data=None, initial=None):
    class ChoosingForm(forms.Form):
        party = PartyField(required=False)

    form = ChoosingForm(data, initial=initial)
    form.fields["party"].offer = offer
    return form


def answer(typed, **offer):
    """Return the code chosen, or what is said against it."""
    form = form_with(Offer(**offer), {"party": typed})
    if form.is_valid():
        return form.cleaned_data["party"] and form.cleaned_data["party"].code
    return form.errors["party"][0]


def test_those_who_take_part_come_first_then_the_region(parties):
    first = Party.objects.filter(code="ESP").values_list("pk", flat=True)
    offer = Offer(first=first, region="africa", made_up=False)

    assert offer.labels() == [
        "Spain (ESP)",
        "Algeria (DZA)",
        "Morocco (MAR)",
        "Micronesia (Federated States of) (FSM)",
    ]


@pytest.mark.parametrize("offered", [{"made_up": True}, {"kinds": ("state",), "made_up": True}])
def test_an_invented_process_is_offered_invented_parties_only(parties, offered):
    assert Offer(**offered).labels() == ["Arvenia (QMA)"]


def test_list_costs_two_queries_at_any_length(parties, django_assert_num_queries):
    for number in range(30):
        PartyNameFactory(party=PartyFactory(), name=f"Land {number}")

    with django_assert_num_queries(2):
        assert len(Offer().labels()) == 35


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ESP", "ESP"),
        ("esp ", "ESP"),
        ("Morocco (MAR)", "MAR"),
        ("morocco", "MAR"),
        ("Marruecos", "MAR"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Micronesia (Federated States of) (FSM)", "FSM"),
        ("", None),
        ("\0", "There is no party called “\ufffd”, nor one with that code."),
    ],
)
def test_party_is_found_by_any_of_its_names_and_by_its_code(parties, typed, found):
    assert answer(typed) == found


@pytest.mark.parametrize(
    ("typed", "offer", "said"),
    [
        ("Zzz", {}, "There is no party called “Zzz”, nor one with that code."),
        ("Moroco", {}, "There is no party called “Moroco”. Did you mean Morocco (MAR)?"),
        (
            "Spain (ESP)",
            {"made_up": True},
            "Spain (ESP) is real, and this is invented: choose an invented party.",
        ),
        (
            "QMA",
            {"made_up": False},
            "QMA is invented, and this is real: choose a real party.",
        ),
        (
            "ESP",
            {"kinds": (PartyKind.TERRITORY,)},
            "ESP cannot stand here: it is of another kind.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence(parties, typed, offer, said):
    assert answer(typed, **offer) == said


def test_name_that_several_parties_have_is_asked_again(parties):
    PartyNameFactory(party=PartyFactory(code="OLD"), name="Spain")
    PartyNameFactory(party=PartyFactory(code="QZZ", is_made_up=True), name="Spain")

    said = answer("Spain", made_up=False)

    assert said == "Several parties are or were called “Spain”. Choose one: ESP, OLD."


def test_what_stood_there_and_what_was_typed_wrongly_are_shown_again(parties):
    stored = form_with(Offer(), initial={"party": Party.objects.get(code="ESP")})
    wrong = form_with(Offer(), {"party": '"><b>'})

    assert 'value="Spain (ESP)"' in str(stored["party"])
    assert 'value="&quot;&gt;&lt;b&gt;"' in str(wrong["party"])
    assert '<datalist id="id_party-list"><option value="Algeria (DZA)">' in str(stored["party"])


def test_name_with_a_character_that_nobody_sees_is_refused(parties):
    assert answer("Q\0MA") == ("There is no party called “Q\ufffdMA”, nor one with that code.")
    assert answer("QMA") == "QMA"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("morocc", "MAR"),
        ("MARRU", "MAR"),
        ("Micronesia", "FSM"),
        ("UNHCR", "unhcr"),
        ("Al", "There is no party called “Al”, nor one with that code."),
        ("Arv", "There is no party called “Arv”, nor one with that code."),
    ],
)
def test_beginning_of_one_name_or_an_acronym_is_enough(parties, typed, found):
    PartyFactory(code="unhcr", acronym="UNHCR", is_made_up=False)

    assert answer(typed, made_up=False) == found


def test_beginning_of_several_names_is_asked_again(parties):
    PartyNameFactory(party=Party.objects.get(code="ESP"), language="es", name="Moroña")

    said = answer("Moro", made_up=False)

    assert said == "Several parties are or were called “Moro”. Choose one: ESP, MAR."
