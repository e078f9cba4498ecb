"""What people type about bodies, seats and terms of office."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.audit.services import EditConflict
from comity.core.dates import FuzzyDateFormField
from comity.core.facts import perhaps_in_force
from comity.core.punctuation import colon
from comity.parties.forms import PartyField
from comity.parties.models.parties import name_of
from comity.processes.forms.rows import FactForm, choose, offer_parties
from comity.processes.models import PRESIDENCIES, SINGLE, Body, Office, Process, Term
from comity.processes.queries import rotation_of
from comity.processes.services import BodyFacts, TermFacts
from comity.ui.forms import TranslatedFormField, VersionedForm

if TYPE_CHECKING:
    from django.http import QueryDict


class BodyForm(FactForm):
    """What a body is."""

    name = TranslatedFormField(label=_("name"), max_length=200)
    kind = forms.CharField(label=_("kind"), max_length=80)
    part_of = forms.ModelChoiceField(Body.objects.none(), label=_("part of"), required=False)
    begins = FuzzyDateFormField(label=_("since"), required=False)
    ends = FuzzyDateFormField(label=_("until"), required=False)
    seat_or_members = forms.CharField(label=_("seat or members"), required=False, max_length=300)
    terms_of_reference = TranslatedFormField(
        label=_("terms of reference"), required=False, max_length=20_000, long=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        others = self.process.bodies.exclude(pk=self.row.pk if self.row else 0)
        choose(self.fields["part_of"], others)

    def facts(self) -> BodyFacts:
        """Return what was typed as the service takes it."""
        typed = self.shown()
        return BodyFacts(**typed | {"terms_of_reference": typed["terms_of_reference"] or None})


class SeatForm(FactForm):
    """Since when and until when a party sits in a body."""

    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=200)


class NewSeatForm(SeatForm):
    """Who sits in a body, and since when."""

    party = PartyField(label=_("party"))
    field_order = ["party"]


class TermForm(FactForm):
    """When a term of office runs."""

    begins = FuzzyDateFormField(label=_("from"))
    ends = FuzzyDateFormField(label=_("until"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=300)

    def facts(self) -> TermFacts:
        """Return what was typed as the service takes it."""
        return TermFacts(**self.shown("office", "party", "body"))


class NewTermForm(TermForm):
    """Who is entrusted with which office."""

    office = forms.ChoiceField(label=_("office"), choices=Office)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("body"),
        required=False,
        help_text=_("Only for the chair of a body."),
    )
    party = PartyField(label=_("party"))
    field_order = ["office", "body", "party"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["body"], self.process.bodies.all())

    def chosen(self) -> dict[str, Any]:
        """Return the office, and who is entrusted with it."""
        return {name: self.cleaned_data[name] for name in ("office", "party", "body")}


@dataclass(frozen=True)
class HeldTerm:
    """The present term of an office as the editor saw it."""

    term: Term
    version: int


class HeldField(forms.ChoiceField):
    """An office, by who holds it: its term and the version of it that the editor was shown."""

    default_error_messages = {
        "vacant": _("Nobody holds this office. Add a term instead."),
        "unknown": _("Choose one of the offices."),
    }
    process: Process

    def clean(self, value: str) -> HeldTerm:
        """Return the term meant; raise ValidationError where nobody holds the office."""
        if value in Office.values:
            raise ValidationError(self.error_messages["vacant"], code="vacant")
        match = re.fullmatch(r"(\d{1,18})-(\d{1,9})", value or "", re.ASCII)
        term = match and self.process.terms.filter(pk=match[1]).first()
        if not (match and term):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return HeldTerm(term, int(match[2]))


class HandOverForm(VersionedForm):
    """Which office goes to whom, and on which day.

    It begins with the term of primary key ``chosen``, or else with the presidency, for which
    it proposes whose turn is next.
    """

    held = HeldField(label=_("office"))
    party = PartyField(label=_("next holder"))
    on = forms.DateField(
        label=_("first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The present term ends the day before."),
    )
    grounds = forms.CharField(label=_("source of this change"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        process: Process,
        chosen: str = "",
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]  # the choice of the office carries that of its term
        offer_parties(self, process)
        held = self.fields["held"]
        assert isinstance(held, HeldField)
        held.process = process
        terms = _held_terms(process)
        offices = list(_held_offices(terms))
        held.choices = held.widget.choices = [("", _("Choose an office")), *offices]
        begun = [term for term, _name in terms if str(term.pk) == chosen] or [
            term for term, _name in terms if term.office in PRESIDENCIES
        ]
        if begun:
            held.initial = f"{begun[0].pk}-{begun[0].version}"
            self._propose(begun[0])

    def _propose(self, term: Term) -> None:
        """Propose whose turn it is, where the office goes round."""
        if term.office not in PRESIDENCIES:
            return
        turn = rotation_of(term.process, timezone.localdate()).next_turn
        if turn:
            self.fields["party"].initial = turn.party
            self.fields["party"].help_text = _("The order of rotation proposes the next in turn.")

    def accept_conflict(self, conflict: EditConflict) -> None:
        """Let the next saving end the term as it now stands."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("held")] = f"{conflict.current.pk}-{conflict.current.version}"
        self.data = data


def _held_terms(process: Process) -> list[tuple[Term, str]]:
    """Return the terms that run today, each with what its holder is called."""
    today = timezone.localdate()
    terms = process.terms.filter(perhaps_in_force(today)).select_related("body", "process")
    named = terms.annotate(party_name=name_of("party", today))
    return [(term, term.party_name) for term in named]


def _held_offices(terms: Iterable[tuple[Term, str]]) -> Iterator[tuple[str, str]]:
    """Yield each office with its holder, and those that nobody holds but one party could."""
    seen = set()
    for term, name in terms:
        words = [term.get_office_display(), *([str(term.body)] if term.body else [])]
        seen.add(term.office)
        yield f"{term.pk}-{term.version}", f"{' · '.join(words)}{colon()} {name}"
    for office in SINGLE:
        if office not in seen and office != Office.BODY_CHAIR:
            yield office.value, f"{office.label}{colon()} {_('nobody')}"
