"""The pages that can be cited, with the other forms in which each can be had."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.exchange.models import RemoteProcess
from comity.library.models import Study
from comity.pages.forms import TableForm
from comity.pages.views.calendar import CalendarForm
from comity.pages.views.overview import OverviewForm
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.processes.models import Meeting, Process, Theme
from comity.projects.models import Project
from comity.sources.models import Source
from comity.ui.citing import Accepting, Alternate, Citable, Cited, Others, Parts, citable

JSON: Final = "application/json"
ATOM: Final = "application/atom+xml"
ICS: Final = "text/calendar"
RECORD: Final = "record"


def _heeded(form: type[Form], *names: str) -> dict[str, Accepting]:
    """Return what tells whether ``form``, which reads a page's address, takes a value."""

    def accepting(name: str) -> Accepting:
        return lambda value: name not in form({name: value}).errors

    return {name: accepting(name) for name in names}


def _known(model: Any, field: str) -> Accepting:  # noqa: ANN401 -- a model with that field
    """Return what tells whether a row of ``model`` is called so."""
    return lambda value: bool(model.objects.filter(**{field: value}).exists())


OF_TABLES: Final = _heeded(TableForm, "region", "status", RECORD)
OF_CALENDAR: Final = _heeded(CalendarForm, "month", "process", "party", "theme", RECORD)
OF_OVERVIEW: Final = _heeded(OverviewForm, "language", RECORD)
# What narrows a list to something on record.
OF_LISTS: Final = {
    "process": _known(Process, "slug"),
    "theme": _known(Theme, "slug"),
    "part_of": _known(Party, "code"),
}
OF_SOURCE: Final[dict[str, Accepting]] = {
    "page": lambda value: value.isascii() and value.isdecimal()
}


# Pages about all of something, with what narrows each.
LISTS: Final[tuple[tuple[str, Promise | str, tuple[str, ...]], ...]] = (
    ("api_guide", _("What programs can ask"), ()),
    ("directory:secretariats", _("Secretariats"), ("on",)),
    ("exchange:processes", _("From other installations"), ()),
    ("open_data", _("Open data"), ()),
    ("pages:about", _("About this platform"), ()),
    ("pages:documents", _("Documents"), ("process",)),
    ("pages:functions", _("What secretariats do, and where it is done here"), ()),
    ("pages:meetings", _("Meetings"), ("process",)),
    ("pages:organisations", _("Organisations"), ("part_of",)),
    ("pages:parties", _("States and other parties"), ()),
    ("pages:processes", _("Processes by region"), ("theme",)),
    ("pages:projects", _("Projects"), ("process",)),
    ("pages:studies", _("Studies"), ("process",)),
    ("sources:index", _("Sources"), ()),
)
# Pages that everybody may open and that are none to cite: they are about their reader, about
# what is new, or about a page that is cited.
NOT_CITED: Final = frozenset(
    {
        "accounts:email",
        "documents:meeting_papers",
        "documents:papers",
        "pages:home",
        "search:results",
        "ui:cite",
    }
)


def declare_citable() -> None:
    """Declare every page about something."""
    for name, page in _things().items():
        citable.add(name, page)
    for name, title, kept in LISTS:
        citable.add(name, Citable(_titled(title), kept, OF_LISTS))
    for name, title, keeps in (
        ("pages:participation", _("Who takes part where"), ("on", "region", "status", RECORD)),
        ("pages:overlaps", _("What processes share"), ("on", RECORD)),
        ("pages:themes", _("Themes of processes"), (RECORD,)),
        ("pages:timeline", _("Processes through the years"), (RECORD,)),
        ("pages:groupings", _("Regional groupings"), ()),
        ("sources:differences", _("Where sources differ"), ()),
    ):
        citable.add(name, Citable(_titled(title), keeps, OF_TABLES, _of_all))
    citable.add(
        "pages:overview",
        Citable(
            _titled(_("Overview of all processes")),
            ("on", "language", RECORD),
            OF_OVERVIEW,
            _of_all,
        ),
    )
    citable.add(
        "pages:calendar",
        Citable(
            _titled(_("Calendar")),
            ("month", "process", "party", "theme", RECORD),
            OF_CALENDAR,
            _of_all,
        ),
    )


def _things() -> dict[str, Citable]:
    return {
        "pages:process": Citable(_process, ("on",), others=_beside_process),
        "pages:party": Citable(_party, ("on",), others=_beside_party),
        "pages:party_brief": Citable(_brief, ("on",)),
        "processes:rotation": Citable(_of_process(_("The chair"))),
        "elements:process": Citable(_of_process(_("Elements of adopted texts"))),
        "elements:thread": Citable(_of_process(_("The thread"))),
        "elements:principles": Citable(_of_process(_("Common principles"))),
        "exchange:process": Citable(_remote),
        "pages:organisation": Citable(_party, ("on",), others=_beside_party),
        "pages:meeting": Citable(_record(Meeting), others=_as_json("api:meeting")),
        "pages:document": Citable(_document, others=_as_json("api:document")),
        "pages:study": Citable(_record(Study)),
        "pages:project": Citable(_record(Project)),
        "sources:detail": Citable(_record(Source), ("place", "page"), OF_SOURCE),
    }


def _process(_reader: Actor, parts: Parts, _on: date) -> Cited:
    row = get_object_or_404(Process, slug=parts["slug"])
    return Cited(text_in(row.name), row.version)


def _party(_reader: Actor, parts: Parts, on: date) -> Cited:
    row = get_object_or_404(Party.objects.with_name(on), code__iexact=parts["code"])
    return Cited(str(row), row.version)


def _brief(_reader: Actor, parts: Parts, on: date) -> Cited:
    rows = Party.objects.filter(kind__in=SEATED).with_name(on)
    row = get_object_or_404(rows, code__iexact=parts["code"])
    return Cited(gettext("Before a trip: %(party)s") % {"party": row}, row.version)


def _of_process(what: str | Promise) -> Callable[[Actor, Parts, date], Cited]:
    """Return what reads a page about something of a process."""

    def read(_reader: Actor, parts: Parts, _on: date) -> Cited:
        row = get_object_or_404(Process, slug=parts["slug"])
        return Cited(f"{what} · {text_in(row.name)}")

    return read


def _remote(_reader: Actor, parts: Parts, _on: date) -> Cited:
    """Read a process as another installation calls it; which version it has is theirs to say."""
    rows = RemoteProcess.objects.select_related("subscription")
    row = get_object_or_404(rows, subscription__slug=parts["slug"], slug=parts["process"])
    return Cited(f"{text_in(row.name)} · {row.subscription.name}")


def _document(reader: Actor, parts: Parts, _on: date) -> Cited:
    row = get_object_or_404(Document.objects.visible_to(reader), slug=parts["slug"])
    return Cited(text_in(row.title), row.version)


def _record(model: Any) -> Callable[[Actor, Parts, date], Cited]:  # noqa: ANN401 -- a model with slug and title
    """Return what reads a row that everybody may see."""

    def read(_reader: Actor, parts: Parts, _on: date) -> Cited:
        row = get_object_or_404(model, slug=parts["slug"])
        return Cited(text_in(row.title), row.version)

    return read


def _titled(title: str | Promise) -> Callable[[Actor, Parts, date], Cited]:
    """Return what reads a page that is about all of them."""
    return lambda _reader, _parts, _on: Cited(str(title))


def _as_json(name: str) -> Others:
    return lambda parts: [Alternate(JSON, _("As data (JSON)"), reverse(name, kwargs=dict(parts)))]


def _beside_process(parts: Parts) -> list[Alternate]:
    slug = parts["slug"]
    return [
        Alternate(JSON, _("As data (JSON)"), reverse("api:process", args=[slug])),
        Alternate(ATOM, _("News (Atom)"), reverse("pages:process_news", args=[slug])),
        Alternate(ICS, _("Calendar (.ics)"), f"{reverse('pages:calendar_ics')}?process={slug}"),
    ]


def _beside_party(parts: Parts) -> list[Alternate]:
    code = parts["code"]
    return [
        Alternate(JSON, _("As data (JSON)"), reverse("api:party", args=[code])),
        Alternate(ICS, _("Calendar (.ics)"), f"{reverse('pages:calendar_ics')}?party={code}"),
    ]


def _of_all(_parts: Parts) -> list[Alternate]:
    return [
        Alternate(ATOM, _("News (Atom)"), reverse("pages:news")),
        Alternate(ICS, _("Calendar (.ics)"), reverse("pages:calendar_ics")),
    ]
