import factory
from factory.django import DjangoModelFactory

from comity.processes.models import ApprovedList, ApprovedMap, ApprovedName, Footnote
from tests.factories.parties import PartyFactory
from tests.factories.processes import ProcessFactory


class ApprovedListFactory(DjangoModelFactory):
    """A list in preparation; give ``begins`` and ``decision`` for one in force."""

    class Meta:
        model = ApprovedList

    process = factory.SubFactory(ProcessFactory)
    languages = ["en", "fr"]


class FootnoteFactory(DjangoModelFactory):
    class Meta:
        model = Footnote

    listed_in = factory.SubFactory(ApprovedListFactory)
    mark = "*"
    text = {"en": "Without prejudice.", "fr": "Sans préjudice."}


class ApprovedNameFactory(DjangoModelFactory):
    class Meta:
        model = ApprovedName

    listed_in = factory.SubFactory(ApprovedListFactory)
    party = factory.SubFactory(PartyFactory)
    name = factory.Sequence(lambda n: {"en": f"Name {n}", "fr": f"Nom {n}"})


class ApprovedMapFactory(DjangoModelFactory):
    """A disclaimer in preparation, beside the outlines of the platform."""

    class Meta:
        model = ApprovedMap

    process = factory.SubFactory(ProcessFactory)
    disclaimer = {"en": "Drawn for this process."}
