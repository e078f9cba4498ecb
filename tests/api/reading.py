"""Release the open data and read them back with means that are not ours."""

import csv
import io
import json
from datetime import datetime
from zipfile import ZipFile

from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.api.services import release_data
from comity.store.services import open_file

NOW = datetime(2026, 11, 23, 4, tzinfo=timezone.get_default_timezone())


def released(now=NOW):
    return release_data(by=SYSTEM, now=now)


def opened(release):
    with open_file(release.file) as file:
        return ZipFile(io.BytesIO(file.read()))


def rows_of(archive, name):
    text = archive.read(f"csv/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def facts_of(archive, name):
    return json.loads(archive.read(f"json/{name}.json"))
