"""What the secretariat types about one of its questions."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.calls.fields import MOST_OF_A_LINE, Shape
from comity.calls.forms.languages import LANGUAGES
from comity.calls.services import QuestionFacts
from comity.calls.services.questions import WITH_OPTIONS
from comity.processes.forms.rows import RowForm
from comity.ui.forms import TranslatedFormField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.calls.models import Question


class QuestionForm(RowForm):
    """What is asked, in the languages of the process, and how it is answered."""

    words = TranslatedFormField(label=_("question"), languages=LANGUAGES, max_length=600)
    help = TranslatedFormField(
        label=_("explanation"), languages=LANGUAGES, max_length=2_000, long=True, required=False
    )
    shape = forms.ChoiceField(label=_("answered by"), choices=Shape, initial=Shape.TEXT)
    options = TranslatedFormField(
        label=_("choices"),
        languages=LANGUAGES,
        max_length=6_000,
        long=True,
        required=False,
        help_text=_("One on each line, in the same order in every language."),
    )
    is_required = forms.BooleanField(label=_("must be answered"), required=False)

    def values_of(self, row: Versioned) -> dict[str, object]:
        """Return what stands in ``row``, the choices of each language line by line."""
        return super().values_of(row) | {"options": _lines(cast("Question", row).options)}

    def clean_options(self) -> list[dict[str, str]]:
        """Return the choices, each in every language in which they were given."""
        typed: Mapping[str, str] = self.cleaned_data["options"]
        lines = {
            code: [line.strip() for line in text.splitlines() if line.strip()]
            for code, text in typed.items()
        }
        if len({len(each) for each in lines.values()}) > 1:
            raise ValidationError(_("Give as many choices in every language."), code="options")
        found = [
            dict(zip(lines, words, strict=True)) for words in zip(*lines.values(), strict=True)
        ]
        if any(len(words) > MOST_OF_A_LINE for option in found for words in option.values()):
            raise ValidationError(_("A choice is too long."), code="length")
        return found

    def facts(self, order: int) -> QuestionFacts:
        """Return what was typed as the service takes it; an answer in words has no choices."""
        typed: dict[str, Any] = self.shown("shape")
        shape = Shape(self.cleaned_data["shape"])
        if shape not in WITH_OPTIONS:
            typed["options"] = []
        return QuestionFacts(order=order, shape=shape, **typed)


def _lines(options: list[dict[str, Any]]) -> dict[str, str]:
    """Return the words of all choices by language, a line for each."""
    codes = dict.fromkeys(code for option in options for code in option["words"])
    return {code: "\n".join(option["words"].get(code, "") for option in options) for code in codes}
