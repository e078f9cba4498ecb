"""Ask for the maps of the pages before anybody opens them."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import override

from comity.pages.queries.front import read_front
from comity.pages.queries.pictures import map_of_process
from comity.pages.queries.process import ProcessPage
from comity.processes.models import Process


class Command(BaseCommand):
    """Put the maps in the queue, in every language of the interface, the first page's first.

    The worker draws them as soon as it runs: a renderer takes memory that what serves afterwards
    would keep.
    """

    help = "Ask for the maps of the first page and of the processes, in every language."

    def handle(self, *_args: object, **_options: object) -> None:
        """Ask for them all; what is drawn already is left."""
        visitor, on = AnonymousUser(), timezone.localdate()
        languages = [code for code, _name in settings.LANGUAGES]
        for language in languages:
            with override(language):
                read_front(visitor, on)
        for process in Process.objects.select_related("merged_into"):
            for language in languages:
                with override(language):
                    map_of_process(ProcessPage(process, visitor, on, on))
