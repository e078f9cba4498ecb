"""What can be done to parties, their posts and their people."""

from comity.parties.services.parties import (
    NameFacts,
    PartyFacts,
    add_office,
    change_name,
    change_party,
    rename_in_languages,
    rename_party,
)
from comity.parties.services.people import (
    AffiliationFacts,
    PersonFacts,
    add_person,
    affiliate,
    change_affiliation,
    change_person,
    end_affiliation,
    erase_people_gone,
    erase_person,
    link_account,
)
from comity.parties.services.posts import (
    PostFacts,
    add_ministry,
    add_post,
    change_post,
    remove_ministry,
    remove_post,
    rename_ministry,
)

__all__ = [
    "AffiliationFacts",
    "NameFacts",
    "PartyFacts",
    "PersonFacts",
    "PostFacts",
    "add_ministry",
    "add_office",
    "add_person",
    "add_post",
    "affiliate",
    "change_affiliation",
    "change_name",
    "change_party",
    "change_person",
    "change_post",
    "end_affiliation",
    "erase_people_gone",
    "erase_person",
    "link_account",
    "remove_ministry",
    "remove_post",
    "rename_in_languages",
    "rename_ministry",
    "rename_party",
]
