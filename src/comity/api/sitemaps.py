"""The public pages, for search engines: a list of lists, each bounded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from comity.audit.models import Event
from comity.core.addresses import whole_address
from comity.documents.models import Document
from comity.library.models import Study
from comity.parties.models import Party
from comity.processes.models import Meeting, Process
from comity.projects.models import Project
from comity.sources.models import Source

# A search engine reads at most 50,000 in one; fewer keep the answer quick.
MOST: Final = 2_000
PAGES: Final = (
    "pages:home",
    "pages:about",
    "pages:processes",
    "pages:participation",
    "pages:overlaps",
    "pages:themes",
    "pages:timeline",
    "pages:groupings",
    "pages:calendar",
    "pages:parties",
    "pages:organisations",
    "pages:meetings",
    "pages:documents",
    "pages:studies",
    "pages:projects",
    "sources:index",
    "sources:differences",
    "open_data",
    "api_guide",
)


def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """List the lists, at the address of the installation; Django's takes that of the request."""
    response = index(request, dict(SITEMAPS), sitemap_url_name="sitemap")
    for each in (response.context_data or {})["sitemaps"]:
        parts = urlsplit(each.location)
        each.location = whole_address(parts._replace(scheme="", netloc="").geturl())
    return response


class Listed(Sitemap):  # type: ignore[type-arg]  # -- takes none when it runs
    """Pages at the address of the installation, by whatever name it is asked for them."""

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 -- Django's
        """Return how the installation is reached."""
        return urlsplit(whole_address("/")).scheme

    def get_domain(self, site: object = None) -> str:  # noqa: ARG002 -- Django's
        """Return where the installation is reached."""
        return urlsplit(whole_address("/")).netloc


class Pages(Listed):
    """The pages that are about all."""

    def items(self) -> list[str]:
        """Return their names."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(item)


class Rows(Listed):
    """The pages of one model, each with the day on which somebody last changed its row."""

    limit = MOST

    def __init__(self, rows: Callable[[], "QuerySet[Any]"]) -> None:
        self.rows = rows

    def items(self) -> "QuerySet[Any]":
        """Return the rows in an order that stays, so that parts do not overlap."""
        rows: Any = self.rows()  # with a column added
        events = Event.objects.filter(
            content_type=ContentType.objects.get_for_model(rows.model), object_id=OuterRef("pk")
        )
        latest = events.order_by().values("object_id").annotate(latest=Max("at")).values("latest")
        found: QuerySet[Any] = rows.annotate(changed_at=Subquery(latest)).order_by("pk")
        return found

    def lastmod(self, item: Any) -> datetime | None:  # noqa: ANN401 -- with ``changed_at``
        """Return when somebody changed it; nothing where it stands as it was loaded."""
        changed_at: datetime | None = item.changed_at
        return changed_at


SITEMAPS: Final = {
    "pages": Pages(),
    "processes": Rows(lambda: Process.objects.filter(is_made_up=False)),
    "parties": Rows(lambda: Party.objects.filter(is_made_up=False)),
    "meetings": Rows(lambda: Meeting.objects.exclude(process__is_made_up=True)),
    "documents": Rows(
        lambda: Document.objects.visible_to(AnonymousUser()).exclude(process__is_made_up=True)
    ),
    "studies": Rows(lambda: Study.objects.exclude(process__is_made_up=True)),
    "projects": Rows(lambda: Project.objects.exclude(process__is_made_up=True)),
    "sources": Rows(Source.objects.all),
}
