import factory
from factory.django import DjangoModelFactory

from comity.parties.models import Affiliation, Ministry, Party, PartyName, Person, Post
from tests.factories.accounts import UserFactory


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = Party

    code = factory.Sequence(lambda n: f"party-{n}")
    kind = "state"


class PartyNameFactory(DjangoModelFactory):
    class Meta:
        model = PartyName

    party = factory.SubFactory(PartyFactory)
    language = "en"
    name = factory.Sequence(lambda n: f"Party {n}")


class MinistryFactory(DjangoModelFactory):
    class Meta:
        model = Ministry

    party = factory.SubFactory(PartyFactory)
    name = {"en": "Ministry of the Interior"}


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")
    user = factory.SubFactory(UserFactory)


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    party = factory.SubFactory(PartyFactory)
    title = {"en": "Focal point"}


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    party = factory.SubFactory(PartyFactory)
    begins = "2020"
