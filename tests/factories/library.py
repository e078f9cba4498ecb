import factory
from factory.django import DjangoModelFactory

from comity.library.models import Study
from tests.factories.processes import ProcessFactory


class StudyFactory(DjangoModelFactory):
    class Meta:
        model = Study

    slug = factory.Sequence(lambda n: f"study-{n}")
    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: {"en": f"Study {n}"})
    kind = "study"
    year = "2020"
