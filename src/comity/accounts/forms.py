"""What people type to sign in and to make a token."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context as allauth_context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.attempts import count_attempt, forget_attempts, left_sentence
from comity.accounts.devices import known_device


class LoginForm(AllauthLoginForm):  # type: ignore[misc] # -- allauth has no types
    """E-mail address and password; what is wrong stands at the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as allauth's
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("E-mail address")
        login.help_text = _("The one your invitation was sent to.")
        password.help_text = ""
        login.widget.attrs = {"type": "email", "autocomplete": "username"}
        password.widget.attrs = {"autocomplete": "current-password"}

    def clean(self) -> dict[str, Any]:  # Any: cleaned values
        """Check that address and password match."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        return self.cleaned_data  # type: ignore[no-any-return] # -- allauth has no types


class AuthenticateForm(AllauthAuthenticateForm):  # type: ignore[misc] # -- allauth has no types
    """The six digits of the authenticator, or a recovery code; wrong ones are counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as allauth's
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "The six digits of your authenticator, or one of your recovery codes."
        )
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code"}

    def clean_code(self) -> str:
        """Check the code; whoever guesses one knows the password, so addresses do not matter.

        A browser that the person has used before is counted by itself.
        """
        whose = f"second factor of {self.user.pk}"
        device = known_device(allauth_context.request, self.user.email)
        left = count_attempt(whose=whose, address="", device=device)
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            wrong = _("This code is not right.")
            raise ValidationError(f"{wrong} {left_sentence(left)}", code=error.code) from error
        forget_attempts(whose=whose, address="", device=device)
        return code


class ActivateTOTPForm(AllauthActivateTOTPForm):  # type: ignore[misc] # -- allauth has no types
    """The first six digits of an authenticator; they do not open anything a second time."""

    def clean_code(self) -> str:
        """Check the code, and remember that it was used."""
        code: str = super().clean_code()
        about_to_be = Authenticator(user=self.user, type=Authenticator.Type.TOTP)
        TOTP(about_to_be)._mark_code_used(code)  # noqa: SLF001 -- allauth has no other way
        return code


class NamesOfLanguages(forms.Select):
    """A list in which each language is named, and read aloud, in itself."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- as Django's
        """Say in which language the option is written."""
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": value, "dir": "auto"}
        return option


class LanguageForm(forms.Form):
    """The language in which somebody reads the platform."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages, mails and files"),
        required=False,
        widget=NamesOfLanguages,
        help_text=gettext_lazy(
            "The names at the head of each page change the language in this browser only."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as Django's
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("As the browser asks")), *settings.LANGUAGES]


class TokenForm(forms.Form):
    """What a new token is for, and how long it is good."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("What you will use it for, as in “our statistics office”."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Blank: until you revoke it."),
    )
