"""The people whom a demonstration lets in without an invitation."""

from dataclasses import dataclass

from django.utils.functional import Promise

PASSWORD = "demonstration"  # noqa: S105 -- shown on the sign-in page of a demonstration


@dataclass(frozen=True)
class DemonstrationSignIn:
    """An account of a demonstration, and who it stands for."""

    email: str
    who: str | Promise


# In the order of the sign-in page; higher apps add theirs in ready().
SIGN_INS: list[DemonstrationSignIn] = []
