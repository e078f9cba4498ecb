import factory
from factory.django import DjangoModelFactory

from comity.processes.models import (
    Agreement,
    Alias,
    Area,
    Body,
    Contact,
    Grouping,
    LiaisonVisit,
    Meeting,
    Network,
    Office,
    OpenSet,
    Participation,
    Partnership,
    Process,
    Request,
    Seat,
    Series,
    Stage,
    StageKind,
    Status,
    Term,
    Theme,
    Turn,
)
from tests.factories.parties import AffiliationFactory, PartyFactory


class ProcessFactory(DjangoModelFactory):
    class Meta:
        model = Process

    slug = factory.Sequence(lambda n: f"process-{n}")
    name = {"en": "A process"}
    short_name = {"en": "Process"}
    region = "americas"


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    process = factory.SubFactory(ProcessFactory)
    kind = StageKind.ONGOING
    begins = "2020"


class AliasFactory(DjangoModelFactory):
    class Meta:
        model = Alias

    process = factory.SubFactory(ProcessFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: {"en": f"Theme {n}"})


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    process = factory.SubFactory(ProcessFactory)
    order = factory.Sequence(lambda n: n + 1)
    words = factory.Sequence(lambda n: f"Area {n}")


class GroupingFactory(DjangoModelFactory):
    class Meta:
        model = Grouping

    region = "americas"
    focus = "focus"
    order = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Grouping {n}")


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    process = factory.SubFactory(ProcessFactory)
    name = {"en": "Ministerial meetings"}


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    slug = factory.Sequence(lambda n: f"meeting-{n}")
    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: {"en": f"Meeting {n}"})
    kind = "ministerial"
    status = "held"
    days = "2020-05-04/2020-05-06"


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    process = factory.SubFactory(ProcessFactory)
    party = factory.SubFactory(PartyFactory)
    status = Status.MEMBER
    begins = "2020"


class OpenSetFactory(DjangoModelFactory):
    class Meta:
        model = OpenSet

    process = factory.SubFactory(ProcessFactory)
    words = "other relevant States"


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    process = factory.SubFactory(ProcessFactory)
    slug = factory.Sequence(lambda n: f"body-{n}")
    name = {"en": "Steering group"}
    kind = "steering group"


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)
    party = factory.SubFactory(PartyFactory)
    begins = "2020"


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    process = factory.SubFactory(ProcessFactory)
    party = factory.SubFactory(PartyFactory)
    office = Office.PRESIDENCY
    begins = "2020"


class TurnFactory(DjangoModelFactory):
    class Meta:
        model = Turn

    process = factory.SubFactory(ProcessFactory)
    party = factory.SubFactory(PartyFactory)
    order = factory.Sequence(lambda n: n + 1)


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    process = factory.SubFactory(ProcessFactory)
    party = factory.SubFactory(PartyFactory)
    name_in_source = "IOM"
    role = "secretariat support"


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    slug = factory.Sequence(lambda n: f"agreement-{n}")
    title = {"en": "Memorandum of understanding"}
    process = factory.SubFactory(ProcessFactory)


class LiaisonVisitFactory(DjangoModelFactory):
    class Meta:
        model = LiaisonVisit

    process = factory.SubFactory(ProcessFactory)
    visited = factory.SubFactory(ProcessFactory)
    days = "2020-05"
    represented_by = "The head of the secretariat"


class RequestFactory(DjangoModelFactory):
    class Meta:
        model = Request

    process = factory.SubFactory(ProcessFactory)
    party = factory.SubFactory(PartyFactory)
    asked = "2020-05"
    words = "Please prepare a paper on returns."


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    process = factory.SubFactory(ProcessFactory)
    name = {"en": "Liaison officers"}


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    network = factory.SubFactory(NetworkFactory)
    affiliation = factory.SubFactory(AffiliationFactory)
