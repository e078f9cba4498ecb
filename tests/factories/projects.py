import factory
from factory.django import DjangoModelFactory

from comity.projects.models import Project, ProjectCountry
from tests.factories.parties import PartyFactory
from tests.factories.processes import ProcessFactory


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    slug = factory.Sequence(lambda n: f"project-{n}")
    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: {"en": f"Project {n}"})
    begins = "2020"


class ProjectCountryFactory(DjangoModelFactory):
    class Meta:
        model = ProjectCountry

    project = factory.SubFactory(ProjectFactory)
    party = factory.SubFactory(PartyFactory)
    name_in_source = factory.Sequence(lambda n: f"Country {n}")
    order = factory.Sequence(lambda n: n + 1)
