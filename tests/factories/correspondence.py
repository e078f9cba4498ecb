from datetime import date

import factory
from factory.django import DjangoModelFactory

from comity.correspondence.models import Circular, Note
from tests.factories.processes import ProcessFactory


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note
        skip_postgeneration_save = True

    process = factory.SubFactory(ProcessFactory)
    direction = "in"
    number = factory.Sequence(lambda n: f"IN/2026/{n}")
    dated = "2026-10-05"
    subject = "Figures of the year"

    @factory.post_generation
    def parties(self, _create, extracted, **_more):
        self.parties.set(extracted or [])


class CircularFactory(DjangoModelFactory):
    class Meta:
        model = Circular

    process = factory.SubFactory(ProcessFactory)
    number = factory.Sequence(lambda n: f"CIRC/2026/{n}")
    subject = {"en": "Senior officials", "es": "Altos funcionarios"}
    text = {"en": "The meeting is in May.\n\nPlease come.", "es": "La reunión es en mayo."}
    signatory = "A. Head"
    dated = date(2026, 10, 5)
    asked_statuses = ["member"]
