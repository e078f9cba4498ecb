"""People, the posts they hold, and the ministries in which they hold them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.core.facts import Dated, in_force
from comity.core.translated import TranslatedField, text_in
from comity.parties.models.parties import Party


class Person(Versioned):
    """Somebody who works with a process; most of them can sign in."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return gettext("Somebody whose data were erased") if self.erased_on else self.name


class Ministry(Versioned):
    """A ministry, agency or department of a party; a State often sends several."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ministries")
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        ordering = ["party", "pk"]

    def __str__(self) -> str:
        return text_in(self.name)


class PostQuerySet(models.QuerySet["Post"]):
    """The questions one asks of posts."""

    def vacant(self, on: date) -> Self:
        """Keep the posts that certainly nobody holds on that day; alternates do not fill them."""
        held = Affiliation.objects.filter(in_force(on), post=OuterRef("pk"), place=Place.HOLDER)
        return self.exclude(Exists(held))


class Post(Versioned):
    """A post of a party that goes on when its holder changes, such as focal point."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="posts")
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    title = TranslatedField(_("title"))
    is_focal_point = models.BooleanField(_("focal point"), default=False)
    is_listed = models.BooleanField(
        _("shown in the directories"),
        default=False,
        help_text=_(
            "The members of a process then see who holds it. They always see focal points and "
            "their alternates."
        ),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        ordering = ["party", "pk"]

    def __str__(self) -> str:
        return text_in(self.title)


class Place(models.TextChoices):
    """How a person stands to a post."""

    HOLDER = "holder", _("Holder")
    ALTERNATE = "alternate", _("Alternate")
    STAFF = "staff", _("Staff")


class Affiliation(Dated, Versioned):
    """That a person belongs to a party for a time, and whether they may speak for it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliations")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    place = models.CharField(_("place"), max_length=20, choices=Place, default=Place.HOLDER)
    may_speak = models.BooleanField(_("may speak for the party"), default=False)
    seconded_by = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="secondments",
        verbose_name=_("seconded by"),
    )
    is_entered_for_party = models.BooleanField(
        _("entered for the party by somebody else"), default=False, editable=False
    )

    class Meta(Dated.Meta):
        verbose_name = _("affiliation")
        ordering = ["party", "person", "begins_earliest", "pk"]

    def __str__(self) -> str:
        return f"{self.person} – {self.party}"
