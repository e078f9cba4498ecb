"""Sources, of which each is a paper of its own."""

import factory

from comity.sources.models import Source


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda number: f"paper-{number}")
    title = {"en": "IOM’s role in regional dialogues"}
    symbol = "MC/INF/266"
