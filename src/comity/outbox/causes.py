"""What people call the causes of mail that no action of the log has a name for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.audit.queries import what_was_done
from comity.core.registry import Registry

# A higher app adds one where its cause is no action of the log.
cause_labels = Registry[str | Promise]("label of a cause of mail")
SIGNING_IN = {
    "account.invitation": _("invitation to sign in"),
    "account.password_changed": _("new password"),
    "account.password_reset": _("new password"),
    "account.password_reset_key": _("link for a new password"),
    "account.recovery_codes_generated": _("new recovery codes"),
    "account.totp_activated": _("second factor set up"),
    "account.totp_deactivated": _("second factor removed"),
    "account.webauthn_added": _("passkey set up"),
    "account.webauthn_removed": _("passkey removed"),
    "mail": _("mail of another part"),
}


def cause_words(cause: str) -> str:
    """Return what people call ``cause``, which mostly is an action of the log."""
    return str(cause_labels[cause]) if cause in cause_labels else what_was_done(cause)
