"""How allauth behaves here: nobody signs up, wrong passwords are counted, mail has its way."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from comity.accounts import mail
from comity.accounts.attempts import count_attempt, forget_attempts, left_sentence
from comity.accounts.devices import known_device, remember_device
from comity.accounts.models import User
from comity.core.addresses import whole_address

# ruff: noqa: ANN401, ARG002 -- the signatures are allauth's, which has no types


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # -- allauth has no types
    """Signing in with e-mail address and password."""

    attempts_left: int | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; raise ValidationError during a pause."""
        email = credentials["email"]
        self.attempts_left = count_attempt(
            whose=email,
            address=self.get_client_ip(request),
            device=known_device(request, email),
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return whose e-mail address and password these are, and start counting anew."""
        user: User | None = super().authenticate(request, **credentials)
        if user:
            email = credentials["email"]
            forget_attempts(
                whose=email,
                address=self.get_client_ip(request),
                device=known_device(request, email),
            )
        return user

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        """Go on after signing in, in a browser that is known from then on."""
        response: HttpResponse = super().post_login(request, user, **about)
        remember_device(response, user)
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        """Tell whether ``password`` is that of ``user``; wrong ones count as at the entrance."""
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the error of that name; a wrong password says how many attempts are left."""
        if code == "email_password_mismatch" and self.attempts_left is not None:
            wrong = _("E-mail address and password do not match.")
            return ValidationError(f"{wrong} {left_sentence(self.attempts_left)}", code=code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a mail, which begins with the installation's own address."""
        return _own_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link of a mail, which begins with the installation's own address."""
        return _own_address(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render a mail and hand it to ``comity.accounts.mail``; its template names the cause.

        It is in the language that the account keeps, else in that of the request.
        """
        host = urlsplit(settings.SITE_ADDRESS).netloc
        site = {"domain": host, "name": host}
        whole = {"request": allauth_context.request, "email": email, "current_site": site}
        kept = User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
        with override(kept if kept in dict(settings.LANGUAGES) else get_language()):
            message = self.render_mail(template_prefix, email, whole | context)
            mail.send(message, f"account.{template_prefix.rpartition('/')[2]}")


def _own_address(url: str) -> str:
    """Return ``url`` at the address that the operator gave, whatever the request called us."""
    return whole_address(urlsplit(url)._replace(scheme="", netloc="").geturl())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # -- allauth has no types
    """Signing in with a second factor."""

    def get_totp_issuer(self) -> str:
        """Name the account in the reader's authenticator."""
        return "Comity"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last second factor where one is required."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return False
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
