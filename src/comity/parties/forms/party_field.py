"""A party that people choose by typing a part of its name, or its code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.core.sorting import fold, sort_key
from comity.parties.models import NameKind, Party, PartyName

CODE_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
MOST_SUGGESTED = 3
# Of a beginning that stands for a name.
FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Offer:
    """Which parties a field offers, and which of them first.

    ``first`` are primary keys, or a question that gives them; then stand those of ``region``,
    then all others. ``made_up`` keeps the invented apart from the real: one of them never
    takes part in what is of the other. ``kinds`` leaves out all of another kind.
    """

    first: QuerySet[Any, Any] | frozenset[int] = frozenset()
    region: str = ""
    made_up: bool | None = None
    kinds: tuple[str, ...] = ()

    def parties(self) -> QuerySet[Party]:
        """Return the parties offered."""
        found = Party.objects.all()
        if self.made_up is not None:
            found = found.filter(is_made_up=self.made_up)
        return found.filter(kind__in=self.kinds) if self.kinds else found

    def labels(self) -> list[str]:
        """Return what the parties offered are called, in three questions at most."""
        names = names_on(timezone.localdate())
        first = set(self.first)
        rows = [
            (pk not in first, region != self.region, names.get(pk, code), code)
            for pk, code, region in self.parties().values_list("pk", "code", "region").order_by()
        ]
        rows.sort(key=lambda row: (row[0], row[0] and row[1], sort_key(row[2])))
        return [label_of(name, code) for _first, _region, name, code in rows]


def names_on(on: date) -> dict[int, str]:
    """Return what every party is called on that day in the reader's language, in one question."""
    languages = {get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}
    begun = Q(begins_earliest=None) | Q(begins_earliest__lte=on)
    names = PartyName.objects.filter(begun, kind=NameKind.OFFICIAL, language__in=languages)
    earliest_first = names.order_by(F("begins_earliest").asc(nulls_first=True))
    called: dict[bool, dict[int, str]] = {True: {}, False: {}}
    for party, language, name in earliest_first.values_list("party", "language", "name"):
        called[language == get_language()][party] = name
    return called[False] | called[True]


def label_of(name: str, code: str) -> str:
    """Return how a party stands in the list: its name, and its code in brackets."""
    return f"{name} ({code})"


class PartyInput(forms.TextInput):
    """A line of text that the browser completes from the parties offered; it needs no script."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
        self.offer = Offer()

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 -- Django's
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401 -- Django's
    ) -> SafeString:
        """Return the line, and beside it the list that completes it."""
        list_id = f"{(attrs or {}).get('id', name)}-list"
        line = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self._labels()))
        return format_html('{}<datalist id="{}">{}</datalist>', line, list_id, options)

    def _labels(self) -> list[str]:
        return self.offer.labels()


class PartyField(forms.Field):
    """A party, given by a name that it has or had, its acronym or its code; see ``Offer``.

    The beginning of a name is enough where no other party offered has a name that begins so.

    A form that knows for whom it asks says so in its ``__init__``:
    ``self.fields["party"].offer = Offer(...)``.
    """

    widget = PartyInput
    default_error_messages = {
        "unknown": _("There is no party called “%(typed)s”, nor one with that code."),
        "near": _("There is no party called “%(typed)s”. Did you mean %(near)s?"),
        "several": _("Several parties are or were called “%(typed)s”. Choose one: %(near)s."),
        "real": _("%(typed)s is real, and this is invented: choose an invented party."),
        "made_up": _("%(typed)s is invented, and this is real: choose a real party."),
        "kind": _("%(typed)s cannot stand here: it is of another kind."),
    }

    @property
    def offer(self) -> Offer:
        """The parties among which one chooses."""
        assert isinstance(self.widget, PartyInput)
        return self.widget.offer

    @offer.setter
    def offer(self, offer: Offer) -> None:
        assert isinstance(self.widget, PartyInput)
        self.widget.offer = offer

    def prepare_value(self, value: object) -> object:
        """Return how a party stands in the list, or what was typed."""
        if not isinstance(value, Party):
            return value
        named = Party.objects.with_name(timezone.localdate()).get(pk=value.pk)
        return label_of(str(named), value.code)

    def to_python(self, value: str | None) -> Party | None:
        """Return the party meant; raise ValidationError for none, several, or one not offered."""
        typed = (value or "").strip()
        if not typed:
            return None
        if "\0" in typed:  # no database looks for it, and no reader sees that it is there
            raise self._refusal("unknown", typed.replace("\0", "\ufffd"))
        found = self._find(typed)
        if not found:
            raise self._unknown(typed)
        if len(found) > 1:
            raise self._refusal("several", typed, ", ".join(party.code for party in found))
        party = found[0]
        if self.offer.made_up is not None and party.is_made_up != self.offer.made_up:
            raise self._refusal("made_up" if party.is_made_up else "real", typed)
        if self.offer.kinds and party.kind not in self.offer.kinds:
            raise self._refusal("kind", typed)
        return party

    def _find(self, typed: str) -> list[Party]:
        in_brackets = CODE_IN_BRACKETS.search(typed)
        for code in filter(None, (typed, in_brackets and in_brackets[1].strip())):
            if party := Party.objects.filter(code__iexact=code).first():
                return [party]
        return self._called(typed) or self._beginning(typed)

    def _called(self, typed: str) -> list[Party]:
        """Return the parties that are or were called so, in full or for short."""
        named = PartyName.objects.filter(name__iexact=typed).values("party")
        found = Party.objects.filter(Q(pk__in=named) | Q(acronym__iexact=typed))
        # A name that an invented party shares with a real one is not ambiguous where one is barred.
        offered = list(found.filter(pk__in=self.offer.parties()))
        return offered or list(found)

    def _beginning(self, typed: str) -> list[Party]:
        """Return the parties offered with a name of which ``typed`` is the beginning."""
        key = sort_key(typed)
        if len(key) < FEWEST_LETTERS:
            return []
        named = PartyName.objects.filter(sort_key__startswith=key).values("party")
        return list(self.offer.parties().filter(pk__in=named))

    def _unknown(self, typed: str) -> ValidationError:
        labels = {fold(label): label for label in self.offer.labels()}
        bare = {CODE_IN_BRACKETS.sub("", key).strip(): label for key, label in labels.items()}
        near = get_close_matches(fold(typed), bare, MOST_SUGGESTED, 0.7)
        if not near:
            return self._refusal("unknown", typed)
        return self._refusal("near", typed, ", ".join(bare[each] for each in near))

    def _refusal(self, code: str, typed: str, near: str = "") -> ValidationError:
        message = str(self.error_messages[code])
        return ValidationError(message, code=code, params={"typed": typed, "near": near})
