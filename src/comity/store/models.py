"""Files, each kept once under the hash of its content."""

from django.db import models


class StoredFile(models.Model):
    """The content of a file; its name belongs to the row that refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.sha256
