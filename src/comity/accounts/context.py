"""What the sign-in pages show of the installation."""

from django.conf import settings
from django.http import HttpRequest

from comity.accounts import demonstration


def sign_ins(_request: HttpRequest) -> dict[str, object]:
    """Return the demonstration's sign-ins, none in production."""
    if settings.PRODUCTION:
        return {}
    return {
        "demonstration_sign_ins": demonstration.SIGN_INS,
        "demonstration_password": demonstration.PASSWORD,
    }
