"""``comity manage index_everything``: make the search index anew, after an upgrade or by doubt."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from comity.pages.indexing import index_everything
from comity.search.models import SearchEntry


class Command(BaseCommand):
    """Make the search index anew."""

    help = "Make the search index anew from what is stored; readers find the old one meanwhile."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 -- Django's
        """Index every thing in one transaction and say how many passages there are."""
        with transaction.atomic():
            index_everything()
        self.stdout.write(f"{SearchEntry.objects.count()} passages are in the index.")
