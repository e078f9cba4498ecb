"""The pages on which people look after their own account; allauth has those of signing in."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.forms import LanguageForm, TokenForm
from comity.accounts.models import Token, User
from comity.accounts.names import names_of
from comity.accounts.services import (
    NewToken,
    choose_language,
    create_token,
    end_sessions,
    revoke_token,
)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's own account, and keep the language they choose for it."""
    user = _reader(request)
    form = LanguageForm(
        request.POST if request.method == "POST" else None, initial={"language": user.language}
    )
    if form.is_valid():
        user = choose_language(user=user, by=user, **form.cleaned_data)
        with translation.override(user.language or translation.get_language()):
            messages.success(request, gettext("Your language is kept."))
        response = redirect("accounts:account")
        # What was chosen for this browser alone must not stand before it.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    factors = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "account": user,
        "name": names_of([user.pk])[user.pk],
        "has_authenticator": Authenticator.Type.TOTP in factors,
        "passkeys": factors.count(Authenticator.Type.WEBAUTHN),
        "tokens": Token.objects.usable(timezone.now()).filter(user=user).count(),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the reader's tokens, and make one; its secret is shown in the answer, once."""
    user = _reader(request)
    form = TokenForm(request.POST or None)
    made: NewToken | None = None
    if form.is_valid():
        try:
            made = create_token(user=user, by=user, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "form": form,
        "made": made,
        "tokens": Token.objects.filter(user=user),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of the reader's tokens; a second click changes nothing."""
    user = _reader(request)
    token = get_object_or_404(Token, user=user, pk=pk)
    if token.revoked_at is None:
        revoke_token(token=token, by=user)
    return redirect("accounts:tokens")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign the reader out everywhere, here too."""
    user = _reader(request)
    end_sessions(user=user, by=user)
    request.session.flush()
    return redirect("account_login")


@require_safe
def email(request: HttpRequest) -> HttpResponse:
    """Say who changes e-mail addresses: nobody becomes somebody else by oneself."""
    return render(request, "accounts/email.html")


def _reader(request: HttpRequest) -> User:
    """Return who is signed in; the decorators let nobody else through."""
    return get_object_or_404(User, pk=request.user.pk)
