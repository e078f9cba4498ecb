import io
import zlib

import factory
from factory.django import DjangoModelFactory

from comity.accounts.models import User
from comity.documents.models import Document, LanguageVersion, OwedPaper, SymbolSeries
from comity.processes.audiences import Audience
from comity.store.services import keep_file
from tests.factories.accounts import UserFactory
from tests.factories.processes import MeetingFactory, ProcessFactory
from tests.store.samples import DOCX


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


class SymbolSeriesFactory(DjangoModelFactory):
    class Meta:
        model = SymbolSeries

    process = factory.SubFactory(ProcessFactory)
    name = {"en": "Papers"}
    pattern = "MD/{year}/{number}"


def kept(content=DOCX, name="paper.docx"):
    """Return a stored file with that content."""
    by = User.objects.filter(is_active=True).first() or UserFactory()
    return keep_file(stream=io.BytesIO(content), name=name, by=by)


def version_of(document, language="en", form="docx", content=DOCX, **values):
    """Let ``document`` have a file with that content, as it lies in the tables."""
    return LanguageVersion.objects.create(
        document=document,
        language=language,
        form=form,
        file=kept(content, f"paper.{form}"),
        crc32=zlib.crc32(content),
        **{"status": "original", **values},
    )


class OwedPaperFactory(DjangoModelFactory):
    """Something that the secretariat owes for a meeting, in two languages."""

    class Meta:
        model = OwedPaper

    process = factory.SubFactory(ProcessFactory)
    meeting = factory.SubFactory(MeetingFactory, process=factory.SelfAttribute("..process"))
    title = factory.Sequence(lambda n: {"en": f"Owed {n}"})
    owner = "secretariat"
    languages = ["en", "fr"]
    days_before = 10
