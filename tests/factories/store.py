import hashlib

import factory
from factory.django import DjangoModelFactory

from comity.store.models import StoredFile


class StoredFileFactory(DjangoModelFactory):
    """A row without its content; ``keep_file`` makes one with it."""

    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    size = 1
    media_type = "application/pdf"
