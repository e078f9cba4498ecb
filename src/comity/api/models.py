"""The releases of the open data."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comity.store.models import StoredFile

NAME_CHARACTERS = 16


class Release(models.Model):
    """The open data as they were from one night on; a night without changes makes none.

    ``tables`` says how many rows each table has: a list of ``{"name": …, "rows": …}``.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    tables = models.JSONField(_("tables"))
    made_at = models.DateTimeField(_("made"))
    checked_at = models.DateTimeField(_("last compared with the record"))

    class Meta:
        verbose_name = _("release")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return where the file is handed out for as long as it is kept."""
        return reverse("open_data_file", args=[self.name])

    @property
    def name(self) -> str:
        """What tells it from others: the beginning of the hash of its file."""
        return self.file.sha256[:NAME_CHARACTERS]
