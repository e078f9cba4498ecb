"""Notes verbales in and out with their numbers, and notes to all that are written here."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.authority import SYSTEM, Actor
from comity.accounts.models import User
from comity.audit.models import Versioned
from comity.calls.models import Call, Reply
from comity.core.dates import EdgeField, FuzzyDateField
from comity.core.translated import TranslatedField, text_in
from comity.parties.models import Party
from comity.processes.audiences import Addressed, addressed_to
from comity.processes.models import Process
from comity.store.models import StoredFile


class Direction(models.TextChoices):
    """Whether a note came or went."""

    IN = "in", gettext_lazy("received")
    OUT = "out", gettext_lazy("sent")


class NumberPlan(Versioned):
    """By which series the notes of a process are numbered: the series, the year, a number."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="number_plan")
    received = models.CharField(gettext_lazy("series of notes received"), max_length=20)
    sent = models.CharField(gettext_lazy("series of notes sent"), max_length=20)
    circular = models.CharField(gettext_lazy("series of circular notes"), max_length=20)

    class Meta:
        verbose_name = gettext_lazy("numbers of notes")
        ordering = ["process"]

    def __str__(self) -> str:
        return str(self.process)

    def clean(self) -> None:
        """Refuse a stroke, which parts series, year and number."""
        for name in ("received", "sent", "circular"):
            if "/" in getattr(self, name):
                words = _("Leave out the stroke: it stands between series, year and number.")
                raise ValidationError({name: words}, code="stroke")


class NoteQuerySet(models.QuerySet["Note"]):
    """The questions one asks of notes."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep the notes that ``actor`` may read on that day.

        - The secretariat of the process reads all of them.
        - The people of a party read the notes that it sent or was sent.
        - The audience of a note reads it; most are meant for the secretariat alone.
        """
        if actor is SYSTEM:
            return self.all()
        audience = addressed_to(Note, actor, on)
        if not isinstance(actor, User):
            return self.filter(audience)
        own = Note.parties.through._default_manager.filter(
            note=OuterRef("pk"), party__in=Party.objects.of(actor, on)
        )
        return self.filter(audience | Exists(own))

    def awaiting_reply(self) -> Self:
        """Keep the notes to which a reply is due that has not come or gone."""
        answered = Note.objects.filter(answers=OuterRef("pk"))
        return self.filter(~Exists(answered), reply_due_on__isnull=False, is_settled=False)


class Note(Addressed, Versioned):
    """One note verbale, or a letter like it, as the register keeps it.

    ``number`` is ours and stands once in each direction; ``reference`` is what the note itself
    bears. ``parties`` sent it or were sent it. ``answers`` is the note to which it replies.
    """

    direction = models.CharField(
        gettext_lazy("direction"), max_length=3, choices=Direction, default=Direction.IN
    )
    number = models.CharField(gettext_lazy("number"), max_length=60)
    reference = models.CharField(gettext_lazy("number on the note"), max_length=100, blank=True)
    dated = FuzzyDateField(gettext_lazy("date"))
    dated_earliest = EdgeField(of="dated", edge="earliest")
    dated_latest = EdgeField(of="dated", edge="latest")
    parties = models.ManyToManyField(Party, related_name="notes")
    signatory = models.CharField(gettext_lazy("signed by"), max_length=200, blank=True)
    subject = models.CharField(gettext_lazy("subject"), max_length=300)
    language = models.CharField(gettext_lazy("language"), max_length=10, blank=True)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scan_name = models.CharField(gettext_lazy("name of the scan"), max_length=200, blank=True)
    reply_due_on = models.DateField(gettext_lazy("reply due"), null=True, blank=True)
    is_settled = models.BooleanField(gettext_lazy("needs no reply any more"), default=False)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    reply = models.ForeignKey(
        Reply, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )

    objects = NoteQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = gettext_lazy("note")
        ordering = ["-dated_earliest", "-pk"]
        constraints = [
            *Addressed.Meta.constraints,
            models.UniqueConstraint(
                fields=["process", "direction", "number"],
                name="note_number_once",
                violation_error_message=gettext_lazy("This number is in the register already."),
            ),
            models.CheckConstraint(
                condition=Q(process__isnull=False), name="note_belongs_to_a_process"
            ),
            models.CheckConstraint(
                condition=Q(reply=None) | Q(call__isnull=False),
                name="note_of_a_reply_names_its_call",
            ),
        ]
        indexes = [
            models.Index(fields=["process", "dated_earliest"], name="note_by_date"),
            models.Index(
                fields=["reply_due_on"],
                name="note_reply_due",
                condition=Q(reply_due_on__isnull=False, is_settled=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.subject}"

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        assert self.process is not None
        return reverse("correspondence:note", args=[self.process.slug, self.pk])

    def clean(self) -> None:
        """Refuse what belongs to another process, and an answer to itself or to its own kind."""
        super().clean()
        if self.call and self.call.process_id != self.process_id:
            raise ValidationError({"call": _("This call belongs to another process.")})
        if self.reply and self.reply.call_id != self.call_id:
            raise ValidationError({"reply": _("This is a reply to another call.")})
        if earlier := self.answers:
            if earlier.process_id != self.process_id:
                raise ValidationError({"answers": _("This note belongs to another process.")})
            if earlier.direction == self.direction:
                words = _("A note received answers one that was sent, and the reverse.")
                raise ValidationError({"answers": words})


class CircularQuerySet(models.QuerySet["Circular"]):
    """The questions one asks of circular notes."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep those of the processes that ``actor`` runs that day; others read the note sent."""
        return self.filter(process__in=Process.objects.run_by(actor, on))


class Circular(Versioned):
    """A note to all participants, or to some, that is written here and sent by mail."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="circulars")
    number = models.CharField(gettext_lazy("number"), max_length=60)
    subject = TranslatedField(gettext_lazy("subject"))
    text = TranslatedField(gettext_lazy("text"), blank=True, default=dict)
    signatory = models.CharField(gettext_lazy("signed by"), max_length=200)
    signatory_title = TranslatedField(gettext_lazy("in which office"), blank=True, default=dict)
    dated = models.DateField(gettext_lazy("date"))
    asked_statuses = models.JSONField(default=list, blank=True)
    asked_parties = models.ManyToManyField(Party, blank=True, related_name="+")
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="circulars"
    )
    reply_due_on = models.DateField(gettext_lazy("reply due"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    note = models.OneToOneField(
        Note, on_delete=models.PROTECT, null=True, editable=False, related_name="circular"
    )

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("circular note")
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "number"],
                name="circular_number_once",
                violation_error_message=gettext_lazy("This number is in the register already."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, note=None) | Q(sent_at__isnull=False, note__isnull=False),
                name="circular_that_is_sent_is_registered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {text_in(self.subject)}"

    def get_absolute_url(self) -> str:
        """Return the address of the page about it."""
        return reverse("correspondence:circular", args=[self.process.slug, self.pk])

    def clean(self) -> None:
        """Refuse a call of another process, and a text without its subject."""
        super().clean()
        if self.call and self.call.process_id != self.process_id:
            raise ValidationError({"call": _("This call belongs to another process.")})
        if not self.text:
            raise ValidationError({"text": _("Write the note in at least one language.")})
        if missing := set(self.text) ^ set(self.subject):
            words = _("Give subject and text in the same languages: %(codes)s.")
            raise ValidationError({"text": words % {"codes": ", ".join(sorted(missing))}})


class Enclosure(models.Model):
    """A file that goes out with a circular note; once sent, its own PDF in each language too."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    is_note = models.BooleanField(default=False)

    class Meta:
        verbose_name = gettext_lazy("enclosure")
        ordering = ["circular", "-is_note", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "name"],
                name="enclosure_named_once",
                violation_error_message=gettext_lazy("A file of this name is enclosed already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NoteReminder(models.Model):
    """That the secretariat was told that the reply to a note is due: once before, once after."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    is_late = models.BooleanField()
    left_on = models.DateField()

    class Meta:
        ordering = ["note", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "due_on", "is_late"], name="note_reminder_once_for_each_day_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note} ({self.left_on})"
