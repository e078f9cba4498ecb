"""What people type about parties and their people: parse and check, never save."""

from comity.parties.forms.party_field import Offer, PartyField

__all__ = ["Offer", "PartyField"]
