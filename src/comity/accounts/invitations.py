"""Accounts are made by invitation: without a password, and with a mail that leads to choosing one.

The link is that of a forgotten password: it works once, for a few days, and whoever comes too late
asks for another on the page of signing in.
"""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from comity.accounts import mail
from comity.accounts.authority import Actor
from comity.accounts.journal import note
from comity.accounts.models import User
from comity.core.addresses import whole_address

CAUSE = "account.invitation"


@transaction.atomic
def open_account(*, email: str, language: str, by: Actor, is_administrator: bool = False) -> User:
    """Make an account that has no password yet, and mail its owner how to choose one.

    Whoever calls this has asked whether ``by`` may. Raises ValidationError for an address that is
    none, or whose account there is already.
    """
    user = User.objects.create_user(email, language=language, is_superuser=is_administrator)
    note(by, "account.made", user, is_superuser=is_administrator)
    send_invitation(user=user, by=by)
    return user


@transaction.atomic
def send_invitation(*, user: User, by: Actor) -> None:
    """Mail the owner of ``user`` a link, in their language, with which they choose a password.

    Whoever calls this has asked whether ``by`` may.
    """
    context = {
        "link": link_for(user),
        "address": settings.SITE_ADDRESS,
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        "forgotten": whole_address(reverse("account_reset_password")),
    }
    with override(user.language or get_language()):
        subject = render_to_string("accounts/email/invitation_subject.txt", context).strip()
        text = render_to_string("accounts/email/invitation_message.txt", context).strip()
        mail.send(
            EmailMessage(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, text, to=[user.email]),
            CAUSE,
        )
    note(by, "account.invited", user)


def link_for(user: User) -> str:
    """Return the address at which ``user`` chooses a password: once, and for some days."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return whole_address(path)
