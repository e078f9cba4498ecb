"""What people call the things that are done to accounts."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "account.erased": _("erased an account"),
    "account.invited": _("invited somebody to sign in"),
    "account.language_chosen": _("chose a language"),
    "account.made": _("made an account"),
    "account.password_changed": _("chose a new password"),
    "account.second_factor_added": _("set up a second factor"),
    "account.second_factor_removed": _("removed a second factor"),
    "account.signed_out_everywhere": _("signed out everywhere"),
    "token.created": _("made a token"),
    "token.revoked": _("ended a token"),
}
