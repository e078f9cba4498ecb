"""Common principles: what several texts of a process share, with the elements that say it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import SYSTEM, Actor
from comity.audit.models import Versioned
from comity.core.translated import TranslatedField, text_in
from comity.elements.models.elements import Element
from comity.processes.models import Process


class PrincipleQuerySet(models.QuerySet["Principle"]):
    """The questions one asks of principles."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the principles of which ``actor`` may read a source on that day.

        The secretariat also sees those that have no source yet.
        """
        if actor is SYSTEM:
            return self.all()
        read = Element.objects.visible_to(actor, on).values("pk")
        sources = PrincipleSource.objects.filter(principle=OuterRef("pk"), element__in=read)
        run = models.Q(process__in=Process.objects.run_by(actor, on))
        return self.filter(models.Q(Exists(sources)) | run)


class Principle(Versioned):
    """Something that several texts hold in common, in the words of the register."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="principles")
    order = models.PositiveSmallIntegerField(_("number"))
    words = TranslatedField(_("words"))
    sources = models.ManyToManyField(
        Element, through="PrincipleSource", related_name="principles", blank=True
    )

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        verbose_name = _("common principle")
        ordering = ["process", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "order"],
                name="principle_number_once_in_process",
                violation_error_message=_("The register has a principle with this number."),
            )
        ]

    def __str__(self) -> str:
        return text_in(self.words)


class PrincipleSource(models.Model):
    """That an element says what a principle says."""

    principle = models.ForeignKey(Principle, on_delete=models.CASCADE, related_name="source_rows")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("source of a principle")
        ordering = ["principle", "element__text__document__dated_earliest", "element__order"]
        constraints = [
            models.UniqueConstraint(fields=["principle", "element"], name="principle_source_once")
        ]

    def __str__(self) -> str:
        return str(self.element)
