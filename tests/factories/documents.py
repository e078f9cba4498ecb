import factory
from factory.django import DjangoModelFactory

from comity.documents.models import Document
from comity.processes.audiences import Audience
from tests.factories.processes import ProcessFactory


class DocumentFactory(DjangoModelFactory):
    """A draft for the members; give ``published_at`` to have it out."""

    class Meta:
        model = Document

    process = factory.SubFactory(ProcessFactory)
    slug = factory.Sequence(lambda n: f"document-{n}")
    symbol = factory.Sequence(lambda n: f"DOC/{n}")
    title = factory.Sequence(lambda n: {"en": f"Paper {n}"})
    kind = "report"
    audience = Audience.MEMBERS
