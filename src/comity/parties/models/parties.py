"""Parties and what they are called through time."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.facts import has_begun, in_force, perhaps_in_force
from comity.core.sorting import SortKeyField
from comity.core.texts import Worded
from comity.sources.models import Citation


class PartyKind(models.TextChoices):
    """What kind of party it is."""

    STATE = "state", _("State")
    TERRITORY = "territory", _("Territory")
    SUPRANATIONAL = "supranational", _("Supranational body")
    ORGANISATION = "organisation", _("Organisation")
    OFFICE = "office", _("Office of an organisation")
    NATIONAL_AGENCY = "national-agency", _("National agency")
    NGO = "ngo", _("Non-governmental organisation")
    ACADEMIA = "academia", _("Academic institution")


# Those that take part in their own name; all others stand under /organisations/.
SEATED = (PartyKind.STATE, PartyKind.TERRITORY, PartyKind.SUPRANATIONAL)


class Region(models.TextChoices):
    """The regions by which parties and processes are listed: those of the paper's tables."""

    AMERICAS = "americas", _("Americas and the Caribbean")
    AFRICA = "africa", _("Africa")
    ASIA_PACIFIC = "asia-pacific", _("Asia and the Pacific")
    EUROPE = "europe", _("Europe")
    GULF_MIDDLE_EAST = "gulf-middle-east", _("Gulf and Middle East")
    INTERREGIONAL = "interregional", _("Interregional")


# The ways from a party to what it belongs to: an office to its organisation, an agency to its
# State. No party lies deeper.
WHOLES = ("part_of", "part_of__part_of", "part_of__part_of__part_of")


def belonging_to(parties: "PartyQuerySet") -> Q:
    """Return the condition that a party belongs, at any depth, to one of ``parties``.

    A territory is of a State, but takes part in its own name.
    """
    found = Q()
    for path in WHOLES:
        found |= Q(**{f"{path}__in": parties.values("pk")})
    return found & ~Q(kind__in=SEATED)


class PartyQuerySet(models.QuerySet["Party"]):
    """The questions one asks of parties."""

    def of(self, user: User, on: date) -> Self:
        """Keep the parties that ``user`` belongs to on that day.

        All conditions stand in one ``filter``: in two, they could be met by two different
        affiliations, and a past colleague would still pass for a present one.
        """
        return self.filter(in_force(on, "affiliations__"), affiliations__person__user=user)

    def spoken_for_by(self, user: User, on: date) -> Self:
        """Keep the parties that ``user`` may speak for on that day.

        For an office of which nobody can, who speaks for its organisation does.
        """
        speaking = Party.objects.filter(
            in_force(on, "affiliations__"),
            affiliations__person__user__isnull=False,
            affiliations__may_speak=True,
        )
        own = Party.objects.filter(
            in_force(on, "affiliations__"),
            affiliations__person__user=user,
            affiliations__may_speak=True,
        )
        has_none = ~Q(pk__in=speaking.values("pk"))
        return self.filter(Q(pk__in=own.values("pk")) | has_none & belonging_to(own))

    def signing_in(self, on: date) -> Self:
        """Keep the parties of which somebody, perhaps, can sign in on that day.

        An office signs in where the organisation to which it belongs does: that speaks for it.
        All others work by mail, and somebody else enters their people for them.
        """
        there = Party.objects.filter(
            perhaps_in_force(on, "affiliations__"), affiliations__person__user__isnull=False
        )
        return self.filter(Q(pk__in=there.values("pk")) | belonging_to(there))

    def called(self, words: str) -> Self:
        """Keep the parties that have ever had a name containing ``words``."""
        return self.filter(pk__in=PartyName.objects.filter(name__icontains=words).values("party"))

    def seated(self) -> Self:
        """Keep the States, territories and supranational bodies."""
        return self.filter(kind__in=SEATED)

    def with_name(self, on: date) -> Self:
        """Add ``name``: what each was called on that day, in the reader's language."""
        return self.annotate(name=name_of("pk", on))


def name_of(party: str, on: date) -> Coalesce:
    """Return the expression for the name on that day of the party at the path ``party``.

    The reader's language comes first, then the default one; a party that had no name by
    that day is called by the earliest one known, and by its code where it never had any.
    """
    latest_first = F("begins_earliest").desc(nulls_last=True)
    known = PartyName.objects.filter(party=OuterRef(party), kind=NameKind.OFFICIAL)
    found = [
        Subquery(names.filter(language=language).values("name")[:1])
        for names in (
            known.filter(has_begun(on)).order_by(latest_first),
            known.order_by("begins_earliest", "pk"),
        )
        for language in (get_language(), settings.LANGUAGE_CODE)
    ]
    code = F("code") if party == "pk" else F(f"{party.removesuffix('_id')}__code")
    return Coalesce(*found, code, output_field=models.CharField())


def name_today(party: int) -> str:
    """Return what the party of that primary key is called today."""
    return str(Party.objects.with_name(timezone.localdate()).get(pk=party))


class Party(Versioned):
    """A State, a territory, an organisation or one of its offices; its names are rows."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Stays the same when the name changes; for a State its ISO 3166 code."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    m49 = models.CharField(_("M49 code"), max_length=3, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    subregion = models.CharField(_("subregion"), max_length=80, blank=True)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The State of a territory or agency, the organisation of an office."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    is_made_up = models.BooleanField(_("made up for demonstration"), default=False)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )
    ends = FuzzyDateField(_("existed until"), blank=True)
    ends_earliest = EdgeField(of="ends", edge="earliest")
    ends_latest = EdgeField(of="ends", edge="latest")

    citations = GenericRelation(Citation)
    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PartyKind.values), name="party_kind_is_known"
            )
        ]
        indexes = [models.Index(fields=["kind", "region"], name="party_by_kind_and_region")]

    def __str__(self) -> str:
        return str(getattr(self, "name", self.code))

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        page = "pages:party" if self.kind in SEATED else "pages:organisation"
        return reverse(page, args=[self.code])

    @property
    def has_ended(self) -> bool:
        """Whether the party exists no more."""
        return bool(self.ends)


class NameKind(models.TextChoices):
    """Whose name it is."""

    OFFICIAL = "official", _("Official name")
    IN_SOURCE = "in-source", _("As a source writes it")


class PartyName(Worded):
    """What a party is called in one language, from a date until its next name."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind, default=NameKind.OFFICIAL)
    begins = FuzzyDateField(_("from"), blank=True)
    begins_earliest = EdgeField(of="begins", edge="earliest")
    ends = FuzzyDateField(_("until"), blank=True)
    ends_earliest = EdgeField(of="ends", edge="earliest")
    ends_latest = EdgeField(of="ends", edge="latest")
    source = models.CharField(_("source"), max_length=255, blank=True)
    sort_key = SortKeyField(of="name", language="language")

    class Meta:
        verbose_name = _("name")
        ordering = ["party", "language", "begins_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "language", "begins"],
                condition=Q(kind=NameKind.OFFICIAL),
                name="party_name_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["party", "language", "name", "source"],
                condition=Q(kind=NameKind.IN_SOURCE),
                name="party_name_once_in_a_source",
            ),
        ]
        indexes = [models.Index(fields=["sort_key"], name="party_name_by_sort_key")]

    def __str__(self) -> str:
        return self.name
