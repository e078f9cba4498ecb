"""Cut an adopted text into elements, and keep how each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.elements.indexing import index_elements, whole_elements
from comity.elements.models import (
    Addressee,
    AddresseeKind,
    Element,
    ElementStatus,
    ElementStep,
)
from comity.elements.services.steps import lock_text
from comity.elements.verbs import verbs
from comity.parties.models import Party
from comity.processes.models import Body, Theme
from comity.texts.models import Paragraph, Passage, Revision, RevisionState


@dataclass(frozen=True)
class To:
    """One to whom an element speaks."""

    kind: AddresseeKind
    status: str = ""
    party: Party | None = None
    body: Body | None = None


@dataclass(frozen=True)
class ElementFacts:
    """What an element asks: the verb of the text, of whom, until when, on which theme."""

    verb: str = ""
    addressees: Sequence[To] = ()
    due: str = ""
    theme: Theme | None = None
    continues: Element | None = None


@dataclass(frozen=True)
class Cut:
    """One element to be cut from a paragraph: its number, its words, and what it asks."""

    paragraph: Paragraph
    number: str
    words: Mapping[str, str]
    facts: ElementFacts = field(default_factory=ElementFacts)


@transaction.atomic
def cut_elements(
    *, revision: Revision, cuts: Sequence[Cut], by: Actor, now: datetime | None = None
) -> list[Element]:
    """Cut ``revision``, which is final, into elements, all or none; each is open from now on.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the revision is not final, nothing is cut, words do not stand in the
            paragraph, or a value is wrong.
    """
    require(by, "elements.cut", revision.text)
    text = lock_text(revision.text)
    if revision.state != RevisionState.FINAL:
        raise ValidationError(_("Only an adopted text is cut into elements."), code="state")
    if not cuts:
        raise ValidationError(_("Choose at least one paragraph."), code="none")
    standing = _words_of(revision)
    moment = now or timezone.now()
    last = Element.objects.filter(text=text).aggregate(last=Max("order"))["last"] or 0
    made = []
    for order, cut in enumerate(cuts, start=last + 1):
        _refuse_other_words(cut, standing.get(cut.paragraph.pk, {}))
        element = Element(
            text=text,
            revision=revision,
            paragraph=cut.paragraph,
            number=cut.number,
            order=order,
            words=dict(cut.words),
            **_columns(cut.facts),
        )
        element.full_clean()
        element.save()
        _address(element, cut.facts.addressees)
        record_creation(element, action="element.cut", by=by)
        day = timezone.localdate(moment)
        _step(element, ElementStatus.OPEN, day, "", by=by, moment=moment)
        made.append(element)
    for element in made:
        _take_up(element, None, by, moment)
    index_elements(whole_elements().filter(pk__in=[element.pk for element in made]))
    return made


@transaction.atomic
def change_element(
    *,
    element: Element,
    facts: ElementFacts,
    version: int,
    by: Actor,
    now: datetime | None = None,
) -> Element:
    """Change what is said of an element; its number and its words are the text's and stay.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a value is wrong.
    """
    require(by, "elements.edit", element)
    values = _columns(facts)
    current = lock_version(element, version, yours=values)
    before = current.continues
    addressed = [_plain(row) for row in current.addressees.all()]
    save_change(current, values, action="element.changed", by=by)
    current.addressees.all().delete()
    _address(current, facts.addressees)
    after = [_plain(row) for row in current.addressees.all()]
    if addressed != after:
        record(
            by,
            "element.addressed",
            current,
            before={"to": addressed},
            after={"to": after},
        )
    _take_up(current, before, by, now or timezone.now())
    index_elements(whole_elements().filter(pk=current.pk))
    return current


@transaction.atomic
def change_status(
    *,
    element: Element,
    status: ElementStatus,
    on: date,
    reason: str,
    version: int,
    by: Actor,
    now: datetime | None = None,
) -> Element:
    """Keep to which status an element came, on which day and why.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it stands so already, no reason is given, or the day lies ahead or before
            its last step.
    """
    require(by, "elements.edit", element)
    current = lock_version(element, version, yours={"status": status})
    if current.status == status:
        raise ValidationError({"status": _("It stands so already.")}, code="same")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    if on > timezone.localdate():
        raise ValidationError({"on": _("This lies ahead.")}, code="ahead")
    last = current.steps.aggregate(last=Max("on"))["last"]
    if last and on < last:
        raise ValidationError({"on": _("This lies before its last step.")}, code="before")
    save_change(current, {"status": status}, action="element.status", by=by, reason=reason)
    _step(current, status, on, reason, by=by, moment=now or timezone.now())
    index_elements(whole_elements().filter(pk=current.pk))
    return current


def _columns(facts: ElementFacts) -> dict[str, object]:
    if facts.verb and facts.verb not in verbs:
        raise ValidationError({"verb": _("Choose from the list.")}, code="verb")
    return {
        "verb": facts.verb,
        "due": facts.due,
        "theme": facts.theme,
        "continues": facts.continues,
    }


def _words_of(revision: Revision) -> dict[int, dict[str, str]]:
    """Return the words of each paragraph by language, as a reader compares them."""
    passages = Passage.objects.filter(revision=revision).prefetch_related("wordings")
    return {
        passage.paragraph_id: {row.language: _even(row.words) for row in passage.wordings.all()}
        for passage in passages
    }


def _refuse_other_words(cut: Cut, standing: Mapping[str, str]) -> None:
    for language, words in cut.words.items():
        if _even(words) not in standing.get(language, ""):
            raise ValidationError(
                _("Element %(number)s: these words do not stand in the paragraph.")
                % {"number": cut.number},
                code="words",
            )


def _even(words: str) -> str:
    return " ".join(words.split())


def _address(element: Element, addressees: Sequence[To]) -> None:
    for to in dict.fromkeys(addressees):
        row = Addressee(element=element, **vars(to))
        row.full_clean()
        row.save()


def _plain(row: Addressee) -> str:
    """Return an addressee as the log keeps it: what it is, and its status or key."""
    which = row.status or row.party_id or row.body_id
    return f"{row.kind} {which}" if which else row.kind


def _take_up(element: Element, before: Element | None, by: Actor, moment: datetime) -> None:
    """Let the older element that ``element`` continues say so, and tell what it left it for.

    An element that a meeting closed, or that was superseded, is left as the record has it.
    """
    older = element.continues
    if older is None or older == before:
        return
    current = Element.objects.select_for_update(of=("self",)).get(pk=older.pk)
    if current.status not in (ElementStatus.OPEN, ElementStatus.CARRIED, ElementStatus.ELAPSED):
        return
    reason = _("Continued by %(text)s, element %(number)s.") % {
        "text": element.text,
        "number": element.number,
    }
    save_change(
        current, {"status": ElementStatus.TAKEN_UP}, action="element.status", by=by, reason=reason
    )
    day = timezone.localdate(moment)
    _step(current, ElementStatus.TAKEN_UP, day, reason[:300], by=by, moment=moment)


def _step(
    element: Element, status: ElementStatus, on: date, reason: str, *, by: Actor, moment: datetime
) -> None:
    ElementStep.objects.create(
        element=element,
        status=status,
        on=on,
        reason=reason,
        entered_by=by if isinstance(by, User) else None,
        entered_at=moment,
    )
