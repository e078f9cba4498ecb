"""By which scheme a process gives its papers their symbols, and symbols that papers had."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.translated import TranslatedField, text_in
from comity.documents.models.documents import Document
from comity.documents.schemes import check_pattern
from comity.processes.models import Process


class SymbolSeries(Versioned):
    """A series of papers of a process, and the pattern of its symbols."""

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="symbol_series", verbose_name=_("process")
    )
    letters = models.CharField(
        _("letters"), max_length=20, blank=True, help_text=_("As it stands in symbols, such as WP.")
    )
    name = TranslatedField(_("name"))
    pattern = models.CharField(_("pattern"), max_length=60)

    class Meta:
        verbose_name = _("series of symbols")
        ordering = ["process", "letters", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "letters"],
                name="symbol_series_letters_once_in_process",
                violation_error_message=_("The process has a series with these letters already."),
            )
        ]

    def __str__(self) -> str:
        return text_in(self.name)

    def clean(self) -> None:
        """Refuse a pattern by which no symbols could be told apart."""
        try:
            check_pattern(self.pattern, self.letters)
        except ValidationError as error:
            raise ValidationError({"pattern": error}) from error


class FormerSymbol(models.Model):
    """A symbol that a paper had; its address still leads to the paper, and no other gets it."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="former_symbols")
    symbol = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="former_symbols")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "symbol"], name="former_symbol_once_in_process"
            )
        ]

    def __str__(self) -> str:
        return self.symbol
