"""What is typed to cut a text into elements, to describe each, and to keep the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import FuzzyDateFormField
from comity.core.translated import text_in
from comity.elements.forms.adoption import DayField
from comity.elements.models import AddresseeKind, Element, ElementStatus, Principle
from comity.elements.queries.elements import status_words
from comity.elements.services import Cut, ElementFacts, PrincipleFacts, To
from comity.elements.verbs import Suggestion, parts_of, suggest, verbs
from comity.processes.forms.rows import PartiesField, RowForm, choose
from comity.processes.models import Process, Status, Theme
from comity.texts.models import Kind, Passage, Revision
from comity.ui.forms import TranslatedFormField, VersionedForm

ADDRESSED = (Status.MEMBER, Status.OBSERVER, Status.INVITED, Status.PARTNER)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def verb_choices() -> list[tuple[str, str]]:
    """Return the verbs of texts by their words, and none."""
    return [("", "–"), *((verb.name, str(verb.label)) for verb in verbs)]


def addressee_choices(process: Process) -> list[tuple[str, str]]:
    """Return whom an element may speak to, beside single parties."""
    return [
        *((f"status:{status}", status_words(status)) for status in ADDRESSED),
        *(
            (kind.value, str(kind.label))
            for kind in (
                AddresseeKind.SECRETARIAT,
                AddresseeKind.PRESIDENCY,
                AddresseeKind.ORGANISATIONS,
            )
        ),
        *((f"body:{body.pk}", str(body)) for body in process.bodies.all()),
    ]


def addressees_of(codes: list[str], process: Process) -> list[To]:
    """Return whom ``codes`` of ``addressee_choices`` name."""
    bodies = {str(body.pk): body for body in process.bodies.all()}
    found = []
    for code in codes:
        kind, _colon, which = code.partition(":")
        if kind == AddresseeKind.STATUS:
            found.append(To(AddresseeKind.STATUS, status=which))
        elif kind == AddresseeKind.BODY:
            found.append(To(AddresseeKind.BODY, body=bodies[which]))
        else:
            found.append(To(AddresseeKind(kind)))
    return found


def suggested_codes(found: Suggestion) -> list[str]:
    """Return the codes of the addressees that a provision names."""
    return [f"status:{each}" if each == Status.MEMBER else each for each in found.addressees]


class AddresseesField(forms.MultipleChoiceField):
    """Whom an element speaks to."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, process: Process, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Field
        super().__init__(
            label=_("to"), required=False, choices=addressee_choices(process), **kwargs
        )


@dataclass(frozen=True)
class Provision:
    """An operative paragraph of a final revision, with what it seems to be."""

    passage: Passage
    words: dict[str, str]
    parts: list[dict[str, str]]
    suggestion: Suggestion

    @property
    def key(self) -> str:
        """What the names of its fields begin with."""
        return f"p{self.passage.paragraph_id}"


def provisions_of(revision: Revision) -> list[Provision]:
    """Return the operative paragraphs of ``revision`` that no element was cut from."""
    cut = Element.objects.filter(text=revision.text_id).values("paragraph")
    passages = Passage.objects.filter(revision=revision, kind=Kind.OPERATIVE)
    found = []
    for passage in passages.exclude(paragraph__in=cut).prefetch_related("wordings"):
        said = {wording.language: wording.words for wording in passage.wordings.all()}
        words = {code: said[code] for code in revision.text.in_order if code in said}
        found.append(Provision(passage, words, _parts(words), suggest(words)))
    return found


def _parts(words: dict[str, str]) -> list[dict[str, str]]:
    """Return the parts of a paragraph; none where its languages do not part alike."""
    parted = {language: parts_of(text) for language, text in words.items()}
    counts = {len(parts) for parts in parted.values()}
    if len(counts) != 1 or counts <= {0, 1}:
        return []
    return [
        {language: parts[at] for language, parts in parted.items()} for at in range(counts.pop())
    ]


class CutForm(forms.Form):
    """Which paragraphs become elements, and what each asks, as proposed or corrected."""

    def __init__(self, *args: Any, revision: Revision, process: Process, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        self.process, self.provisions = process, provisions_of(revision)
        for place, provision in enumerate(self.provisions, start=1):
            self._add_fields(provision, place)

    def _add_fields(self, provision: Provision, place: int) -> None:
        number = provision.passage.number.strip(" .()").replace(" ", "") or str(place)
        found, key = provision.suggestion, provision.key
        self.fields[f"{key}-take"] = forms.BooleanField(
            label=_("make it an element"), required=False, initial=True
        )
        self.fields[f"{key}-number"] = forms.CharField(
            label=_("number"), max_length=20, initial=number
        )
        if provision.parts:
            self.fields[f"{key}-split"] = forms.BooleanField(
                label=_("one element for each of its parts"),
                required=False,
                help_text=_("They are numbered with letters, and described one by one afterwards."),
            )
        self.fields[f"{key}-verb"] = forms.ChoiceField(
            label=_("verb"), required=False, choices=verb_choices(), initial=found.verb
        )
        self.fields[f"{key}-to"] = AddresseesField(self.process, initial=suggested_codes(found))
        self.fields[f"{key}-due"] = FuzzyDateFormField(
            label=_("due"), required=False, initial=found.due
        )

    def rows(self) -> Iterator[tuple[Provision, list[BoundField]]]:
        """Go through the paragraphs with their fields."""
        for provision in self.provisions:
            prefix = f"{provision.key}-"
            yield provision, [self[name] for name in self.fields if name.startswith(prefix)]

    def cuts(self) -> list[Cut]:
        """Return what is to be cut, in the order of the text."""
        return [cut for provision in self.provisions for cut in self._cuts_of(provision)]

    def _cuts_of(self, provision: Provision) -> Iterator[Cut]:
        typed = {
            name.removeprefix(f"{provision.key}-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{provision.key}-")
        }
        if not typed["take"]:
            return
        paragraph, number = provision.passage.paragraph, typed["number"]
        if not typed.get("split"):
            facts = ElementFacts(
                typed["verb"], tuple(addressees_of(typed["to"], self.process)), typed["due"]
            )
            yield Cut(paragraph, number, provision.words, facts)
            return
        for letter, words in zip(LETTERS, provision.parts, strict=False):
            found = suggest(words)
            to = tuple(addressees_of(suggested_codes(found), self.process))
            facts = ElementFacts(found.verb, to, found.due)
            yield Cut(paragraph, f"{number}{letter}", words, facts)


class ElementForm(RowForm):
    """What is said of an element; its number and its words are the text's."""

    verb = forms.ChoiceField(label=_("verb"), required=False)
    to = forms.MultipleChoiceField(
        label=_("to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parties = PartiesField(
        label=_("single parties"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line, by name or by code."),
    )
    due = FuzzyDateFormField(label=_("due"), required=False)
    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("theme"), required=False)
    continues = forms.ModelChoiceField(
        Element.objects.none(),
        label=_("continues"),
        required=False,
        help_text=_("An element of an older text of the process."),
    )

    def __init__(self, *args: Any, row: Element, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, row=row, **kwargs)
        for name, choices in (("verb", verb_choices()), ("to", addressee_choices(self.process))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        older = Element.objects.of_process(self.process).exclude(text=row.text_id)
        choose(self.fields["continues"], older.select_related("text__document"))
        field = self.fields["continues"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label_from_instance = named  # type: ignore[assignment]  # -- as Django documents it

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its addressees as they are chosen."""
        assert isinstance(row, Element)
        rows = list(row.addressees.select_related("party"))
        codes = [
            f"{each.kind}:{each.status or each.body_id}"
            if each.status or each.body_id
            else each.kind
            for each in rows
            if each.party is None
        ]
        parties = [each.party for each in rows if each.party]
        return super().values_of(row) | {"to": codes, "parties": parties}

    def facts(self) -> ElementFacts:
        """Return what was typed as the service takes it."""
        data = self.cleaned_data
        to = [
            *addressees_of(data["to"], self.process),
            *(To(AddresseeKind.PARTY, party=party) for party in data["parties"]),
        ]
        return ElementFacts(data["verb"], tuple(to), data["due"], data["theme"], data["continues"])


def named(element: Element) -> str:
    """Return how an element is chosen from a list: text, number, beginning."""
    return f"{element.text.document}, {element.number} – {text_in(element.words)[:60]}"


class StatusForm(VersionedForm):
    """To which status an element came, when and why."""

    status = forms.ChoiceField(label=_("status"), choices=ElementStatus.choices)
    on = DayField(label=_("day"))
    reason = forms.CharField(label=_("reason"), max_length=300)

    def __init__(self, *args: Any, row: Element, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        kwargs["initial"] = {
            "version": row.version,
            "status": row.status,
            "on": timezone.localdate(),
        }
        super().__init__(*args, **kwargs)


class PrincipleForm(RowForm):
    """A common principle, its number, and the elements that say it."""

    words = TranslatedFormField(label=_("words"), max_length=2000, long=True)
    order = forms.IntegerField(label=_("number"), min_value=1, max_value=32767)
    sources = forms.CharField(
        label=_("sources"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The address of one element on each line."),
    )

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, its sources by their addresses."""
        assert isinstance(row, Principle)
        sources = row.sources.select_related("text__document")
        lines = "\n".join(element.get_absolute_url() for element in sources)
        return super().values_of(row) | {"sources": lines}

    def clean_sources(self) -> list[Element]:
        """Return the elements at the addresses typed; refuse a line that leads to none."""
        found, problems = [], []
        for line in filter(None, map(str.strip, self.cleaned_data["sources"].splitlines())):
            parts = [part for part in line.split("/") if part]
            element = (
                Element.objects.of_process(self.process)
                .filter(text__document__slug=parts[-2], number=parts[-1])
                .first()
                if len(parts) > 1
                else None
            )
            if element is None:
                words = _("No element of this process stands at “%(line)s”.")
                problems.append(ValidationError(words, code="unknown", params={"line": line}))
            else:
                found.append(element)
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(found))

    def facts(self) -> PrincipleFacts:
        """Return what was typed as the service takes it."""
        return PrincipleFacts(**self.shown())
