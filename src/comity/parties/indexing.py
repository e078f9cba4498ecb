"""What can be found of parties: each by every name it ever had, in any language."""

from collections import defaultdict
from collections.abc import Iterable

from comity.parties.models import Party
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

PARTY = "party"
PARTY_WEIGHT = 4.0


def index_parties(parties: Iterable[Party]) -> None:
    """Let ``parties``, whose names are prefetched, be found by every name they ever had."""
    index_many(_findable(party) for party in parties)


def _findable(party: Party) -> Findable:
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(
        party.names.all(), key=lambda each: (bool(each.ends), each.kind != "official")
    ):
        names[name.language].append(name.name)
    return Findable(
        target=party,
        kind=PARTY,
        url=party.get_absolute_url(),
        passages=[
            (language, found[0], "\n".join([*found[1:], party.acronym, party.code]))
            for language, found in (names or {"en": [party.code]}).items()
        ],
        keys=[PUBLIC],
        weight=PARTY_WEIGHT,
    )
