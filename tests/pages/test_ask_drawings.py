"""The maps are asked for in every language before anybody opens a page."""

from django.conf import settings
from django.core.management import call_command

from comity.office.models import Boundaries, Drawing
from comity.processes.models import Process


def test_every_map_is_asked_for_once_in_each_language(paper, client):
    Boundaries.objects.create(
        name="world", disclaimer={"en": "-"}, source="-", shapes=[], digest="0"
    )

    call_command("ask_drawings")
    asked = Drawing.objects.count()
    call_command("ask_drawings")
    client.get("/", headers={"accept-language": "fr"})

    languages = len(settings.LANGUAGES)
    assert languages < asked <= languages * (1 + Process.objects.count())
    assert Drawing.objects.count() == asked
