"""What can be found of parties: each by every name it ever had, in any language."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext

from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.search.passages import passages, said_of, sentence
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

PARTY = "party"
# A State is more often looked for than the organisation that bears the name of a place.
STATE_WEIGHT, PARTY_WEIGHT = 4.0, 1.25
STATES = "State States country Estado país État pays دولة государство страна 国家 país Estado"
ORGANISATIONS = "organisation organización organisation organização منظمة организация 组织"


def index_parties(parties: Iterable[Party]) -> None:
    """Let ``parties``, whose names are prefetched, be found by every name they ever had."""
    index_many(_findable(party) for party in parties)


def names_of_party(party: Party | None) -> list[str]:
    """Return every name that ``party`` ever had and its code: words that find what it is in."""
    return [party.code, party.acronym, *(name.name for name in party.names.all())] if party else []


def _findable(party: Party) -> Findable:
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(
        party.names.all(), key=lambda each: (bool(each.ends), each.kind != "official")
    ):
        if name.name not in names[name.language]:
            names[name.language].append(name.name)
    titles = {language: found[0] for language, found in names.items()} or {"en": party.code}
    return Findable(
        target=party,
        kind=PARTY,
        url=party.get_absolute_url(),
        passages=passages(
            titles,
            lambda language: [
                sentence(
                    str(party.get_kind_display()),
                    party.acronym,
                    party.place,
                    str(party.get_region_display()),
                ),
                said_of(gettext("Also called"), names[language][1:]),
            ],
        ),
        keys=[PUBLIC],
        weight=STATE_WEIGHT if party.kind in SEATED else PARTY_WEIGHT,
        names=[party.code, party.acronym],
        also=[party.m49, STATES if party.kind in SEATED else ORGANISATIONS],
        is_made_up=party.is_made_up,
    )
