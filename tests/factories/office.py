import gzip
import hashlib

import factory
from factory.django import DjangoModelFactory

from comity.office.models import PUBLIC, Drawing, DrawingStatus


class DrawingFactory(DjangoModelFactory):
    """A drawing that waits for the worker; with ``is_drawn`` one that the worker has left."""

    class Meta:
        model = Drawing

    class Params:
        is_drawn = factory.Trait(
            status=DrawingStatus.READY,
            svg=gzip.compress(b'<svg class="wide"></svg>'),
            png=b"dots",
        )

    key = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    access = PUBLIC
    language = "en"
    title = "Members by year"
    source = "IOM, 2026"
    spec = factory.LazyFunction(
        lambda: {"picture": "chart", "vega_lite": {"data": {"values": []}, "mark": "bar"}}
    )
    table = factory.LazyFunction(lambda: {"columns": ["Year", "Members"], "rows": [["2003", 3]]})
