from factory.django import DjangoModelFactory

from comity.jobs.models import Job


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test.write"
    language = "en"
