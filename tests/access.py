"""Who may open each page: one row for every address that has a name.

allauth's own pages are the exception: they are about the reader alone. They are listed below, so
that a new one is noticed, and tested for whether they open without sign-in.
"""

from typing import NamedTuple

from tests.conftest import PERSONAS

EVERYONE = set(PERSONAS)
SIGNED_IN = EVERYONE - {"visitor"}
SECRETARIAT = {"secretariat"}
ADMINISTRATOR = {"administrator"}


class Row(NamedTuple):
    """Who opens a page; ``args`` name the parts of its address among the things of the test.

    For GET, the answer is a page; for POST, the answer is not a refusal.
    """

    opened_by: set
    args: tuple = ()
    method: str = "GET"


EDITED = ("process",)
# Who may ask something of the secretariat.
TAKING_PART = {
    "observer",
    "partner",
    "focal_point",
    "other_focal_point",
    "body_member",
    "chair",
}
# The secretariat keeps the people of a party that takes part; the party's own people read.
KEEPERS = {"secretariat", "administrator"}
OWN = KEEPERS | {"chair"}
MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}

ACCESS = {
    "accounts:account": Row(SIGNED_IN),
    "accounts:email": Row(EVERYONE),
    "accounts:sessions_end": Row(SIGNED_IN, method="POST"),
    "accounts:token_revoke": Row({"focal_point"}, ("token",), "POST"),
    "accounts:tokens": Row(SIGNED_IN),
    "directory:people": Row(SIGNED_IN),
    "directory:directory": Row(MEMBERS, EDITED),
    "directory:directory_export": Row(MEMBERS, (*EDITED, "csv")),
    "directory:networks": Row(MEMBERS, EDITED),
    "directory:network": Row(MEMBERS, (*EDITED, "network")),
    "directory:network_add": Row(SECRETARIAT, EDITED, "POST"),
    "directory:network_rename": Row(SECRETARIAT, (*EDITED, "network"), "POST"),
    "directory:contact_add": Row(SECRETARIAT, (*EDITED, "network"), "POST"),
    "directory:contact_confirm": Row(SECRETARIAT, (*EDITED, "network", "contact"), "POST"),
    "directory:contact_remove": Row(SECRETARIAT, (*EDITED, "network", "contact"), "POST"),
    "jobs:list": Row(SIGNED_IN),
    "jobs:detail": Row({"focal_point"}, ("job",)),
    "office:drawing_csv": Row(EVERYONE, ("drawing",)),
    "office:drawing_png": Row(EVERYONE, ("drawing",)),
    "office:drawing_svg": Row(EVERYONE, ("drawing",)),
    "outbox:list": Row(ADMINISTRATOR),
    "pages:about": Row(EVERYONE),
    "pages:desk": Row(SIGNED_IN),
    "pages:document": Row(SECRETARIAT, ("draft",)),
    "pages:documents": Row(EVERYONE),
    "pages:functions": Row(EVERYONE),
    "pages:groupings": Row(EVERYONE),
    "pages:home": Row(EVERYONE),
    "pages:meeting": Row(EVERYONE, ("meeting",)),
    "pages:meetings": Row(EVERYONE),
    "pages:organisation": Row(EVERYONE, ("organisation",)),
    "pages:organisations": Row(EVERYONE),
    "pages:parties": Row(EVERYONE),
    "pages:party": Row(EVERYONE, ("party",)),
    "pages:process": Row(EVERYONE, ("process",)),
    "pages:process_participants": Row(EVERYONE, ("process", "csv")),
    "pages:processes": Row(EVERYONE),
    "pages:project": Row(EVERYONE, ("project",)),
    "pages:projects": Row(EVERYONE),
    "pages:studies": Row(EVERYONE),
    "pages:study": Row(EVERYONE, ("study",)),
    "parties:people": Row(OWN, ("party",)),
    "parties:person_add": Row(KEEPERS, ("party",), "POST"),
    "parties:people_history": Row(KEEPERS, ("party",)),
    "parties:person": Row(OWN, ("party", "person"), "POST"),
    "parties:affiliation_add": Row(ADMINISTRATOR, ("party", "person"), "POST"),
    "parties:person_erase": Row(ADMINISTRATOR, ("party", "person"), "POST"),
    "parties:affiliation": Row(KEEPERS, ("party", "affiliation"), "POST"),
    "parties:ministry_add": Row(KEEPERS, ("party",), "POST"),
    "parties:ministry": Row(KEEPERS, ("party", "ministry"), "POST"),
    "parties:ministry_remove": Row(KEEPERS, ("party", "ministry"), "POST"),
    "parties:post_add": Row(KEEPERS, ("party",), "POST"),
    "parties:post": Row(KEEPERS, ("party", "post"), "POST"),
    "parties:post_remove": Row(KEEPERS, ("party", "post"), "POST"),
    "parties:names": Row(KEEPERS, ("party",)),
    "parties:rename": Row(KEEPERS, ("party",), "POST"),
    "parties:name": Row(KEEPERS, ("party", "name"), "POST"),
    "parties:details": Row(ADMINISTRATOR, ("organisation",)),
    "parties:office_add": Row(ADMINISTRATOR, ("organisation",), "POST"),
    "processes:participants": Row(SECRETARIAT, EDITED),
    "processes:participant_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:participant": Row(SECRETARIAT, (*EDITED, "participation"), "POST"),
    "processes:bodies": Row(SECRETARIAT, EDITED),
    "processes:body_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:body": Row(SECRETARIAT, (*EDITED, "body"), "POST"),
    "processes:seat_add": Row(SECRETARIAT, (*EDITED, "body"), "POST"),
    "processes:seat": Row(SECRETARIAT, (*EDITED, "body", "seat"), "POST"),
    "processes:terms": Row(SECRETARIAT, EDITED),
    "processes:term_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:term": Row(SECRETARIAT, (*EDITED, "term"), "POST"),
    "processes:hand_over": Row(SECRETARIAT, EDITED, "POST"),
    "processes:names": Row(SECRETARIAT, EDITED, "POST"),
    "processes:alias_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:alias": Row(SECRETARIAT, (*EDITED, "alias"), "POST"),
    "processes:alias_remove": Row(SECRETARIAT, (*EDITED, "alias"), "POST"),
    "processes:areas": Row(SECRETARIAT, EDITED),
    "processes:area_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:area": Row(SECRETARIAT, (*EDITED, "area"), "POST"),
    "processes:area_remove": Row(SECRETARIAT, (*EDITED, "area"), "POST"),
    "processes:edit": Row(SECRETARIAT, EDITED),
    "processes:rotation": Row(EVERYONE, EDITED),
    "processes:rotation_edit": Row(SECRETARIAT, EDITED, "POST"),
    "processes:turn_pass_over": Row(SECRETARIAT, (*EDITED, "turn"), "POST"),
    "processes:turn_restore": Row(SECRETARIAT, (*EDITED, "turn"), "POST"),
    "processes:stages": Row(SECRETARIAT, EDITED),
    "processes:stage_enter": Row(SECRETARIAT, EDITED, "POST"),
    "processes:stage": Row(SECRETARIAT, (*EDITED, "stage"), "POST"),
    "processes:agreements": Row(SECRETARIAT, EDITED),
    "processes:agreement_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:agreement": Row(SECRETARIAT, (*EDITED, "agreement"), "POST"),
    "processes:partners": Row(SECRETARIAT, EDITED),
    "processes:partner_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:partner": Row(SECRETARIAT, (*EDITED, "partner"), "POST"),
    "processes:partner_remove": Row(SECRETARIAT, (*EDITED, "partner"), "POST"),
    "processes:meetings": Row(SECRETARIAT, EDITED),
    "processes:meeting_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:series_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:meeting": Row(SECRETARIAT, (*EDITED, "meeting_row"), "POST"),
    "processes:meeting_postpone": Row(SECRETARIAT, (*EDITED, "meeting_row"), "POST"),
    "processes:meeting_cancel": Row(SECRETARIAT, (*EDITED, "meeting_row"), "POST"),
    "processes:visits": Row(SECRETARIAT, EDITED),
    "processes:visit_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:visit": Row(SECRETARIAT, (*EDITED, "visit"), "POST"),
    "processes:visit_remove": Row(SECRETARIAT, (*EDITED, "visit"), "POST"),
    "processes:requests": Row(TAKING_PART | SECRETARIAT, EDITED),
    "processes:request_ask": Row(TAKING_PART, EDITED, "POST"),
    "processes:request_add": Row(SECRETARIAT, EDITED, "POST"),
    "processes:request": Row({"focal_point", "secretariat"}, (*EDITED, "request")),
    "processes:history": Row(SECRETARIAT, EDITED),
    "search:results": Row(EVERYONE),
    "sources:detail": Row(EVERYONE, ("source",)),
    "sources:differences": Row(EVERYONE),
    "sources:index": Row(EVERYONE),
    "ui:language": Row(EVERYONE, method="POST"),
}

# Whether each page of allauth opens to somebody who has not signed in.
ALLAUTH = {
    "account_change_password": False,
    "account_confirm_email": True,
    "account_confirm_login_code": False,
    "account_email": True,
    "account_email_verification_sent": True,
    "account_inactive": True,
    "account_login": True,
    "account_logout": True,
    "account_reauthenticate": False,
    "account_reset_password": True,
    "account_reset_password_done": True,
    "account_reset_password_from_key": True,
    "account_reset_password_from_key_done": True,
    "account_set_password": False,
    "account_signup": True,
    "mfa_activate_totp": False,
    "mfa_add_webauthn": False,
    "mfa_authenticate": False,
    "mfa_deactivate_totp": False,
    "mfa_download_recovery_codes": False,
    "mfa_edit_webauthn": False,
    "mfa_generate_recovery_codes": False,
    "mfa_index": False,
    "mfa_list_webauthn": False,
    "mfa_login_webauthn": False,
    "mfa_reauthenticate": False,
    "mfa_reauthenticate_webauthn": False,
    "mfa_remove_webauthn": False,
    "mfa_view_recovery_codes": False,
}
