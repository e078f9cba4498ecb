"""What people type about the ministries, posts and people of a party."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Versioned
from comity.core.dates import FuzzyDateFormField
from comity.core.languages import language_name
from comity.parties.forms.party_field import Offer, PartyField
from comity.parties.models import Ministry, Party, Person, Place, Post
from comity.parties.services import AffiliationFacts, PersonFacts, PostFacts
from comity.ui.days import DayField
from comity.ui.forms import TranslatedFormField, VersionedForm


class DayForm(forms.Form):
    """The day as of which a list is shown."""

    on = DayField()


class PartyRowForm(VersionedForm):
    """A form on one row of a party; a new row has no version yet."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- those of Form
        party: Party,
        row: Versioned | None = None,
        **kwargs: Any,  # noqa: ANN401 -- those of Form
    ) -> None:
        self.party, self.row = party, row
        if row is not None:
            known = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            kwargs["initial"] = {**known, "version": row.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if row is None:
            del self.fields["version"]

    @property
    def seen_version(self) -> int:
        """The version that the editor was shown; 0, which none has, where none is given."""
        found: int = self.cleaned_data.get("version", 0)
        return found

    def typed(self, *names: str) -> dict[str, Any]:
        """Return what was typed into the fields of those names, as far as the form has them."""
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class MinistryForm(PartyRowForm):
    """What a ministry is called."""

    name = TranslatedFormField(label=_("name"), max_length=200)


class PostForm(PartyRowForm):
    """What a post is called, where it stands, and who sees who holds it."""

    title = TranslatedFormField(label=_("title"), max_length=200)
    ministry = forms.ModelChoiceField(Ministry.objects.none(), label=_("ministry"), required=False)
    is_focal_point = forms.BooleanField(
        label=_("focal point"),
        required=False,
        help_text=_("The members of the processes in which the party takes part always see it."),
    )
    is_listed = forms.BooleanField(
        label=_("shown in the directories"),
        required=False,
        help_text=_("The members of those processes then see who holds it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["ministry"], self.party.ministries.all())

    def facts(self) -> PostFacts:
        """Return what was typed as the service takes it."""
        return PostFacts(**self.typed("title", "ministry", "is_focal_point", "is_listed"))


class PersonForm(PartyRowForm):
    """Who a person is and how to reach them."""

    name = forms.CharField(label=_("name"), max_length=200)
    email = forms.EmailField(label=_("e-mail address"), required=False)
    telephone = forms.CharField(label=_("telephone"), required=False, max_length=60)
    language = forms.ChoiceField(label=_("writes in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        languages = [(code, language_name(code)) for code in settings.CONTENT_LANGUAGES]
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *languages]

    def person_facts(self) -> PersonFacts:
        """Return who the person is as the service takes it."""
        return PersonFacts(**self.typed("name", "email", "telephone", "language"))


class HeldForm(PartyRowForm):
    """As what a person belongs to a party, and since when.

    The right to speak for the party is offered where the editor may give it.
    """

    post = forms.ModelChoiceField(Post.objects.none(), label=_("post"), required=False)
    place = forms.ChoiceField(label=_("as"), choices=Place)
    begins = FuzzyDateFormField(label=_("from"))
    may_speak = forms.BooleanField(
        label=_("may speak for the party"),
        required=False,
        help_text=_("Clears what the party sends, and keeps its people."),
    )
    seconded_by = PartyField(
        label=_("seconded by"),
        required=False,
        help_text=_("The State or organisation that lends this person."),
    )

    def __init__(self, *args: Any, gives_rights: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        choose(self.fields["post"], self.party.posts.all())
        field = self.fields["seconded_by"]
        assert isinstance(field, PartyField)
        field.offer = Offer(region=self.party.region, made_up=self.party.is_made_up)
        if not gives_rights:
            del self.fields["may_speak"]

    def facts(self) -> AffiliationFacts:
        """Return what was typed of an affiliation as the service takes it."""
        typed = self.typed("post", "begins", "ends", "may_speak", "seconded_by")
        return AffiliationFacts(**typed, place=Place(self.cleaned_data["place"]))


class AffiliationForm(HeldForm):
    """Since when and until when a person belongs to a party, and as what."""

    ends = FuzzyDateFormField(label=_("until"), required=False)
    field_order = ["post", "place", "begins", "ends"]


class NewPersonForm(HeldForm, PersonForm):
    """Who a person is, and as what they come to a party."""


class EndForm(PartyRowForm):
    """The last day on which a person belongs to a party."""

    last_day = forms.DateField(
        label=_("last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class InvitationForm(PartyRowForm):
    """With which address a person is to sign in, and the language of the mail and the pages."""

    email = forms.EmailField(
        label=_("e-mail address"), help_text=_("With it they sign in; only they should read it.")
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- those of Form
        super().__init__(*args, **kwargs)
        assert isinstance(self.row, Person)
        if self.row.user is not None:  # it was sent there before
            del self.fields["email"], self.fields["language"]

    def invitation(self) -> dict[str, str]:
        """Return address and language as the service takes them."""
        assert isinstance(self.row, Person)
        account = self.row.user
        known = {"email": account.email, "language": account.language} if account else {}
        return {**known, **self.typed("email", "language")}


class ErasureForm(PartyRowForm):
    """Why a person is erased."""

    reason = forms.CharField(label=_("reason"), max_length=300)


class RowRemovalForm(PartyRowForm):
    """The version of the row that is to be removed."""


def choose(field: forms.Field, rows: Any) -> None:  # noqa: ANN401 -- a queryset of any model
    """Let one choose among ``rows``."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    field.empty_label = "–"
