"""Fields and forms that several apps need."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comity.audit.services import EditConflict
from comity.core.languages import language_name

if TYPE_CHECKING:
    from django.http import QueryDict


class TranslatedWidget(forms.MultiWidget):
    """One input for each language, under the name of the language in that language."""

    template_name = "ui/widgets/translated.html"
    use_fieldset = True

    def __init__(self, languages: Sequence[str], *, long: bool = False) -> None:
        kind: type[forms.Widget] = forms.Textarea if long else forms.TextInput
        self.languages = languages
        super().__init__({code: kind(attrs={"lang": code, "dir": "auto"}) for code in languages})

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        """Return the texts in the order of the languages."""
        return [(value or {}).get(code, "") for code in self.languages]

    def get_context(
        self,
        name: str,
        value: Any,  # noqa: ANN401 -- Django's
        attrs: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Add the name of its language to each input."""
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        context["labels"] = [
            (part, language_name(code)) for part, code in zip(parts, self.languages, strict=True)
        ]
        return context


class TranslatedFormField(forms.MultiValueField):
    """A short text in several languages: a mapping from language code to text."""

    def __init__(
        self,
        *,
        languages: Sequence[str] | None = None,
        max_length: int = 300,
        long: bool = False,
        **kwargs: Any,  # noqa: ANN401 -- those of Field
    ) -> None:
        self.languages = list(languages or settings.CONTENT_LANGUAGES)
        parts = [forms.CharField(required=False, max_length=max_length) for _each in self.languages]
        super().__init__(
            parts,
            widget=TranslatedWidget(self.languages, long=long),
            require_all_fields=False,
            error_messages={"required": _("Give the text in at least one language.")},
            **kwargs,
        )

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        """Return the texts by language, without those left blank."""
        texts = zip(self.languages, data_list, strict=False)
        found = {code: text for code, text in texts if text}
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


class VersionedForm(forms.Form):
    """A form on a row that others may edit too: it carries the version its reader was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def accept_conflict(self, conflict: EditConflict) -> None:
        """Let the next saving take the place of what stands now, which the page then shows."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = str(conflict.current.version)
        self.data = data
