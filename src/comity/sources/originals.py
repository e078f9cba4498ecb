"""What people have changed since a source was read, and what the source said before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.audit.values import label_of, related_names, shown
from comity.core.dates import day_in_words
from comity.sources.models import Original

# The kind of an object, by the key of its content type, and its own primary key.
Key = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """That a row says otherwise than its source did: since when, on what grounds, and what."""

    on: date
    grounds: str
    said: Mapping[str, str]

    def concerns(self, field: str) -> bool:
        """Whether a citation of ``field``, or of the whole row where it is blank, is outdated."""
        return not field or field in self.said

    def around(self, place: SafeString | str) -> SafeString:
        """Return the sentence that a page shows at ``place``, a source, instead of a bare mark."""
        words = {
            "day": day_in_words(self.on),
            "grounds": self.grounds,
            "place": place,
            "said": "; ".join(self.said.values()),
        }
        if self.grounds:
            template = _("changed here on %(day)s (%(grounds)s); %(place)s said: %(said)s")
        else:
            template = _("changed here on %(day)s; %(place)s said: %(said)s")
        for name in words:
            template = template.replace(f"%({name})s", f"{{{name}}}")
        return format_html(template, **words)


def changes_of(keys: Iterable[Key]) -> dict[Key, Change]:
    """Return what was changed in each row of ``keys`` that rests on a source.

    Two queries, and some for each model that a changed field points to.
    """
    by_kind: dict[int, set[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, set()).add(pk)
    wanted = Q(pk__in=())
    for kind, pks in by_kind.items():
        wanted |= Q(content_type=kind, object_id__in=pks)
    found = Original.objects.filter(wanted).select_related("content_type") if by_kind else []
    rows = []
    for original in found:
        model = original.content_type.model_class()
        if original.differing and model is not None:
            said = {name: original.values.get(name) for name in original.differing}
            rows.append((original, model, said))
    names = related_names([(model, said) for _original, model, said in rows])
    return {
        (original.content_type_id, original.object_id): Change(
            on=original.changed_on,
            grounds=original.grounds,
            said={
                name: _("%(field)s: %(words)s")
                % {
                    "field": label_of(model, name),
                    "words": shown(model, name, value, names) or _("nothing"),
                }
                for name, value in said.items()
            },
        )
        for original, model, said in rows
    }
