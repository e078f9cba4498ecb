"""The made-up installation: invented processes and States that nobody can mistake for real."""

from comity.pages.made_up.making import Summary, made_up
from comity.pages.made_up.people import SIGN_INS

__all__ = ["SIGN_INS", "Summary", "made_up"]
