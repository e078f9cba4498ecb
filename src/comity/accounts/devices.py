"""Browsers in which somebody has signed in before, known again by a signed cookie.

Such a browser is not slowed down when others try passwords for the account. It still needs the
password and the second factor.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from comity.accounts.models import User

COOKIE = "comity_device"
SALT = "comity.accounts.devices"
KNOWN_FOR_SECONDS = 180 * 24 * 60 * 60


def remember_device(response: HttpResponse, user: User) -> None:
    """Have the browser remember that ``user`` signed in there."""
    value = f"{user.pk}:{user.session_epoch}:{secrets.token_urlsafe(12)}"
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=SALT).sign(value),
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, email: str) -> str:
    """Return what names the browser, where the person of ``email`` has signed in there before.

    Signing out everywhere makes all browsers strangers.
    """
    try:
        signer = signing.TimestampSigner(salt=SALT)
        value = signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=KNOWN_FOR_SECONDS)
    except signing.BadSignature:
        return ""
    pk, epoch, name = value.split(":")
    owner = User.objects.filter(pk=pk, session_epoch=epoch, email__iexact=email.strip())
    return f"device {name}" if owner.exists() else ""
